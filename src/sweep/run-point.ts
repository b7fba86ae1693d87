/** Run a point: the whole run of a scenario with one combination of settings, and what of it is kept. */
import type { Engine } from '../index.js';
import { METRIC_NAMES, type Metric, simulate } from '../simulator/index.js';
import type { Point, SweepPlan } from './plan.js';
import { scenarioOf } from './source.js';

/** What another thread or machine needs to run a point. Plain JSON. */
export interface PointTask {
  readonly plan: Pick<SweepPlan, 'source' | 'epochs' | 'keep' | 'metrics'>;
  readonly point: Point;
}

/** What a point gave. Plain JSON, the same whoever ran it. */
export interface PointResult {
  readonly run: number;
  /** Of the whole run (`RunRecord.digest`). */
  readonly digest: string;
  readonly subnets: readonly {
    readonly name: string;
    readonly n: number;
    readonly names: readonly string[];
    /** Epochs that ran. */
    readonly ran: number;
    readonly epochs: readonly number[];
    /** `[at * n + uid]`, units as in a record. */
    readonly metrics: Readonly<Partial<Record<Metric, readonly number[]>>>;
    readonly totals: { readonly serverEmission: readonly number[]; readonly validatorEmission: readonly number[] };
  }[];
}

/** @throws YumaError what is wrong with the scenario or its agents, or ABORTED */
export async function runPoint(engine: Engine, { plan, point }: PointTask, signal?: AbortSignal): Promise<PointResult> {
  const { keep = 0, metrics = METRIC_NAMES } = plan;
  const scenario = await scenarioOf(plan.source, { set: point.set, epochs: plan.epochs, seed: point.seed });
  const record = await simulate(engine, scenario, { record: { every: keep || scenario.epochs }, signal });
  return {
    run: point.run,
    digest: record.digest,
    subnets: record.subnets.map((subnet) => {
      const { n } = subnet;
      const skipped = keep === 0 ? subnet.epochs.length - 1 : 0; // the first epoch is kept by the record
      return {
        name: subnet.name,
        n,
        names: subnet.names,
        ran: record.epochs,
        epochs: subnet.epochs.slice(skipped),
        metrics: Object.fromEntries(metrics.map((name) => [name, [...subnet.metrics[name].subarray(skipped * n)]])),
        totals: {
          serverEmission: [...subnet.totals.serverEmission],
          validatorEmission: [...subnet.totals.validatorEmission],
        },
      };
    }),
  };
}
