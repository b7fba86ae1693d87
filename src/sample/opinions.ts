/**
 * Opinions: what the validators of a sampled subnet think of its miners, as rows of weights.
 *
 * Every miner has a quality; a validator sees it through noise of its own, raises it to the subnet's sharpness (a
 * subnet that rewards the best above all has a high one) and weighs the share `fill` of the miners it likes best.
 * The largest weight of a row is 65535, as the chain scales them.
 * Cost   O(validators * miners), a gaussian each
 */
import type { SparseRows } from '../epoch/input.js';
import type { Population } from './population.js';
import { Random } from './random.js';

export interface Opinions {
  /** Worth of each miner to those who measure well, sum 1 over all miners; 0 for other uids. */
  readonly worth: Float64Array;
  readonly weights: SparseRows;
}

/** Noise of an honest validator's measurements: the most exact, and how much the least exact is worse. */
const EXACT = 0.03;
const INEXACT = 0.12;

/** One row in this many keeps the order in which it was made rather than rising uids. */
const UNSORTED_IN = 4;

export function opinions(
  seed: number,
  netuid: number,
  people: Population,
  fill: number,
  commitReveal: boolean,
): Opinions {
  const random = new Random(seed, netuid * 8 + 2);
  const { miners, voters, roles } = people;
  const n = roles.length;
  const sharpness = 1 + random.below(5);
  const quality = qualities(random, miners.length);
  const stale = quality.map((now) => Math.max(0, now + 0.35 * random.gaussian()));
  const praised = praisedMiners(random, quality);

  const picked = Math.min(miners.length, Math.max(1, Math.round(fill * miners.length)));
  const columns = new Uint16Array(voters.length * (picked + 1));
  const values = new Uint16Array(voters.length * (picked + 1));
  const offsets = new Uint32Array(n + 1);
  const scores = new Float64Array(miners.length);
  let end = 0;
  let uid = 0;
  for (const voter of voters) {
    while (uid <= voter) offsets[uid++] = end;
    const role = roles[voter]!;
    const seen = role === 'lazy' || role === 'former' ? stale : quality;
    const noise = role === 'copier' ? 0.005 : EXACT + INEXACT * random.uniform();
    let best = 0;
    for (let at = 0; at < miners.length; at++) {
      scores[at] = power(Math.max(0, seen[at]! * (1 + noise * random.gaussian())), sharpness);
      best = Math.max(best, scores[at]!);
    }
    if (role === 'cabal') for (const at of praised) scores[at] = 4 * best;
    const start = end;
    const selfToo = role === 'cabal' || voter === people.ownerUid; // void for the cabal, allowed to the owner
    end = writeRow({ columns, values, start }, { scores, picked, miners, extra: selfToo ? voter : null });
    if (!commitReveal) forgetReplaced(people, voter, columns, values, start, end);
    if (random.below(UNSORTED_IN) === 0) shuffleRow(random, columns, values, start, end);
  }
  offsets.fill(end, uid);
  return {
    worth: shares(n, miners, quality, sharpness),
    weights: { offsets, columns: columns.slice(0, end), values: values.slice(0, end) },
  };
}

/** Around 1, never below 0; one miner in twelve does nothing. */
function qualities(random: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => {
    const quality = Math.max(0, 1 + 0.3 * random.gaussian());
    return random.chance(1 / 12) ? 0 : quality;
  });
}

/** The cabal's friends, by index: one miner in twenty, at least one, and made poor ones. */
function praisedMiners(random: Random, quality: Float64Array): Set<number> {
  const praised = new Set<number>();
  if (quality.length === 0) return praised;
  for (let friend = 0; friend < Math.max(1, Math.floor(quality.length / 20)); friend++) {
    const at = random.below(quality.length);
    praised.add(at);
    quality[at] = 0.25 + quality[at]! * 0.25;
  }
  return praised;
}

/** A whole power by multiplication: `Math.pow` may differ between engines. */
function power(base: number, exponent: number): number {
  let result = base;
  for (let factor = 1; factor < exponent; factor++) result *= base;
  return result;
}

interface Row {
  readonly scores: Float64Array;
  readonly picked: number;
  readonly miners: readonly number[];
  /** A uid that is weighed beside the miners. */
  readonly extra: number | null;
}

/** Writes the `picked` best scores in the order of uid, the largest as 65535; gives the end of the row. */
function writeRow(
  out: { columns: Uint16Array; values: Uint16Array; start: number },
  { scores, picked, miners, extra }: Row,
): number {
  const ascending = scores.toSorted();
  const largest = ascending.at(-1) ?? 0;
  const least = ascending[ascending.length - picked] ?? 0;
  let above = 0; // all of these are taken; of those that equal `least`, the first few
  for (const score of scores) above += score > least ? 1 : 0;
  let ties = picked - above;
  let end = out.start;
  let extraLeft = extra;
  const write = (column: number, share: number): void => {
    out.columns[end] = column;
    out.values[end] = Math.floor(share * 65_535 + 0.5);
    end += 1;
  };
  for (const [at, score] of scores.entries()) {
    if (extraLeft !== null && extraLeft < miners[at]!) {
      write(extraLeft, 0.2);
      extraLeft = null;
    }
    if (score < least || (score === least && ties-- <= 0)) continue;
    write(miners[at]!, largest === 0 ? 0 : score / largest);
  }
  if (extraLeft !== null) write(extraLeft, 0.2);
  return end;
}

/** When a neuron is replaced the chain sets the weights towards its uid to 0; the entries stay. */
function forgetReplaced(
  { lastUpdate, registeredAt }: Population,
  voter: number,
  columns: Uint16Array,
  values: Uint16Array,
  start: number,
  end: number,
): void {
  for (let at = start; at < end; at++) {
    if (lastUpdate[voter]! <= registeredAt[columns[at]!]!) values[at] = 0;
  }
}

function shuffleRow(random: Random, columns: Uint16Array, values: Uint16Array, start: number, end: number): void {
  const order = Array.from({ length: end - start }, (_, at) => start + at);
  random.shuffle(order);
  columns.set(
    order.map((at) => columns[at]!),
    start,
  );
  values.set(
    order.map((at) => values[at]!),
    start,
  );
}

function shares(n: number, miners: readonly number[], quality: Float64Array, sharpness: number): Float64Array {
  const worth = new Float64Array(n);
  let sum = 0;
  for (const [at, uid] of miners.entries()) {
    worth[uid] = power(quality[at]!, sharpness);
    sum += worth[uid]!;
  }
  return sum === 0 ? worth : worth.map((value) => value / sum);
}
