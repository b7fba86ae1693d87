/**
 * Simulation: a scenario on its way, epoch by epoch, on held subnets of an engine.
 * Exact  the same scenario and seed give the same digest and the same record on every backend, with any number of
 *        threads, in one go or saved and resumed
 */
import { type EpochOutput, YumaError } from '../epoch/index.js';
import type { Engine } from '../index.js';
import { type Cast, castScenario } from './cast.js';
import { Digest } from './digest.js';
import type { RunRecord } from './record.js';
import { Recorder, type RecordOptions } from './recorder.js';
import { parseState, type SavedSimulation, stateBytes } from './saved.js';
import type { Scenario } from './scenario.js';
import { Stage } from './stage.js';

export interface SimulationOptions {
  readonly record?: RecordOptions | undefined;
}

export class Simulation {
  private done = 0;
  private busy = false;
  private fault: unknown;
  /** Epochs can be computed before a call returns. */
  private inStep = true;

  private constructor(
    private readonly scenario: Scenario,
    private readonly cast: Cast,
    private readonly stages: readonly Stage[],
    private readonly recorders: readonly Recorder[],
    private readonly digest: Digest,
  ) {}

  /**
   * @param engine keeps the subnets; it may hold those of many simulations, and is the caller's to close, afterwards
   * @throws YumaError what is wrong with the scenario: WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_FIELD, UNKNOWN_NAME,
   *         MISSING_FIELD, ALPHA_BOUNDS, TOO_MANY_NEURONS; or CLOSED, OUT_OF_MEMORY
   */
  static async open(engine: Engine, scenario: Scenario, { record = {} }: SimulationOptions = {}): Promise<Simulation> {
    const cast = castScenario(scenario);
    const recorders = cast.subnets.map((subnet) => new Recorder(subnet, cast.epochs, record));
    const stages = await allOrNone(cast.subnets.map((subnet, index) => Stage.open(engine, subnet, cast.seed, index)));
    return new Simulation(scenario, cast, stages, recorders, new Digest());
  }

  /**
   * Goes on where `bytes` was saved.
   * @param scenario the same as then; agents given as code cannot be told apart and must be the same, too
   * @throws YumaError BAD_SNAPSHOT, and what `open` throws
   */
  static async resume(
    engine: Engine,
    scenario: Scenario,
    bytes: Uint8Array,
    { record = {} }: SimulationOptions = {},
  ): Promise<Simulation> {
    const cast = castScenario(scenario);
    const { epoch, stages: saved, digest, recorders } = parseState(bytes, scenario, cast);
    const kept = cast.subnets.map((subnet, index) => new Recorder(subnet, cast.epochs, record, recorders[index]!));
    const stages = await allOrNone(
      cast.subnets.map((subnet, index) => Stage.restore(engine, subnet, cast.seed, index, epoch, saved[index]!)),
    );
    const simulation = new Simulation(scenario, cast, stages, kept, Digest.from(digest));
    simulation.done = epoch;
    return simulation;
  }

  /** Epochs that ran. */
  get epoch(): number {
    return this.done;
  }

  /** Epochs of the whole run. */
  get epochs(): number {
    return this.cast.epochs;
  }

  /**
   * Runs the next epoch of every subnet. After an error nothing more can be run or saved; `record` gives what was.
   * @throws YumaError AGENT_FAULT, BAD_USAGE when all epochs were run, BUSY, CLOSED and what an epoch throws
   */
  async step(): Promise<void> {
    if (this.busy) throw new YumaError('BUSY', { wanted: 'step' });
    if (this.fault !== undefined) throw this.fault;
    if (this.done === this.cast.epochs) {
      throw new YumaError('BAD_USAGE', { reason: `step: all ${this.done} epochs of the scenario were run` });
    }
    this.busy = true;
    try {
      for (const stage of this.stages) stage.prepare(this.done);
      await this.compute();
      for (const [index, stage] of this.stages.entries()) {
        const output = stage.subnet.view();
        this.digestOf(output);
        this.recorders[index]!.keep(this.done, stage, output);
        stage.conclude(output);
      }
      this.done += 1;
    } catch (fault) {
      this.fault = fault;
      throw fault;
    } finally {
      this.busy = false;
    }
  }

  /**
   * The state between two epochs, for `resume`: JSON in UTF-8.
   * @throws YumaError BUSY, BAD_USAGE where an agent keeps what is no JSON, or what ended the simulation
   */
  save(): Uint8Array {
    if (this.busy) throw new YumaError('BUSY', { wanted: 'save' });
    if (this.fault !== undefined) throw this.fault;
    const saved: SavedSimulation = {
      epoch: this.done,
      digest: this.digest.toString(),
      stages: this.stages.map((stage) => stage.save()),
      recorders: this.recorders.map((recorder) => recorder.save()),
    };
    return stateBytes(saved, this.scenario);
  }

  record(): RunRecord {
    return {
      scenario: this.cast.name,
      title: this.cast.title,
      seed: this.cast.seed,
      epochs: this.done,
      digest: this.digest.toString(),
      subnets: this.recorders.map((recorder, index) => recorder.record(this.stages[index]!)),
    };
  }

  /** All subnets at once; in this thread where the engine has no others and its backend can. */
  private async compute(): Promise<void> {
    if (this.inStep) {
      try {
        for (const { subnet, step } of this.stages) subnet.advanceSync(step);
        return;
      } catch (fault) {
        if (!(fault instanceof YumaError && fault.code === 'BAD_USAGE')) throw fault;
        this.inStep = false; // refused before the first subnet ran
      }
    }
    await allSettled(this.stages.map(({ subnet, step }) => subnet.advance(step)));
  }

  private digestOf(output: EpochOutput): void {
    const { digest } = this;
    digest.u16(output.incentive);
    digest.u16(output.dividends);
    digest.u16(output.consensus);
    digest.u16(output.validatorTrust);
    digest.u64(output.serverEmission);
    digest.u64(output.validatorEmission);
    digest.u16(output.newValidatorPermit);
  }

  /** Frees what the engine holds for it. */
  close(): void {
    for (const stage of this.stages) stage.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** The results, or after all have settled the first error. */
async function allSettled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** All stages, or none of them open and the first error. */
async function allOrNone(opening: readonly Promise<Stage>[]): Promise<Stage[]> {
  try {
    return await allSettled(opening);
  } catch (fault) {
    for (const stage of await Promise.allSettled(opening)) if (stage.status === 'fulfilled') stage.value.close();
    throw fault;
  }
}
