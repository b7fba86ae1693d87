/**
 * Differences: what a replay gave each neuron, as filed and with the changes, over the whole series.
 * Units  amounts are rao over the series; `perDay` of them is `amount * 7200 / blocks`
 * Exact  sums of the integers of the epochs; nothing is rounded here
 */
import type { EpochInput, EpochMeta } from '../index.js';
import type { ReplayedEpoch } from './replay.js';

/** Blocks of a day: one every twelve seconds. */
export const BLOCKS_A_DAY = 7_200n;

/** By uid, rao, u64. */
export interface Payments {
  readonly miner: BigUint64Array;
  readonly validator: BigUint64Array;
}

/** What one epoch of both runs paid; vectors have the length of the subnet in that epoch. */
export interface EpochPayments {
  readonly name: string;
  readonly block: bigint;
  readonly n: number;
  readonly baseline: Payments;
  readonly changed: Payments;
}

/** Sums over the series, rao. */
export interface Amounts {
  readonly miner: bigint;
  readonly validator: bigint;
}

export interface NeuronDifference {
  readonly uid: number;
  readonly baseline: Amounts;
  readonly changed: Amounts;
  /** Changed less baseline, of both parts. */
  readonly difference: bigint;
  /** Index of the first epoch in which either part differs; `null` = none. */
  readonly firstDifference: number | null;
}

/** All of a replay that a table, a file or a chart needs. */
export interface WhatIf {
  readonly epochs: readonly EpochPayments[];
  /** Blocks that the series covers: what the first epoch followed on, to the last epoch. */
  readonly blocks: bigint;
  /** Largest difference first, by size; of equal ones the lower uid. */
  readonly neurons: readonly NeuronDifference[];
  readonly total: Omit<NeuronDifference, 'uid'>;
  /** Of the last epoch. */
  readonly meta: EpochMeta | undefined;
  /** Where files have bonds otherwise than the epoch before left them: rows in all, and index of the first epoch. */
  readonly editedBonds: { readonly rows: number; readonly first: number | null };
  /** Permits that the changes gave or took, likewise. */
  readonly otherPermits: { readonly permits: number; readonly first: number | null };
}

/** Collects a replay. @throws what the replay throws */
export async function collectWhatIf(
  replayed: AsyncIterable<ReplayedEpoch>,
  onEpoch: (done: number, epoch: EpochPayments) => void = () => {},
): Promise<WhatIf> {
  const epochs: EpochPayments[] = [];
  let first: EpochInput | undefined;
  let meta: EpochMeta | undefined;
  const edited = new Occurrences();
  const permits = new Occurrences();
  for await (const each of replayed) {
    first ??= each.case.input;
    meta = each.case.input.meta;
    edited.add(each.editedBonds, epochs.length);
    permits.add(each.otherPermits, epochs.length);
    epochs.push(payments(each));
    onEpoch(epochs.length, epochs.at(-1)!);
  }
  const neurons = Array.from({ length: epochs.at(-1)?.n ?? 0 }, (_, uid) => neuronDifference(epochs, uid));
  return {
    epochs,
    blocks: first === undefined ? 0n : blocksBefore(first, epochs[1]) + epochs.at(-1)!.block - first.currentBlock,
    neurons: neurons.sort((a, b) => compare(size(b.difference), size(a.difference)) || a.uid - b.uid),
    total: totalOf(neurons),
    meta,
    editedBonds: { rows: edited.count, first: edited.first },
    otherPermits: { permits: permits.count, first: permits.first },
  };
}

class Occurrences {
  count = 0;
  first: number | null = null;

  add(count: number, epoch: number): void {
    this.count += count;
    if (count > 0) this.first ??= epoch;
  }
}

function payments({ case: { name, input }, baseline, changed }: ReplayedEpoch): EpochPayments {
  return {
    name,
    block: input.currentBlock,
    n: input.n,
    baseline: { miner: baseline.serverEmission, validator: baseline.validatorEmission },
    changed: { miner: changed.serverEmission, validator: changed.validatorEmission },
  };
}

/** Blocks that the first epoch followed on: since the epoch before it, or as many as the next one, or its tempo. */
function blocksBefore(
  { currentBlock, lastStep, hyperparameters }: EpochInput,
  next: EpochPayments | undefined,
): bigint {
  if (lastStep > 0n && lastStep < currentBlock) return currentBlock - lastStep;
  if (next !== undefined) return next.block - currentBlock;
  return BigInt(Math.max(1, hyperparameters.tempo));
}

function neuronDifference(epochs: readonly EpochPayments[], uid: number): NeuronDifference {
  const amounts = (run: 'baseline' | 'changed'): Amounts => ({
    miner: epochs.reduce((sum, epoch) => sum + (epoch[run].miner[uid] ?? 0n), 0n),
    validator: epochs.reduce((sum, epoch) => sum + (epoch[run].validator[uid] ?? 0n), 0n),
  });
  const [baseline, changed] = [amounts('baseline'), amounts('changed')];
  const first = epochs.findIndex(
    (epoch) =>
      epoch.baseline.miner[uid] !== epoch.changed.miner[uid] ||
      epoch.baseline.validator[uid] !== epoch.changed.validator[uid],
  );
  return {
    uid,
    baseline,
    changed,
    difference: both(changed) - both(baseline),
    firstDifference: first === -1 ? null : first,
  };
}

function totalOf(neurons: readonly NeuronDifference[]): WhatIf['total'] {
  const sum = (of: (neuron: NeuronDifference) => bigint): bigint =>
    neurons.reduce((total, neuron) => total + of(neuron), 0n);
  const amounts = (run: 'baseline' | 'changed'): Amounts => ({
    miner: sum((neuron) => neuron[run].miner),
    validator: sum((neuron) => neuron[run].validator),
  });
  const firsts = neurons.flatMap(({ firstDifference }) => firstDifference ?? []);
  return {
    baseline: amounts('baseline'),
    changed: amounts('changed'),
    difference: sum(({ difference }) => difference),
    firstDifference: firsts.length === 0 ? null : firsts.reduce((least, first) => Math.min(least, first)),
  };
}

const both = ({ miner, validator }: Amounts): bigint => miner + validator;
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
