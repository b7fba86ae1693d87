/** What `yuma whatif` gives as data: JSON lines of the neurons. */
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

const amountsToJson = ({ miner, validator }: Amounts) => ({ miner: String(miner), validator: String(validator) });

const both = ({ miner, validator }: Amounts): bigint => miner + validator;
