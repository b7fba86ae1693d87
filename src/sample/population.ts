/**
 * Population: who is on a sampled subnet. Roles, stake, blocks and permits of every uid.
 *
 * The top third of the validators by stake is honest, the rest is dealt out over `LESSER`: an honest majority against
 * a few lazy, copying and dishonest ones, as on a healthy subnet. Three neurons outside the count of validators show
 * the edges of the permit rules, if there is room for them.
 */
import type { Hyperparameters } from '../epoch/hyperparameters.js';
import { NO_COMMIT, stakeFromRaw } from '../epoch/input.js';
import { Random } from './random.js';

/**
 * miner      receives weights; little or no stake
 * honest     weighs miners as it measures them, with noise of its own
 * lazy       has not updated for long: an old view, and at times past the activity cutoff
 * copier     hands in the consensus with next to no noise
 * cabal      praises a few poor miners
 * newcomer   enough stake, registered since the last epoch, no permit yet
 * fallen     holds a permit, but its stake has dropped below the threshold
 * former     lost its permit an epoch ago; its old weights are still stored
 */
export type Role = 'miner' | 'honest' | 'lazy' | 'copier' | 'cabal' | 'newcomer' | 'fallen' | 'former';

/** Roles of the validators below the top third, in turn. */
const LESSER: readonly Role[] = ['lazy', 'cabal', 'copier', 'cabal', 'honest', 'honest'];

/** Neurons without a role of their own that a subnet must have before it gets newcomer, fallen and former. */
const ROOM_FOR_EDGES = 16;

/** `TaoWeight` of the chain as raw U96F32: what 1 rao of TAO on root counts in alpha, about 5.27 %. */
const TAO_WEIGHT = 226_245_882n;
/** TAO that counts as one alpha under it. */
const TAO_OF_ALPHA = 18.98;
/** At most so much of a stake weight comes from TAO. */
const MOST_TAO = 0.6;

export interface Population {
  readonly roles: readonly Role[];
  /** Those that set weights, by uid. */
  readonly voters: readonly number[];
  readonly miners: readonly number[];
  readonly ownerUid: number | null;
  /** Stake weight, whole rao; for proportions only. */
  readonly stakeRao: Float64Array;
  /** Raw I64F64 words, as `EpochInput` wants them. */
  readonly stake: BigUint64Array;
  readonly currentBlock: number;
  readonly lastStep: number;
  readonly lastUpdate: BigUint64Array;
  readonly registeredAt: BigUint64Array;
  readonly commitBlock: BigUint64Array | undefined;
  readonly validatorPermit: Uint8Array;
}

export interface PopulationSize {
  readonly neurons: number;
  readonly validators: number;
}

export function population(
  seed: number,
  netuid: number,
  { neurons, validators }: PopulationSize,
  rules: Hyperparameters,
): Population {
  const random = new Random(seed, netuid * 8 + 1);
  // Uid 0 is the first to register: the owner, who validates himself in every third subnet and is unknown in another.
  const ownerUid = netuid % 3 === 0 ? null : 0;
  const ownerValidates = netuid % 3 === 1;
  const others = Array.from({ length: neurons - 1 }, (_, at) => at + 1);
  random.shuffle(others);
  const uids = ownerValidates ? [0, ...others] : [...others, 0];

  const unit = stakeUnit(rules);
  const validatorUids = uids.slice(0, validators);
  const stakeRao = new Float64Array(neurons);
  for (const uid of validatorUids) stakeRao[uid] = validatorStake(random, unit);
  if (ownerValidates) stakeRao[0] = unit * 0.6; // below the threshold, from which the owner is exempt

  const roles = new Array<Role>(neurons).fill('miner');
  dealRoles(roles, validatorUids, stakeRao, ownerValidates ? 0 : null);
  const rest = uids.slice(validators);
  if (rest.length >= ROOM_FOR_EDGES) {
    roles[rest[0]!] = 'newcomer';
    roles[rest[1]!] = 'fallen';
    roles[rest[2]!] = 'former';
  }
  for (const uid of rest) stakeRao[uid] = lesserStake(random, roles[uid]!, unit);
  const raw = Array.from(stakeRao, (rao) => splitStake(random, rao));

  // Epochs of a subnet fall on blocks of their own.
  const currentBlock = 7_000_000 + random.below(100_000) - (netuid % 360);
  const lastStep = currentBlock - rules.tempo;
  const blocks = dealBlocks(random, roles, currentBlock, lastStep, rules);

  const byUid = (a: number, b: number): number => a - b;
  return {
    roles,
    voters: uids.filter((uid) => !['miner', 'newcomer'].includes(roles[uid]!)).sort(byUid),
    miners: uids.filter((uid) => roles[uid] === 'miner' && uid !== ownerUid).sort(byUid),
    ownerUid,
    stakeRao,
    stake: stakeFromRaw(raw),
    currentBlock,
    lastStep,
    ...blocks,
    validatorPermit: permits(roles, raw, ownerUid, rules),
  };
}

