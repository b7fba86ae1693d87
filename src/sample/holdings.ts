/**
 * Holdings: the bonds a sampled subnet stored after its previous epoch, near to where they settle. Under Yuma3 a bond
 * is the clipped share a validator gave a miner; under Yuma2 it is the stake behind that share, the largest of each
 * column 65535. Rows rise by uid, except under liquid alpha, which keeps the order of the weights (spec 9.4).
 */
import type { Hyperparameters } from '../epoch/hyperparameters.js';
import type { SparseRows } from '../epoch/input.js';
import type { Opinions } from './opinions.js';
import type { Population } from './population.js';
import { Random } from './random.js';

/** Bonds of a validator that stopped updating have decayed to this. */
const DECAYED = 0.3;

export function holdings(
  seed: number,
  netuid: number,
  { roles, stakeRao, validatorPermit }: Population,
  { worth, weights }: Opinions,
  { yuma3, liquidAlpha }: Hyperparameters,
): SparseRows {
  const random = new Random(seed, netuid * 8 + 3);
  const n = roles.length;
  const offsets = new Uint32Array(n + 1);
  const columns = new Uint16Array(weights.columns.length);
  const sizes = new Float64Array(weights.columns.length);
  let end = 0;
  for (let uid = 0; uid < n; uid++) {
    offsets[uid] = end;
    if (validatorPermit[uid] === 0) continue; // no permit, no bonds
    const start = end;
    for (let at = weights.offsets[uid]!; at < weights.offsets[uid + 1]!; at++) {
      if (worth[weights.columns[at]!] !== 0) columns[end++] = weights.columns[at]!;
    }
    if (!(yuma3 && liquidAlpha)) columns.subarray(start, end).sort();
    const scale = (yuma3 ? 1 : stakeRao[uid]!) * (roles[uid] === 'lazy' ? DECAYED : 1);
    for (let at = start; at < end; at++) sizes[at] = worth[columns[at]!]! * scale * (0.85 + 0.15 * random.uniform());
  }
  offsets[n] = end;
  const largest = new Float64Array(n).fill(yuma3 ? 1 : 0);
  if (!yuma3) {
    for (let at = 0; at < end; at++) largest[columns[at]!] = Math.max(largest[columns[at]!]!, sizes[at]!);
  }
  const values = new Uint16Array(end);
  for (let at = 0; at < end; at++) {
    const most = largest[columns[at]!]!;
    values[at] = most === 0 ? 0 : Math.floor((sizes[at]! / most) * 65_535);
  }
  return { offsets, columns: columns.slice(0, end), values };
}
