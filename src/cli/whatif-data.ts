/** What `yuma whatif` gives as data: JSON lines of the neurons, and a CSV table of all epochs. */
import { type Amounts, BLOCKS_A_DAY, type WhatIf } from '../replay/index.js';
import { alpha } from '../text/numbers.js';

/** A line a neuron, in the order of the report. Amounts are rao, as strings; a first difference is an epoch from 0. */
export function* whatIfLines({ epochs, blocks, neurons, meta }: WhatIf): Generator<string, void, undefined> {
  const perDay = (rao: bigint): string => alpha(rao * BLOCKS_A_DAY, 9, blocks).replaceAll(',', '');
  for (const { uid, baseline, changed, difference, firstDifference } of neurons) {
    yield JSON.stringify({
      uid,
      hotkey: meta?.hotkeys?.[uid],
      epochs: epochs.length,
      blocks: String(blocks),
      baseline: amountsToJson(baseline),
      changed: amountsToJson(changed),
      difference: String(difference),
      alphaPerDay: { baseline: perDay(both(baseline)), changed: perDay(both(changed)), difference: perDay(difference) },
      firstDifference,
    });
  }
}

const COLUMNS = [
  'epoch',
  'block',
  'uid',
  'baseline_miner_rao',
  'baseline_validator_rao',
  'changed_miner_rao',
  'changed_validator_rao',
];

/** A line a neuron and epoch below the names of the columns; epochs count from 0. */
export function* paymentRows({ epochs }: WhatIf): Generator<string, void, undefined> {
  yield COLUMNS.join(',');
  for (const [epoch, { block, n, baseline, changed }] of epochs.entries()) {
    for (let uid = 0; uid < n; uid++) {
      const amounts = [baseline.miner[uid], baseline.validator[uid], changed.miner[uid], changed.validator[uid]];
      yield [epoch, block, uid, ...amounts].join(',');
    }
  }
}

const amountsToJson = ({ miner, validator }: Amounts) => ({ miner: String(miner), validator: String(validator) });

const both = ({ miner, validator }: Amounts): bigint => miner + validator;
