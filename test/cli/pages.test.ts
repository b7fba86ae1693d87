/** Pages of the commands: the data in a page are the numbers that the command gives otherwise, and its foot says how it was made. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageVersion } from '../../src/cli/version.js';
import { formatCase } from '../../src/formats/index.js';
import { makeSeries } from '../replay/series.js';
import { withFolder, yuma } from './yuma.js';

interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

interface Panel {
  readonly name: string;
  readonly x: readonly number[];
  readonly series: readonly Line[];
  readonly bars: readonly { readonly label: string; readonly baseline: number; readonly changed: number }[];
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly frames: readonly (readonly number[])[];
}

interface Page {
  readonly lead: string;
  readonly charts: readonly { readonly id: string; readonly panels: readonly Panel[] }[];
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** The data of the page that a command writes, after a look at its foot. */
async function pageOf(folder: string, command: string, stdin = ''): Promise<{ page: Page; stdout: string }> {
  const path = join(folder, 'page.html');
  const { stdout, stderr, exitCode } = await yuma(`${command} --report ${path}`, { stdin });
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain(`report written to ${path}\n`);
  const [, data] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(await readFile(path, 'utf8'))!;
  const page = JSON.parse(data!) as Page;
  expect(page.facts).toContainEqual(['Command', `yuma ${command} --report ${path}`]);
  expect(factOf(page, 'Engine')).toMatch(`yuma-engine ${packageVersion()} (core `);
  return { page, stdout };
}

const factOf = (page: Page, wanted: string): string => page.facts.find(([name]) => name === wanted)![1];

const chartOf = (page: Page, wanted: string): readonly Panel[] => page.charts.find(({ id }) => id === wanted)!.panels;

