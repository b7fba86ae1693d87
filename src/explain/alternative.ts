/**
 * Alternative: the same epoch, had one validator handed in the consensus. Not an estimate: the whole epoch is computed
 * again with that one row replaced, so the consensus may move a little with it.
 */
import { type CheckedInput, listRows, sparseRows } from '../epoch/input.js';
import { type EpochTrace, traceEpoch } from '../epoch/reference/epoch.js';
import { weightMask } from '../epoch/reference/weights.js';
import type { Alternative } from './explanation.js';

const LARGEST_WEIGHT = 65_535n;

/** `null` where `uid` has no vote, or there is no consensus it could hand in. */
export function withConsensus(input: CheckedInput, trace: EpochTrace, uid: number): Alternative | null {
  if (trace.activeStake[uid] === 0n) return null;
  const row = consensusRow(trace, uid);
  if (row.length === 0) return null;
  const rows = listRows(input.weights);
  rows[uid] = row;
  const other = traceEpoch({ ...input, weights: sparseRows(rows) });
  return {
    trust: other.validatorTrust[uid]!,
    dividends: other.dividends[uid]!,
    emission: other.amounts.validator[uid]!,
  };
}

/** The consensus as weights: scaled so that the largest is 65535, as the chain scales them; void columns left out. */
function consensusRow({ consensus, masks }: EpochTrace, uid: number): [column: number, value: number][] {
  const open = consensus.map((share, column) => (weightMask(masks, uid, column) === null ? share : 0n));
  let largest = 0n;
  for (const share of open) if (share > largest) largest = share;
  return open.flatMap((share, column): [number, number][] => {
    const value = largest === 0n ? 0n : (2n * share * LARGEST_WEIGHT + largest) / (2n * largest);
    return value === 0n ? [] : [[column, Number(value)]];
  });
}
