/** Candidates: what to try next to make an input simpler, the largest steps first. Each is another input. */
import { HYPERPARAMETERS, type HyperparameterName } from '#yuma/epoch/hyperparameters.js';
import type { EpochInput, SparseRows } from '#yuma/epoch/input.js';
import { withoutEntries, withoutNeurons } from './smaller.js';

export type Pass = (input: EpochInput) => Generator<EpochInput>;

export const PASSES: readonly Pass[] = [dropNeurons, dropEntries, resetParameters, calmVectors, plainValues];

/** Runs of halving length, each from every one of its places, the last ones first. */
function* runs(length: number): Generator<(at: number) => boolean> {
  for (let size = length; size >= 1; size = Math.floor(size / 2)) {
    for (let end = length; end > 0; end -= size) yield (at) => at < end && at >= end - size;
  }
}

function* dropNeurons(input: EpochInput): Generator<EpochInput> {
  for (const gone of runs(input.n)) yield withoutNeurons(input, gone);
}

function* dropEntries(input: EpochInput): Generator<EpochInput> {
  for (const field of ['bonds', 'weights'] as const) {
    const rows = input[field];
    for (const gone of runs(rows.offsets.length - 1)) {
      const fewer = withoutEntries(rows, (entry) => gone(rowOf(rows, entry)));
      if (fewer.columns.length < rows.columns.length) yield { ...input, [field]: fewer };
    }
    for (const gone of runs(rows.columns.length)) yield { ...input, [field]: withoutEntries(rows, gone) };
  }
}

/** Hyperparameters to their defaults, scalars to what says least. */
function* resetParameters(input: EpochInput): Generator<EpochInput> {
  for (const name of Object.keys(HYPERPARAMETERS) as HyperparameterName[]) {
    const usual = HYPERPARAMETERS[name].default;
    if (input.hyperparameters[name] === usual) continue;
    yield { ...input, hyperparameters: { ...input.hyperparameters, [name]: usual } };
  }
  if (input.ownerUid !== null) yield { ...input, ownerUid: null };
  if (input.lastStep !== 0n) yield { ...input, lastStep: 0n };
  for (const emission of [0n, 1_000_000_000n]) if (input.emission > emission) yield { ...input, emission };
  if (input.commitBlock !== undefined) yield { ...input, commitBlock: undefined };
}

/** Each vector to what says least, element by element. */
function* calmVectors(input: EpochInput): Generator<EpochInput> {
  const { stake, lastUpdate, registeredAt, validatorPermit, currentBlock } = input;
  for (const gone of runs(registeredAt.length)) {
    if (changes(registeredAt, gone, 0n)) yield { ...input, registeredAt: filled(registeredAt, gone, 0n) };
  }
  for (const gone of runs(lastUpdate.length)) {
    if (changes(lastUpdate, gone, currentBlock)) yield { ...input, lastUpdate: filled(lastUpdate, gone, currentBlock) };
  }
  for (const gone of runs(validatorPermit.length)) {
    if (!changes(validatorPermit, gone, 1)) continue;
    yield { ...input, validatorPermit: validatorPermit.map((flag, uid) => (gone(uid) ? 1 : flag)) };
  }
  for (const whole of [0n, 1n]) {
    for (const gone of runs(stake.length / 2)) {
      const calm = stake.map((word, at) => (gone(at >> 1) ? (at % 2 === 1 ? whole : 0n) : word));
      if (calm.some((word, at) => word < stake[at]!)) yield { ...input, stake: calm };
    }
  }
}

function* plainValues(input: EpochInput): Generator<EpochInput> {
  for (const field of ['bonds', 'weights'] as const) {
    const rows = input[field];
    for (const plain of [0, 1]) {
      for (const gone of runs(rows.values.length)) {
        const values = rows.values.map((value, entry) => (gone(entry) ? Math.min(plain, value) : value));
        if (values.some((value, entry) => value !== rows.values[entry]))
          yield { ...input, [field]: { ...rows, values } };
      }
    }
  }
}

const changes = <T>(
  vector: { some(has: (item: T, at: number) => boolean): boolean },
  gone: (at: number) => boolean,
  to: T,
) => vector.some((item, at) => gone(at) && item !== to);

const filled = (vector: BigUint64Array, gone: (at: number) => boolean, to: bigint): BigUint64Array =>
  vector.map((item, at) => (gone(at) ? to : item));

const rowOf = ({ offsets }: SparseRows, entry: number): number => offsets.findIndex((start) => start > entry) - 1;
