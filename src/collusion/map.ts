/**
 * Collusion map: honest emission over honest utility and cabal self-weight, for some honest stakes.
 * Model  docs/collusion.md
 * State  the same plan gives the same map on every backend, with any number of threads and on every JavaScript engine
 */
import { setImmediate } from 'node:timers/promises';
import { type BackendChoice, createEngine, type Engine, type EpochInput, YumaError } from '../index.js';
import { draw } from './draw.js';
import { Game } from './game.js';
import { type CollusionOptions, type CollusionPlan, cellsOf, collusionPlan } from './plan.js';
import { type Estimate, estimate } from './statistics.js';

export interface CollusionPoint {
  /** S_H */
  readonly stake: number;
  /** W_H */
  readonly honestUtility: number;
  /** W_C */
  readonly cabalSelfWeight: number;
}

/** A point of a map, played. */
export interface CollusionCell extends CollusionPoint, Estimate {
  /** Honest share of the emission (E_H) in each repeat, 0 to 1. `mean` and the others are made of it. */
  readonly shares: readonly number[];
}

export interface CollusionMap {
  readonly plan: CollusionPlan;
  /** By stake, then by honest utility, then by cabal self-weight, all rising. */
  readonly cells: readonly CollusionCell[];
}

export interface CollusionProgress {
  /** Points that are finished, with those that were known. */
  readonly done: number;
  readonly of: number;
}

export interface CollusionRun {
  /** What computes; it stays open. Default: one of our own, by `backend` and `threads`. */
  readonly engine?: Engine | undefined;
  /** Default `wasm`. Not with `engine`. */
  readonly backend?: BackendChoice | undefined;
  /** Default 0, the caller's thread. Not with `engine`. */
  readonly threads?: number | 'auto' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** First points of the map, in its order, as an earlier run gave them. They are not computed again. */
  readonly known?: readonly CollusionCell[] | undefined;
}

/**
 * Computes a map.
 * @throws YumaError as `collusionPlan` and `createEngine`; ABORTED; BAD_USAGE for known points of another plan
 */
export async function collusionMap(
  options: CollusionOptions & CollusionRun & { readonly onPoint?: OnPoint; readonly onProgress?: OnProgress } = {},
): Promise<CollusionMap> {
  const { engine, backend, threads, signal, known, onPoint, onProgress, ...planned } = options;
  const plan = collusionPlan(planned);
  const of = cellsOf(plan);
  const cells: CollusionCell[] = [];
  for await (const cell of collusionCells(plan, { engine, backend, threads, signal, known })) {
    cells.push(cell);
    onPoint?.(cell);
    onProgress?.({ done: cells.length, of });
  }
  return { plan, cells };
}

type OnPoint = ((cell: CollusionCell) => void) | undefined;
type OnProgress = ((progress: CollusionProgress) => void) | undefined;

/**
 * The points of a map in its order, each as soon as it and those before it are finished; known ones first.
 * @param plan as `collusionPlan` gives it
 * @throws YumaError as `collusionMap`
 */
export async function* collusionCells(
  plan: CollusionPlan,
  { engine, backend = 'wasm', threads = 0, signal, known = [] }: CollusionRun = {},
): AsyncGenerator<CollusionCell, void, undefined> {
  checkKnown(plan, known);
  yield* known;
  const runner = engine ?? (await createEngine({ backend, threads }));
  try {
    yield* played(plan, runner, known.length, signal);
  } finally {
    if (engine === undefined) await runner.close();
  }
}

/**
 * One epoch of a map as an input, for a look at it by other means.
 * @param plan as `collusionPlan` gives it
 * @param repeat from 0
 */
export function collusionInput(plan: CollusionPlan, point: CollusionPoint, repeat: number): EpochInput {
  const game = new Game(plan, point.stake, draw(plan, repeat));
  return game.at(point.honestUtility, point.cabalSelfWeight, new Uint16Array(game.entries));
}

/** One epoch of a point that is on its way. */
interface Round {
  readonly game: Game;
  /** Its weights, to be used again. */
  readonly values: Uint16Array;
}

async function* played(
  plan: CollusionPlan,
  engine: Engine,
  from: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<CollusionCell, void, undefined> {
  const rounds: Round[] = [];
  const free: Uint16Array[] = [];
  const outputs = engine.runEpochs(inputs(plan, from, rounds, free), { signal });
  try {
    for (const point of pointsOf(plan, from)) {
      const shares: number[] = [];
      while (shares.length < plan.repeats) {
        const output = (await outputs.next()).value!;
        const { game, values } = rounds.shift()!;
        shares.push(game.honestEmission(output));
        free.push(values);
      }
      await setImmediate(); // computing in this thread waits for nothing, so nobody else would ever be heard
      if (signal?.aborted) throw new YumaError('ABORTED', {}, { cause: signal.reason });
      yield { ...point, shares, ...estimate(shares) };
    }
  } finally {
    await outputs.return();
  }
}

/** Inputs of all epochs from a point on, in order; `rounds` says what each was. */
function* inputs(plan: CollusionPlan, from: number, rounds: Round[], free: Uint16Array[]): Generator<EpochInput> {
  if (from >= cellsOf(plan)) return;
  const draws = Array.from({ length: plan.repeats }, (_, repeat) => draw(plan, repeat));
  let games: readonly Game[] = [];
  let stake = Number.NaN;
  for (const point of pointsOf(plan, from)) {
    if (point.stake !== stake) {
      stake = point.stake;
      games = draws.map((drawn) => new Game(plan, point.stake, drawn));
    }
    for (const game of games) {
      const values = free.pop() ?? new Uint16Array(game.entries);
      rounds.push({ game, values });
      yield game.at(point.honestUtility, point.cabalSelfWeight, values);
    }
  }
}

/** The points of a plan in the order of the map, without the first `from`. */
function* pointsOf({ stakes, honestUtilities, cabalSelfWeights }: CollusionPlan, from = 0): Generator<CollusionPoint> {
  let at = 0;
  for (const stake of stakes) {
    for (const honestUtility of honestUtilities) {
      for (const cabalSelfWeight of cabalSelfWeights) {
        if (at++ >= from) yield { stake, honestUtility, cabalSelfWeight };
      }
    }
  }
}

function checkKnown(plan: CollusionPlan, known: readonly CollusionCell[]): void {
  const points = pointsOf(plan);
  for (const [at, cell] of known.entries()) {
    const point = points.next().value;
    const fits =
      point !== undefined &&
      cell.stake === point.stake &&
      cell.honestUtility === point.honestUtility &&
      cell.cabalSelfWeight === point.cabalSelfWeight &&
      cell.shares.length === plan.repeats;
    if (fits) continue;
    const reason = `known: point ${at} is not the one that the plan has there. Take those of a run of the same plan.`;
    throw new YumaError('BAD_USAGE', { reason });
  }
}