/** The threshold, within what 64 bits of stake leave room for; without one, that of the live chain. */
function stakeUnit({ minStake }: Hyperparameters): number {
  return minStake === 0n ? 1e12 : Math.min(Number(minStake), 5e14);
}

/** From 2 thresholds to some thousand: half of them up to 16, one in twenty above 150, as on live subnets. */
function validatorStake(random: Random, unit: number): number {
  const spread = 1 + Math.abs(random.gaussian());
  return Math.floor(unit * (2 * spread * spread * spread * spread));
}

function lesserStake(random: Random, role: Role, unit: number): number {
  if (role === 'newcomer') return Math.floor(unit * (2 + 20 * random.uniform()));
  if (role === 'fallen' || role === 'former') return Math.floor(unit * (0.5 + 0.4 * random.uniform()));
  if (random.chance(0.6)) return 0;
  const share = random.uniform();
  return Math.floor(unit * (0.9 * share * share * share * share));
}

/** Alpha on the hotkey plus TAO on root at its weight, as the chain adds them: raw I64F64 with a fraction. */
function splitStake(random: Random, rao: number): bigint {
  const tao = BigInt(Math.floor(rao * random.uniform() * MOST_TAO * TAO_OF_ALPHA));
  const fromTao = (tao * TAO_WEIGHT) << 32n;
  const alpha = (BigInt(rao) << 64n) - fromTao;
  return ((alpha >> 64n) << 64n) + fromTao;
}

function dealRoles(
  roles: Role[],
  validatorUids: readonly number[],
  stakeRao: Float64Array,
  owner: number | null,
): void {
  const ranked = validatorUids.toSorted((a, b) => stakeRao[b]! - stakeRao[a]! || b - a);
  const honest = Math.ceil(ranked.length / 3);
  for (const [rank, uid] of ranked.entries()) {
    const lesser = LESSER[(rank - honest) % LESSER.length];
    roles[uid] = rank < honest || uid === owner || lesser === undefined ? 'honest' : lesser;
  }
}

type Blocks = Pick<Population, 'lastUpdate' | 'registeredAt' | 'commitBlock'>;

function dealBlocks(
  random: Random,
  roles: readonly Role[],
  currentBlock: number,
  lastStep: number,
  rules: Hyperparameters,
): Blocks {
  const lastUpdate = new BigUint64Array(roles.length);
  const registeredAt = new BigUint64Array(roles.length);
  const commitBlock = rules.commitReveal ? new BigUint64Array(roles.length).fill(NO_COMMIT) : undefined;
  const cutoff = Math.min(Number(rules.activityCutoff), currentBlock);
  const sinceLastEpoch = (): number => Math.min(currentBlock, lastStep + 1 + random.below(rules.tempo + 1));
  let lazy = 0;
  for (const [uid, role] of roles.entries()) {
    const age = random.uniform();
    // Old neurons are rare and very old ones rarer; a few miners came since the last epoch, one at least.
    const fresh = role === 'newcomer' || (role === 'miner' && (uid === roles.length - 1 || random.chance(0.02)));
    const registered = fresh ? sinceLastEpoch() : lastStep - 1 - Math.floor(2_000_000 * age * age * age);
    registeredAt[uid] = BigInt(registered);
    let updated = registered;
    if (role === 'lazy') {
      // Every other one is past the cutoff, and so inactive; the first is only near it.
      lazy += 1;
      updated = Math.max(0, currentBlock - cutoff + (lazy % 2 === 1 ? random.below(400) : -1 - random.below(400)));
    } else if (role === 'former') {
      updated = Math.max(registered, currentBlock - 2 * rules.tempo);
    } else if (role !== 'miner' && role !== 'newcomer') {
      updated = Math.max(registered, currentBlock - random.below(2 * rules.tempo + 1));
    }
    lastUpdate[uid] = BigInt(updated);
    // A commit not revealed yet; its block is the last update, or that of an earlier one.
    if (commitBlock !== undefined && (role === 'honest' || role === 'copier') && random.chance(0.75)) {
      commitBlock[uid] = BigInt(Math.max(registered, updated - random.below(rules.tempo + 1)));
    }
  }
  return { lastUpdate, registeredAt, commitBlock };
}

/** The permits the previous epoch gave: by stake (spec 4.3), before the newcomer came and while the fallen one stood. */
function permits(
  roles: readonly Role[],
  raw: readonly bigint[],
  ownerUid: number | null,
  { minStake, maxValidators }: Hyperparameters,
): Uint8Array {
  const eligible: number[] = [];
  for (const [uid, role] of roles.entries()) {
    const whole = raw[uid]! >> 64n;
    const enough = whole > 0n && (whole >= minStake || uid === ownerUid || role === 'fallen');
    if (enough && role !== 'newcomer' && role !== 'former') eligible.push(uid);
  }
  eligible.sort((a, b) => (raw[a]! === raw[b]! ? b - a : raw[a]! < raw[b]! ? 1 : -1));
  const permit = new Uint8Array(roles.length);
  for (const uid of eligible.slice(0, maxValidators)) permit[uid] = 1;
  if (ownerUid !== null) permit[ownerUid] = 1;
  return permit;
}
