/**
 * Table: what each neuron was paid in each epoch of a replay, in both runs.
 * Exact  amounts may exceed 2^53, so they are decimal digits; CSV does not tell them from numbers
 */
import type { Cell, Column, Table } from '../tables/table.js';
import type { WhatIf } from './differences.js';

const COLUMNS: readonly Column[] = [
  { name: 'epoch', type: 'whole', says: 'index within the series, from 0' },
  { name: 'block', type: 'text', says: 'block of the epoch' },
  { name: 'uid', type: 'whole', says: 'neuron' },
  { name: 'baseline_miner_rao', type: 'text', says: 'paid for mining as filed, rao' },
  { name: 'baseline_validator_rao', type: 'text', says: 'paid for validating as filed, rao' },
  { name: 'changed_miner_rao', type: 'text', says: 'paid for mining with the change, rao' },
  { name: 'changed_validator_rao', type: 'text', says: 'paid for validating with the change, rao' },
];

/** A row a neuron and epoch, which `yuma-engine/tables` writes. */
export const paymentTable = (whatIf: WhatIf): Table => ({ columns: COLUMNS, rows: rowsOf(whatIf) });

function* rowsOf({ epochs }: WhatIf): Generator<readonly Cell[], void, undefined> {
  for (const [epoch, { block, n, baseline, changed }] of epochs.entries()) {
    for (let uid = 0; uid < n; uid++) {
      const amounts = [baseline.miner[uid], baseline.validator[uid], changed.miner[uid], changed.validator[uid]];
      yield [epoch, String(block), uid, ...amounts.map(String)];
    }
  }
}
