/** Offsets: where each array of a batch begins in its buffer (layout.ts, `TASK`; docs/gpu.md). */
import { even, STATE_WORDS, SUBNET_WORDS, TASK, type TaskField } from './layout.js';
import type { Prepared } from './prepare.js';

/** In words; of entries in u16. */
export type Offsets = Record<TaskField, number>;

export function offsetsOf(batch: readonly Prepared[], rows: number, neurons: number, cells: number): Offsets {
  const offsets = Object.fromEntries(TASK.map((field) => [field, 0])) as Offsets;
  const lay = (from: number, parts: readonly (readonly [TaskField, number])[]): void => {
    let at = from;
    for (const [field, words] of parts) {
      offsets[field] = at;
      at += words;
    }
  };
  lay(0, [
    ['registered', 2 * neurons],
    ['last_updates', 2 * neurons],
    ['commits', 2 * neurons],
    ['stakes', 2 * neurons],
    ['active_stakes', 2 * neurons],
    ['neuron_rows', neurons],
    ['subnets', batch.length * SUBNET_WORDS],
    ['row_uids', rows],
    ['sigmoid', 0],
  ]);
  const bitmap = cells / 32;
  lay(0, [
    ['odd', batch.length],
    ['zeros', bitmap],
    ['whole', bitmap],
    ['open', bitmap],
    ['hidden_weights', bitmap],
    ['hidden_bonds', bitmap],
  ]);
  lay(0, [
    ['states', even(batch.length * STATE_WORDS)],
    ['orders', rows],
    ['votes', 2 * rows],
    ['returns', 2 * rows],
    ['trusts', 2 * rows],
    ['consensus', neurons],
    ['ranks', 2 * neurons],
    ['incentives', neurons],
    ['owners', neurons],
  ]);
  lay(0, [
    ['consensus_out', neurons / 2],
    ['incentives_out', neurons / 2],
    ['dividends_out', neurons / 2],
    ['trust_out', neurons / 2],
    ['server_out', 2 * neurons],
    ['validator_out', 2 * neurons],
    ['emission_out', 2 * neurons],
    ['consensus_raw', 2 * neurons],
    ['trust_raw', 2 * neurons],
    ['incentives_raw', 2 * neurons],
    ['dividends_raw', 2 * neurons],
  ]);
  const weights = batch.reduce((sum, { size }) => sum + size.weights, 0);
  const bonds = batch.reduce((sum, { size }) => sum + size.bonds, 0);
  offsets.weight_values = weights;
  offsets.bond_values = bonds;
  return offsets;
}
