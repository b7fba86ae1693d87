/** Files that are made anew (tables, pages, states): one that is there already is replaced with `--force` only. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatCase } from '../../src/formats/index.js';
import { makeSeries } from '../replay/series.js';
import { withFolder, yuma } from './yuma.js';

const SERIES = (await makeSeries()).map((given) => `${formatCase(given)}\n`).join('');

const SIMULATE = 'simulate clipping --epochs 2';
const SWEEP = 'sweep clipping --epochs 2 --vary penalty=1 --threads 1';
const WHATIF = 'whatif - --set kappa=0.6';
const MAP = 'map collusion --stakes 0.7 --grid 2 --repeats 1 --neurons 12 --validators 4 --threads 0';

describe.each<[command: string, flag: string, file: string]>([
  [SIMULATE, '--csv', 'run.csv'],
  [SIMULATE, '--report', 'run.html'],
  [SIMULATE, '--save', 'state.json'],
  [SWEEP, '--out', 'points.csv'],
  [`${SWEEP} --out TABLE`, '--report', 'points.html'],
  [WHATIF, '--csv', 'epochs.csv'],
  [WHATIF, '--report', 'whatif.html'],
  [MAP, '--out', 'map.csv'],
  [MAP, '--report', 'map.html'],
])('yuma %s %s', (command, flag, file) => {
  const run = (folder: string, ...more: string[]) => {
    const args = command.replace('TABLE', join(folder, 'points.csv')).split(' ');
    return yuma([...args, flag, join(folder, file), ...more], { stdin: SERIES, columns: 1_000 });
  };

  test('keeps a file that is there, and computes nothing', async () => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, file), 'what was there');
      const reason = `${flag} ${join(folder, file)} is there already. Name another file, or replace it (--force).`;
      expect(await run(folder)).toEqual({ stdout: '', stderr: `error BAD_USAGE\n  ${reason}\n`, exitCode: 2 });
      expect(await readFile(join(folder, file), 'utf8')).toBe('what was there');
      expect(await readdir(folder)).toEqual([file]);
    });
  });

  test('replaces it with --force, but no folder', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, file);
      await writeFile(path, 'what was there');
      expect((await run(folder, '--force')).exitCode).toBe(0);
      const text = await readFile(path, 'utf8');
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain('what was there');
    });
    await withFolder(async (folder) => {
      await mkdir(join(folder, file));
      const { stderr, exitCode } = await run(folder);
      expect([stderr.split('\n')[0], exitCode]).toEqual(['error BAD_USAGE', 2]);
    });
  });
});

test('a device is written into', async () => {
  expect((await yuma(`${SIMULATE} --csv /dev/null`)).exitCode).toBe(0);
});

test('a state may be saved where it was resumed from', async () => {
  await withFolder(async (folder) => {
    const state = join(folder, 'state.json');
    expect((await yuma(`${SIMULATE} --until 1 --save ${state}`)).exitCode).toBe(0);
    const on = await yuma(`${SIMULATE} --resume ${state} --save ${state}`);
    expect([on.stderr, on.exitCode]).toEqual([`state after 2 epochs written to ${state}\n`, 0]);
  });
});
