/** Simulate: a whole run of a scenario. */
import { YumaError } from '../epoch/index.js';
import type { Engine } from '../index.js';
import type { RunRecord } from './record.js';
import type { Scenario } from './scenario.js';
import { Simulation, type SimulationOptions } from './simulation.js';

export interface SimulateOptions extends SimulationOptions {
  /** Stops between two epochs with ABORTED. */
  readonly signal?: AbortSignal | undefined;
  /** Told now and then, at the last epoch in any case. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** How long epochs may hold up the thread before timers, signals and other callers get a turn. */
const TURN_MS = 20;

/**
 * Runs a scenario from its first epoch to its last.
 * @throws YumaError what `Simulation.open` and `step` throw, and ABORTED
 */
export async function simulate(engine: Engine, scenario: Scenario, options: SimulateOptions = {}): Promise<RunRecord> {
  using simulation = await Simulation.open(engine, scenario, options);
  await runToEnd(simulation, options);
  return simulation.record();
}

export interface RunToEndOptions extends Omit<SimulateOptions, 'record'> {
  /** Stops when so many epochs were run, in all; default at the end of the scenario. */
  readonly until?: number | undefined;
}

/** Runs what is left of a simulation. @throws YumaError what `step` throws, and ABORTED: then it can be saved, or go on */
export async function runToEnd(
  simulation: Simulation,
  { signal, onProgress, until = simulation.epochs }: RunToEndOptions,
): Promise<void> {
  const epochs = Math.min(until, simulation.epochs);
  let turn = performance.now();
  while (simulation.epoch < epochs) {
    if (signal?.aborted) throw new YumaError('ABORTED', {}, { cause: signal.reason });
    await simulation.step();
    const now = performance.now();
    if (now - turn < TURN_MS && simulation.epoch < epochs) continue;
    onProgress?.(simulation.epoch, epochs);
    await new Promise<void>((resume) => setTimeout(resume, 0));
    turn = performance.now();
  }
}
