/**
 * Copier: looks at no miner; submits what it finds on the chain, after all others have submitted. It sees revealed weights
 * and past results only. With a reveal period of r epochs its rows count r epochs after those that it copies, so in the same
 * epoch where weights are open, and r + 1 epochs after a consensus, which is known once its epoch has run.
 */
import type { ChainView, Submission, ValidatorAgent } from '../agent.js';
import { define } from '../definition.js';

export const copier = define<ValidatorAgent>()({
  says: 'submits what lies on the chain: a consensus, a row, or the mean of all rows',
  parameters: {
    of: {
      default: 'consensus',
      oneOf: ['consensus', 'validator', 'mean'],
      says: 'the consensus of the last epoch, the row of one validator, or the stake-weighted mean of the others',
    },
    uid: { default: 0, least: 0, largest: 32_767, whole: true, says: 'whose row, where it copies a validator' },
  },
  create: ({ of, uid: source }) => ({
    last: true,
    decide({ chain, uid }): Submission {
      if (of === 'validator') return rowOf(chain, source);
      const scores = of === 'mean' ? meanOf(chain, uid) : consensusOf(chain);
      return scores.some((score) => score > 0) ? scores : null;
    },
  }),
});

/** Revealed weights of a validator; nothing where there are none. */
function rowOf({ rows }: ChainView, uid: number): Submission {
  const row = rows[uid];
  return row === undefined || row.columns.length === 0 ? null : row;
}

/** Consensus of the last epoch; a neuron that joined since has none. */
function consensusOf({ n, last }: ChainView): Float64Array {
  const scores = new Float64Array(n);
  if (last !== undefined) scores.set(last.consensus);
  return scores;
}

/** Each row as shares of its sum, weighed by the stake of who gave it. */
function meanOf({ n, rows, stake }: ChainView, self: number): Float64Array {
  const mean = new Float64Array(n);
  for (const [uid, { columns, values }] of rows.entries()) {
    if (uid === self || stake[uid] === 0n) continue;
    let sum = 0;
    for (const value of values) sum += value;
    const weight = sum === 0 ? 0 : Number(stake[uid]!) / sum;
    for (const [entry, column] of columns.entries()) mean[column]! += values[entry]! * weight;
  }
  return mean;
}
