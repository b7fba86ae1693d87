/** A replay in one go, and the same by hand: what the tests hold it against. */
import type { EpochCase } from '../../src/formats/index.js';
import {
  createEngine,
  type EpochInput,
  type EpochOutput,
  listRows,
  type SparseRows,
  sparseRows,
  upscaleWeights,
  YumaError,
} from '../../src/index.js';
import { type Change, type ReplayedEpoch, type ReplayOptions, replay } from '../../src/replay/index.js';

/** In the caller's thread, without anything to close. */
export const engine = await createEngine({ backend: 'wasm', warm: false });

type Options = Partial<ReplayOptions>;

export async function replayed(
  cases: Parameters<typeof replay>[0],
  changes: readonly Change[],
  options: Options = {},
): Promise<ReplayedEpoch[]> {
  const epochs: ReplayedEpoch[] = [];
  for await (const epoch of replay(cases, changes, { engine, ...options })) epochs.push(epoch);
  return epochs;
}

export const changedRun = async (
  series: readonly EpochCase[],
  changes: readonly Change[],
  options?: Options,
): Promise<EpochOutput[]> => (await replayed(series, changes, options)).map(({ changed }) => changed);

/** The fault that a replay ends with. */
export async function faultOf(
  cases: Parameters<typeof replay>[0],
  changes: readonly Change[],
  options?: Options,
): Promise<YumaError> {
  try {
    await replayed(cases, changes, options);
  } catch (thrown) {
    if (thrown instanceof YumaError) return thrown;
    throw thrown;
  }
  throw new Error('the replay went through');
}

/** What the chain has after an epoch. */
export interface Past {
  readonly input: EpochInput;
  readonly output: EpochOutput;
}

/** Runs a series by hand: each epoch with the bonds and permits that the one before it gave, and what `edit` changes. */
export async function byHand(
  series: readonly EpochCase[],
  edit: (input: EpochInput, past: Past | undefined, epoch: number) => EpochInput,
): Promise<EpochOutput[]> {
  const outputs: EpochOutput[] = [];
  let past: Past | undefined;
  for (const [epoch, { input: filed }] of series.entries()) {
    const own = past && { bonds: past.output.bonds, validatorPermit: past.output.newValidatorPermit };
    const input = edit({ ...filed, ...own }, past, epoch);
    const output = await engine.runEpoch(input);
    past = { input, output };
    outputs.push(output);
  }
  return outputs;
}

export type Pairs = readonly (readonly [number, number])[];

/** The input in which `uid` submits this row in every epoch. */
export function submitting(input: EpochInput, uid: number, row: Pairs): EpochInput {
  const rows = listRows(input.weights).map((old, at) => (at === uid ? row : old));
  const lastUpdate = input.lastUpdate.slice();
  if (lastUpdate[uid]! < input.lastStep + 1n) lastUpdate[uid] = input.lastStep + 1n;
  return { ...input, weights: sparseRows(rows), lastUpdate };
}

export const rowOf = (rows: SparseRows, uid: number): Pairs => listRows(rows)[uid]!;

export const scaled = (values: readonly number[]): Pairs =>
  [...upscaleWeights(values).entries()].filter(([, value]) => value > 0);
