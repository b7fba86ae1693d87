/**
 * Params: the scalars of an epoch, read from the parameter block.
 * Room   assembly (numeric core). Documented for embedders in docs/abi.md
 * Layout 96 bytes, little-endian: six u64, then u32 and i32
 */
import * as layout from './layout';

const YUMA3: u32 = 1;
const LIQUID_ALPHA: u32 = 2;
const COMMIT_REVEAL: u32 = 4;
const REFUSE_ODD_COLUMNS: u32 = 8;

export let currentBlock: u64 = 0;
export let lastStep: u64 = 0;
export let activityCutoff: u64 = 0;
export let minStake: u64 = 0;
export let bondsMovingAverage: u64 = 0;
export let emission: u64 = 0;
export let tempo: u32 = 0;
export let owner: i32 = -1;
export let maxValidators: u32 = 0;
export let kappa: u32 = 0;
export let bondsPenalty: u32 = 0;
export let alphaLow: u32 = 0;
export let alphaHigh: u32 = 0;
export let steepness: i32 = 0;
export let yuma3: bool = false;
export let liquidAlpha: bool = false;
export let commitReveal: bool = false;
export let refuseOddColumns: bool = false;
export let permitLength: u32 = 0;
/** The bonds are read from the second buffer and written to the first. */
export let turned: bool = false;

/** Reads the block; gives false if a number is outside its type. An owner that is no neuron is none. */
export function readParams(): bool {
  const block = layout.params;
  currentBlock = load<u64>(block);
  lastStep = load<u64>(block, 8);
  activityCutoff = load<u64>(block, 16);
  minStake = load<u64>(block, 24);
  bondsMovingAverage = load<u64>(block, 32);
  emission = load<u64>(block, 40);
  tempo = load<u32>(block, 48);
  owner = load<i32>(block, 52);
  maxValidators = load<u32>(block, 56);
  kappa = load<u32>(block, 60);
  bondsPenalty = load<u32>(block, 64);
  alphaLow = load<u32>(block, 68);
  alphaHigh = load<u32>(block, 72);
  steepness = load<i32>(block, 76);
  const flags = load<u32>(block, 80);
  permitLength = load<u32>(block, 84);
  const side = load<u32>(block, 92);
  turned = side !== 0;
  yuma3 = (flags & YUMA3) !== 0;
  liquidAlpha = (flags & LIQUID_ALPHA) !== 0;
  commitReveal = (flags & COMMIT_REVEAL) !== 0;
  refuseOddColumns = (flags & REFUSE_ODD_COLUMNS) !== 0;
  if (owner < 0 || owner >= layout.neurons) owner = -1;
  const proportions = tempo | maxValidators | kappa | bondsPenalty | alphaLow | alphaHigh;
  return (
    proportions <= 65535 &&
    steepness >= -32768 &&
    steepness <= 32767 &&
    flags <= 15 &&
    side <= 1 &&
    permitLength <= <u32>layout.neurons
  );
}