/** Rows of a CSV file without quoted cells, by the names of the columns. */
async function csvOf(path: string): Promise<Readonly<Record<string, string>>[]> {
  const [head, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n').map((line) => line.split(',')); // biome-ignore format: one line
  return lines.map((cells) => Object.fromEntries(cells.map((cell, at) => [head![at]!, cell])));
}

const relative = (page: number | null, own: number): number => Math.abs(page! - own) / Math.max(Math.abs(own), 1e-9);

test('simulate: incentives and emission of the record', async () => {
  await withFolder(async (folder) => {
    const csv = join(folder, 'run.csv');
    const { page, stdout } = await pageOf(folder, `simulate clipping --epochs 5 --csv ${csv}`);
    expect(stdout).toContain(`Digest ${factOf(page, 'Hash of all results')}`);
    const rows = await csvOf(csv);
    const valuesOf = (subnet: string, uid: number, metric: string) =>
      rows
        .filter((row) => row.subnet === subnet && row.uid === String(uid) && row.metric === metric)
        .map(({ value }) => Number(value));
    const NAMES = ['even 1', 'even 2', 'over', 'first', 'second'];
    let compared = 0;
    for (const { name, x, series } of chartOf(page, 'incentives')) {
      expect(x).toEqual([0, 1, 2, 3, 4]);
      for (const { label, values } of series) {
        expect(values).toEqual(valuesOf(name, NAMES.indexOf(label), 'incentive'));
        compared += 1;
      }
    }
    for (const { name, series } of chartOf(page, 'dividends')) {
      for (const { label, values } of series) {
        const uid = NAMES.indexOf(label);
        const paid = valuesOf(name, uid, 'validatorEmission');
        const stake = valuesOf(name, uid, 'stake');
        for (const [at, value] of values.entries()) expect(relative(value, (1_000 * paid[at]!) / stake[at]!)).toBeLessThan(1e-7); // biome-ignore format: one line
        compared += 1;
      }
    }
    expect(compared).toBe(3 * 2 + 3 * 3);
  });
});

test('sweep: what each neuron was paid, means and bounds of the repeats', async () => {
  await withFolder(async (folder) => {
    const out = join(folder, 'points.csv');
    const small = 'sweep weight-copying --set honest=2 --set miners=2 --epochs 6 --threads 1';
    const { page } = await pageOf(folder, `${small} --vary noise=0,0.5 --repeat 3 --seed 4 --out ${out}`);
    expect(factOf(page, 'seed')).toBe('4');
    expect(factOf(page, 'Varied: noise')).toBe('0, 0.5');
    const rows = await csvOf(out);
    let compared = 0;
    for (const [index, subnet] of ['yuma2', 'yuma3', 'liquid'].entries()) {
      const [{ x, series }] = chartOf(page, `sweep-${index + 1}`) as [Panel];
      expect(x).toEqual([0, 0.5]);
      for (const [uid, name] of ['honest 1', 'honest 2', 'copier', 'miner 1', 'miner 2'].entries()) {
        const { values, low, high } = series.find(({ label }) => label === name)!;
        for (const [at, noise] of x.entries()) {
          const runs = [0, 1, 2].map((repeat) => {
            const own = rows.filter(
              (row) =>
                row.subnet === subnet &&
                row.uid === String(uid) &&
                row.noise === String(noise) &&
                row.repeat === String(repeat) &&
                row.metric!.startsWith('total'),
            );
            expect(own).toHaveLength(2);
            return own.reduce((sum, { value }) => sum + Number(value), 0) / 6 / 1e9;
          });
          expect(relative(values[at]!, runs.reduce((a, b) => a + b) / 3)).toBeLessThan(1e-7);
          expect(relative(low![at]!, Math.min(...runs))).toBeLessThan(1e-7);
          expect(relative(high![at]!, Math.max(...runs))).toBeLessThan(1e-7);
          compared += 1;
        }
      }
    }
    expect(compared).toBe(3 * 5 * 2);
  });
});

test('whatif: alpha a day of those that gain or lose most, as --json has it', async () => {
  const stdin = (await makeSeries()).map((given) => `${formatCase(given)}\n`).join('');
  await withFolder(async (folder) => {
    const { page, stdout } = await pageOf(folder, 'whatif - --set kappa=0.7 --json', stdin);
    expect(page.lead).toContain('kappa');
    const neurons = stdout.trimEnd().split('\n').map((line) => JSON.parse(line)); // biome-ignore format: one line
    const moved = neurons.filter(({ difference }) => difference !== '0');
    const [{ bars }] = chartOf(page, 'what-if') as [Panel];
    expect(bars.length).toBe(Math.min(40, moved.length));
    expect(bars.length).toBeGreaterThan(3);
    for (const { label, baseline, changed } of bars) {
      const { alphaPerDay } = neurons.find(({ uid }) => label === `uid ${uid}`);
      expect(baseline).toBeCloseTo(Number(alphaPerDay.baseline), 6);
      expect(changed).toBeCloseTo(Number(alphaPerDay.changed), 6);
    }
  });
});

test('map: honest emission at every point', async () => {
  await withFolder(async (folder) => {
    const out = join(folder, 'map.csv');
    const small =
      'map collusion --stakes 0.6,0.8 --grid 3 --repeats 2 --neurons 24 --validators 8 --seed 11 --threads 0';
    const { page } = await pageOf(folder, `${small} --out ${out}`);
    expect(factOf(page, 'Seed')).toBe('11');
    const points = await csvOf(out);
    const panels = page.charts.find(({ panels: [first] }) => first!.name === 'S_H = 0.6')!.panels;
    let compared = 0;
    for (const { name, columns, rows, frames } of panels) {
      for (const [at, value] of frames[0]!.entries()) {
        const [utility, weight] = [columns[at % columns.length], rows[Math.floor(at / columns.length)]];
        const point = points.find(
          ({ stake, honestUtility, cabalSelfWeight }) =>
            name === `S_H = ${stake}` && honestUtility === String(utility) && cabalSelfWeight === String(weight),
        )!;
        expect(relative(value, Number(point.mean))).toBeLessThan(1e-5);
        compared += 1;
      }
    }
    expect(compared).toBe(points.length);
    expect(compared).toBe(2 * 3 * 3);
  });
});
