/** What-if page: what `yuma whatif --report` draws. */
import { BLOCKS_A_DAY, type EpochPayments, type Payments, type WhatIf } from '../../replay/index.js';
import { type About, whatIfHtml } from '../../report/index.js';

const RAO = 1e9;

/** @param says the changes in words */
export function whatIfPage(whatIf: WhatIf, files: readonly string[], says: readonly string[], about: About): string {
  const { epochs, blocks, neurons, meta } = whatIf;
  const alphaADay = (rao: bigint, over: bigint): number => ((Number(rao) / RAO) * Number(BLOCKS_A_DAY)) / Number(over);
  const each = blocks / BigInt(Math.max(1, epochs.length));
  return whatIfHtml(
    {
      title: `Epochs replayed with a change${meta?.netuid === undefined ? '' : `, subnet ${meta.netuid}`}`,
      change: says.join(', and '),
      neurons: neurons.map(({ uid, baseline, changed }) => ({
        label: `uid ${uid}`,
        baseline: alphaADay(baseline.miner + baseline.validator, blocks),
        changed: alphaADay(changed.miner + changed.validator, blocks),
        differences: epochs.map((epoch) => alphaADay(difference(epoch, uid), each)),
      })),
      epochs: epochs.map(({ block }) => Number(block)),
      epochLabel: 'Block',
      parameters: {
        Files: files.join(', '),
        ...(meta?.netuid === undefined ? {} : { Subnet: meta.netuid }),
        Epochs: epochs.length,
      },
    },
    about,
  );
}

const difference = ({ baseline, changed }: EpochPayments, uid: number): bigint =>
  both(changed, uid) - both(baseline, uid);

/** Nothing before the neuron was there. */
const both = ({ miner, validator }: Payments, uid: number): bigint => (miner[uid] ?? 0n) + (validator[uid] ?? 0n);
