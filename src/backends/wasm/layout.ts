/**
 * Layout of the WebAssembly core, as docs/abi.md gives it: numbers of the arrays, statuses, the parameter block.
 */
export const ABI_VERSION = 1;

/** Most bytes of a memory: 4 GiB less a page. */
export const MEMORY_LIMIT = 2 ** 32 - 65_536;

/** Number of each array, as `address` takes it. */
export const FIELD = {
  params: 0,
  stakeIn: 1,
  lastUpdate: 2,
  registeredAt: 3,
  commitBlock: 4,
  validatorPermit: 5,
  weightOffsets: 6,
  weightColumns: 7,
  weightValues: 8,
  bondOffsets: 9,
  bondColumns: 10,
  bondValues: 11,
  active: 32,
  newValidatorPermit: 33,
  stakeWeight: 34,
  consensus: 35,
  incentive: 36,
  dividends: 37,
  validatorTrust: 38,
  serverEmission: 39,
  validatorEmission: 40,
  emission: 41,
  wholeStake: 42,
  bondsOutOffsets: 43,
  bondsOutColumns: 44,
  bondsOutValues: 45,
  rawStake: 64,
  rawActiveStake: 65,
  rawConsensus: 66,
  rawValidatorTrust: 67,
  rawIncentive: 68,
  rawDividends: 69,
} as const;

export type Field = keyof typeof FIELD;

/** Status of `prepare` and `run`, by number. */
export const STATUS = [
  'ok',
  'too many neurons',
  'out of memory',
  'nothing is prepared',
  'unknown rules',
  'a parameter is out of range',
  'bad row offsets of the weights',
  'bad row offsets of the bonds',
  'a column of a row is named twice or is no neuron',
  'the scratch is too small',
  'there is no room for the bonds',
  'the epoch cannot be split',
  "a place is none of the embedder's, or two overlap",
] as const;

export const OUT_OF_MEMORY_STATUS = 2;
export const ODD_COLUMNS_STATUS = 8;
export const SCRATCH_TOO_SMALL_STATUS = 9;
export const CANNOT_SPLIT_STATUS = 11;

/** Bytes of the parameter block, and where each scalar lies in it. */
export const PARAMS_BYTES = 96;

export const U64_AT = {
  currentBlock: 0,
  lastStep: 8,
  activityCutoff: 16,
  minStake: 24,
  bondsMovingAverage: 32,
  emission: 40,
} as const;

export const U32_AT = {
  tempo: 48,
  ownerUid: 52,
  maxValidators: 56,
  kappa: 60,
  bondsPenalty: 64,
  alphaLow: 68,
  alphaHigh: 72,
  alphaSigmoidSteepness: 76,
  flags: 80,
  permitLength: 84,
  rules: 88,
  /** 0: bonds are read from the first of the two places and written to the second; 1: the other way round. */
  turned: 92,
} as const;

export const FLAG = { yuma3: 1, liquidAlpha: 2, commitReveal: 4, refuseOddColumns: 8 } as const;
