/** What a sweep promises: the same results whoever runs its points, and no finished point lost. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine, YumaError } from '../../src/index.js';
import { parseScenario, simulate } from '../../src/simulator/index.js';
import {
  type PointQueue,
  type PointResult,
  pointAt,
  pointCount,
  runPoint,
  type ScenarioSource,
  type SweepPlan,
  sweep,
  sweepTable,
  threadQueue,
} from '../../src/sweep/index.js';
import { PLAN, SMALL } from './scenarios.js';

let engine: Engine;
let folder: string;
/** Points one after another in this thread. */
let here: PointQueue;
let usual: PointResult[];

beforeAll(async () => {
  engine = await createEngine();
  folder = mkdtempSync(join(tmpdir(), 'yuma-sweep-'));
  here = { ahead: 1, run: (task, signal) => runPoint(engine, task, signal), close: async () => {} };
  usual = await sweep(PLAN, here);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

describe('points', () => {
  test('are all combinations, the first parameter slowest, each with every repeat', () => {
    expect(pointCount(PLAN)).toBe(12);
    const sets = Array.from({ length: 12 }, (_, run) => {
      const { set, repeat } = pointAt(PLAN, run);
      return [set.kappa, set.bondsPenalty, repeat];
    });
    expect(sets.slice(0, 5)).toEqual([[20_000, 0, 0], [20_000, 0, 1], [20_000, 65_535, 0], [20_000, 65_535, 1], [32_767, 0, 0]]); // biome-ignore format: a row
    expect(new Set(sets.map(String)).size).toBe(12);
    expect(pointAt(PLAN, 3).set.bondsMovingAverage).toBe('800000');
  });

  test('have the seed of their repeat, whatever is varied', () => {
    const seeds = Array.from({ length: 12 }, (_, run) => pointAt(PLAN, run).seed);
    expect(seeds.filter((_, run) => run % 2 === 0)).toEqual(Array(6).fill(5));
    expect(new Set(seeds).size).toBe(2);
  });

  test.each<[what: string, changes: object, code: string]>([
    ['no values', { vary: { kappa: [] } }, 'WRONG_TYPE'],
    ['no run', { repeat: 0 }, 'OUT_OF_RANGE'],
    ['half a run', { repeat: 1.5 }, 'WRONG_TYPE'],
    ['too many', { vary: { a: Array(5_000).fill(1), b: Array(5_000).fill(1) } }, 'OUT_OF_RANGE'],
    ['an unknown metric', { metrics: ['incentives'] }, 'UNKNOWN_NAME'],
  ])('are refused: %s', async (_, changes, code) => {
    await expect(sweep({ ...PLAN, ...changes } as SweepPlan, here)).rejects.toMatchObject({ code });
  });
});

describe('results', () => {
  test('are those of the scenario with these settings, simulated by itself', async () => {
    const scenario = parseScenario((SMALL as { text: string }).text);
    const changes = { kappa: 32_767, bondsPenalty: 65_535, bondsMovingAverage: 800_000n };
    const subnets = scenario.subnets.map((plan) => ({
      ...plan,
      hyperparameters: { ...plan.hyperparameters, ...changes },
    }));
    const { digest, subnets: records } = await simulate(engine, { ...scenario, subnets, seed: 5 });
    const result = usual[6]!;
    expect(result.digest).toBe(digest);
    for (const [at, { name, n, epochs, metrics, totals }] of result.subnets.entries()) {
      const record = records[at]!;
      expect(name).toBe(record.name);
      expect(epochs).toEqual([5]);
      expect(metrics.incentive).toEqual([...record.metrics.incentive.subarray(5 * n)]);
      expect(totals.validatorEmission).toEqual([...record.totals.validatorEmission]);
    }
  });

  test('are the same from threads', async () => {
    const threads = threadQueue(2);
    expect(await sweep(PLAN, threads)).toEqual(usual);
    await threads.close();
  });

  test('hold the epochs and metrics that were asked for', async () => {
    const [first] = await sweep({ ...PLAN, vary: { kappa: [1] }, repeat: 1, keep: 4, metrics: ['stake'] }, here);
    expect(first!.subnets.map(({ epochs }) => epochs)).toEqual([[0, 4, 5], [0, 4, 5]]); // biome-ignore format: a row
    expect(Object.keys(first!.subnets[0]!.metrics)).toEqual(['stake']);
    expect(first!.subnets[0]!.metrics.stake).toHaveLength(18);
  });

  test('come without a warning where many points wait for one signal', async () => {
    const warnings: unknown[] = [];
    const hear = (warning: unknown) => warnings.push(warning);
    process.on('warning', hear);
    const many = threadQueue(1);
    await sweep(PLAN, { ...many, ahead: 12 }, { signal: new AbortController().signal });
    await many.close();
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  test('become a tidy table, a value a row', () => {
    const { columns, rows } = sweepTable({ ...PLAN, metrics: ['incentive'] }, usual);
    expect(columns.map(({ name }) => name)).toEqual(['run', 'kappa', 'bondsPenalty', 'repeat', 'subnet', 'epoch', 'uid', 'metric', 'value']); // biome-ignore format: a row
    const all = [...(rows as Iterable<unknown[]>)];
    expect(all.filter((row) => row[7] === 'incentive')).toHaveLength(12 * 2 * 6);
    const run6 = all.filter((row) => row[0] === 6 && row[4] === 'b' && row[7] === 'totalServerEmission');
    expect(run6.map((row) => row[8])).toEqual(usual[6]!.subnets[1]!.totals.serverEmission);
    expect(run6[0]!.slice(0, 7)).toEqual([6, 32_767, 65_535, 0, 'b', 5, 0]);
  });
});

describe('a journal', () => {
  const journalOf = (name: string) => join(folder, `${name}.jsonl`);

  test('lets a stopped sweep go on to the same results, without running a finished point again', async () => {
    const journal = journalOf('stopped');
    const stop = new AbortController();
    const onProgress = (done: number) => done === 4 && stop.abort();
    const first = sweep(PLAN, here, { journal, signal: stop.signal, onProgress });
    await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
    const ran: number[] = [];
    const told: number[] = [];
    const counting: PointQueue = {
      ...here,
      run: (task) => {
        ran.push(task.point.run);
        return runPoint(engine, task);
      },
    };
    const results = await sweep(PLAN, counting, { journal, resume: true, onProgress: (done) => told.push(done) });
    expect(results).toEqual(usual);
    expect(ran).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(told).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('that was cut within a line loses that line only', async () => {
    const journal = journalOf('cut');
    await sweep(PLAN, here, { journal });
    const whole = readFileSync(journal);
    writeFileSync(journal, whole.subarray(0, whole.length - 10));
    expect(await sweep(PLAN, here, { journal, resume: true })).toEqual(usual);
    expect(readFileSync(journal)).toEqual(whole);
  });

  test('with a line that is no point is refused with its place', async () => {
    const journal = journalOf('broken');
    await sweep(PLAN, here, { journal });
    const [head, first, ...rest] = readFileSync(journal, 'utf8').split('\n');
    for (const line of [first!.slice(0, 50), '{}', 'null']) {
      writeFileSync(journal, [head, first, line, ...rest].join('\n'));
      const resumed = sweep(PLAN, here, { journal, resume: true });
      await expect(resumed).rejects.toMatchObject({ code: 'UNREADABLE', data: { file: journal, line: 3 } });
    }
  });

  test('of another plan is refused, and so is one that is in the way, or not there', async () => {
    const journal = journalOf('other');
    await sweep(PLAN, here, { journal });
    const codeOf = (plan: SweepPlan, options: object) =>
      sweep(plan, here, options).catch((fault: unknown) => (fault as YumaError).code);
    expect(await codeOf({ ...PLAN, seed: 6 }, { journal, resume: true })).toBe('BAD_USAGE');
    expect(await codeOf(PLAN, { journal })).toBe('BAD_USAGE');
    expect(await codeOf(PLAN, { journal: journalOf('none'), resume: true })).toBe('UNREADABLE');
    expect(await codeOf(PLAN, { journal: join(folder, 'no', 'folder') })).toBe('UNWRITABLE');
  });

  test('keeps what was finished when a point fails', async () => {
    const journal = journalOf('fails');
    const failing: PointQueue = {
      ...here,
      run: async (task) => {
        if (task.point.run === 3) throw new YumaError('BAD_USAGE', { reason: 'no' });
        return runPoint(engine, task);
      },
    };
    await expect(sweep(PLAN, failing, { journal })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    expect(readFileSync(journal, 'utf8').split('\n').filter(Boolean)).toHaveLength(4);
  });
});

describe('a scenario', () => {
  const module = (text: string): ScenarioSource => {
    const path = join(folder, `scenario-${Math.abs(text.length)}.mjs`);
    writeFileSync(path, text);
    return { kind: 'module', url: pathToFileURL(path).href };
  };
  const one = (source: ScenarioSource, vary: SweepPlan['vary'] = { kappa: [1] }) => sweep({ source, vary }, threads);
  let threads: PointQueue;
  beforeAll(() => {
    threads = threadQueue(1);
  });
  afterAll(() => threads.close());

  test('may be a module, a function of what is varied', async () => {
    const source = module(`export default ({ stake }) => ({ name: 'made', epochs: 1, subnets: [{ neurons: [
      { stake, validator: { decide: () => [[1, 1]] } }, {} ] }] });`);
    const results = await one(source, { stake: [1, 2] });
    expect(results.map(({ subnets }) => subnets[0]!.metrics.stake![0])).toEqual([1e9, 2e9]);
  });

  test.each<[what: string, source: () => ScenarioSource, code: string]>([
    ['that is not in the library', () => ({ kind: 'library', name: 'none' }), 'UNKNOWN_NAME'],
    ['that is no JSON', () => ({ kind: 'json', text: '{' }), 'BAD_JSON'],
    ['that is a module which is not there', () => ({ kind: 'module', url: 'file:///none.mjs' }), 'UNREADABLE'],
    ['that is a module without a default', () => module('export const a = 1;'), 'UNREADABLE'],
    ['that is a function which throws', () => module(`export default () => { throw new Error('no'); };`), 'UNREADABLE'],
    ['whose agent throws', () => module(`export default { name: 'x', epochs: 1, subnets: [{ neurons: [
      { validator: { decide() { throw new Error('no'); } } }] }] };`), 'AGENT_FAULT'], // biome-ignore format: a row
    ['without subnets', () => module(`export default { name: 'x', epochs: 1 };`), 'WRONG_TYPE'],
  ])('%s fails with its own error', async (_, source, code) => {
    await expect(one(source())).rejects.toMatchObject({ code });
  });

  test('that kills its thread every time is given up', async () => {
    const source = module(`export default () => process.exit(3);`);
    await expect(one(source)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    expect(await one(SMALL)).toHaveLength(1);
  });
});
