import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { ClosedPipe, Interrupted } from '../../src/cli/io.js';
import { mapText, progressText } from '../../src/cli/map-text.js';
import { cellLine, collusionMap, collusionPlan, gridAxis, planLine } from '../../src/collusion/index.js';
import { widthOf } from '../../src/text/wrap.js';
import { type Outcome, withFolder, yuma } from './yuma.js';

const SMALL = 'map collusion --stakes 0.7,0.6 --grid 3 --repeats 2 --neurons 24 --validators 8 --seed 11 --threads 0';
const map = await collusionMap({
  stakes: [0.6, 0.7],
  honestUtilities: gridAxis(3),
  cabalSelfWeights: gridAxis(3),
  repeats: 2,
  neurons: 24,
  validators: 8,
  seed: 11,
});
const WHOLE = [planLine(map.plan), ...map.cells.map(cellLine), ''].join('\n');

/** A stdout that stops the run at its n-th write. */
function stopAt(writes: number, reason: Error): { readonly stdout: Writable; readonly signal: AbortSignal } {
  const stop = new AbortController();
  let left = writes;
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => {
      left -= 1;
      if (left === 0) stop.abort(reason);
      done();
    },
  });
  return { stdout, signal: stop.signal };
}

describe('yuma map collusion', () => {
  test('shows the retention lines, within 80 columns', async () => {
    const { stdout, stderr, exitCode } = await yuma(SMALL);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toBe(mapText(map, { columns: 80, color: false }));
    for (const line of stdout.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '24 neurons, 8 validators, Yuma2, kappa 0.5, bonds penalty 1, sigma 0.4, 2 repeats, seed 11.',
    );
    expect(stdout).toMatch(/W_C +S_H 0\.6 +S_H 0\.7\n/);
    expect(stdout).toMatch(/\n +any /);
  });

  test('with --json prints the plan and a line a point', async () => {
    expect(await yuma(`${SMALL} --json`)).toEqual({ stdout: WHOLE, stderr: '', exitCode: 0 });
  });

  test('writes the same lines to a file', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      const run = await yuma(`${SMALL} --out ${path}`, { columns: 200 });
      expect(run).toMatchObject({ stderr: `18 points written to ${path}\n`, exitCode: 0 });
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test('writes a table as CSV', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.csv');
      expect(await yuma(`${SMALL} --out ${path}`)).toMatchObject({ exitCode: 0 });
      const [titles, first, ...rest] = (await readFile(path, 'utf8')).trimEnd().split('\n');
      expect(titles).toBe('stake,honestUtility,cabalSelfWeight,repeats,mean,deviation,low,high');
      const { mean, deviation, low, high } = map.cells[0]!;
      expect(first).toBe(`0.6,0,0,2,${mean},${deviation},${low},${high}`);
      expect(rest).toHaveLength(17);
    });
  });

  test('leaves the fields of the band empty with one repeat', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.csv');
      const { stdout } = await yuma(`${SMALL} --repeats 1 --out ${path}`);
      expect((await readFile(path, 'utf8')).split('\n')[1]).toMatch(/^0\.6,0,0,1,0\.\d+,,,$/);
      expect(stdout).not.toContain('band');
    });
  });

  test('passes every option on', async () => {
    const flags = '--kappa 0.6 --penalty 0.5 --sigma 0 --mode yuma3 --backend reference';
    const { stdout } = await yuma(`${SMALL} ${flags} --json`);
    const plan = collusionPlan({ ...map.plan, kappa: 0.6, bondsPenalty: 0.5, sigma: 0, yuma3: true });
    expect(stdout.split('\n')[0]).toBe(planLine(plan));
  });
});

test.each(['map', 'map collusion'])('the help of yuma %s has an example and fits 80 columns', async (command) => {
  const { stdout, stderr, exitCode } = await yuma(`${command} --help`);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toMatch(/\nExample:\n {2}yuma map collusion /);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});

describe('a run that was stopped', () => {
  test('by Ctrl-C says how far it came, and resumes to the same bytes', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      const stopped = await yuma(`${SMALL} --json --out ${path}`, stopAt(6, new Interrupted(130)));
      expect(stopped).toEqual({
        stdout: '',
        stderr: `5 of 18 points are in ${path}; --resume goes on.\n`,
        exitCode: 130,
      });
      expect(await readFile(path, 'utf8')).toBe(WHOLE.split('\n').slice(0, 6).join('\n').concat('\n'));
      expect(await yuma(`${SMALL} --out ${path} --resume`)).toMatchObject({ exitCode: 0 });
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test('by a reader that goes ends quietly, and resumes to the same bytes, printed whole', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      const stopped = await yuma(`${SMALL} --json --out ${path}`, stopAt(3, new ClosedPipe()));
      expect(stopped).toEqual({ stdout: '', stderr: '', exitCode: 0 });
      const run = await yuma(`${SMALL} --json --out ${path} --resume`);
      expect(run).toMatchObject({ stdout: WHOLE, exitCode: 0 });
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test('by a kill in any place resumes to the same bytes', async () => {
    const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
    if (!existsSync(main)) throw new Error(`${main} is not there: run "npm run build" first`);
    await withFolder(async (folder) => {
      const [path, other] = [join(folder, 'map.jsonl'), join(folder, 'other.jsonl')];
      const args = 'map collusion --stakes 0.6 --grid 9 --repeats 2 --neurons 64 --validators 8';
      const child = spawn(process.execPath, [main, ...args.split(' '), '--out', path], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      while ((await lines(path)) < 5) {
        expect(child.exitCode).toBeNull();
        await new Promise((turn) => setImmediate(turn));
      }
      child.kill('SIGKILL');
      await ended;
      expect(await yuma(`${args} --out ${path} --resume`)).toMatchObject({ exitCode: 0 });
      expect(await yuma(`${args} --out ${other}`)).toMatchObject({ exitCode: 0 });
      expect(await readFile(path, 'utf8')).toBe(await readFile(other, 'utf8'));
    });
  });

  test('leaves no CSV', async () => {
    await withFolder(async (folder) => {
      const run = await yuma(`${SMALL} --json --out ${join(folder, 'map.csv')}`, stopAt(3, new Interrupted(143)));
      expect(run).toEqual({ stdout: '', stderr: '', exitCode: 143 });
      expect(await readdir(folder)).toEqual([]);
    });
  });
});

async function lines(path: string): Promise<number> {
  return existsSync(path) ? (await readFile(path, 'utf8')).split('\n').length - 1 : 0;
}

describe('refused with exit 2:', () => {
  const refused = ({ stderr, exitCode, stdout }: Outcome, code: string, says: string): void => {
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toMatch(new RegExp(`^error ${code}( |$)`));
    expect(stderr.replace(/\s+/g, ' ')).toContain(says);
  };

  test.each([
    ['--stakes 0.6,x', 'BAD_USAGE', 'It must be a decimal number'],
    ['--stakes 0.6,1', 'OUT_OF_RANGE', '--stakes, entry 1: 1 is out of range'],
    ['--stakes ,', 'BAD_USAGE', 'It must be a decimal number'],
    ['--grid 1', 'BAD_USAGE', 'an integer from 2 to 1001'],
    ['--grid 1001', 'BAD_USAGE', 'points are more than 1000000'],
    ['--repeats 0', 'BAD_USAGE', 'an integer from 1 to 1000'],
    ['--kappa 1.5', 'OUT_OF_RANGE', '--kappa: 1.5 is out of range'],
    ['--penalty -1', 'BAD_USAGE', 'It must be a decimal number'],
    ['--penalty 2', 'OUT_OF_RANGE', '--penalty: 2 is out of range'],
    ['--sigma 11', 'OUT_OF_RANGE', '--sigma: 11 is out of range'],
    ['--mode yuma4', 'BAD_USAGE', 'yuma4'],
    ['--neurons 24 --validators 23', 'OUT_OF_RANGE', '--validators: 23 is out of range, it must be from 2 to 22'],
    ['--threads many', 'BAD_USAGE', 'It must be auto or an integer'],
    ['--backend abacus', 'UNKNOWN_BACKEND', 'abacus'],
    ['--resume', 'BAD_USAGE', '--resume needs --out'],
    ['--out map.txt', 'BAD_USAGE', 'must end in .jsonl or .csv'],
    ['--out map.csv --resume', 'BAD_USAGE', 'not with .csv'],
    ['--out -', 'BAD_USAGE', 'use --json'],
    ['--out /no/such/folder/map.jsonl', 'UNWRITABLE', 'there is no such file or folder'],
  ])('%s', async (flags, code, says) => refused(await yuma(`map collusion ${flags}`), code, says));

  test.each([
    ['map.jsonl', 'UNWRITABLE'],
    ['map.csv', 'BAD_USAGE'],
  ])('an output that is there already (%s), which stays', async (name, code) => {
    await withFolder(async (folder) => {
      const path = join(folder, name);
      await writeFile(path, 'kept');
      refused(await yuma(`${SMALL} --out ${path}`, { columns: 200 }), code, 'is there already');
      expect(await readFile(path, 'utf8')).toBe('kept');
    });
  });

  test('to resume the map of another seed', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'map.jsonl');
      await writeFile(path, WHOLE);
      refused(await yuma(`${SMALL} --seed 12 --out ${path} --resume`), 'UNREADABLE', '(seed differ)');
      expect(await readFile(path, 'utf8')).toBe(WHOLE);
    });
  });

  test('a map of nothing', async () => {
    const { exitCode, stderr } = await yuma('map');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('collusion');
  });
});

describe('the text of a map', () => {
  test('has at most 11 rows a table, and as many tables as the stakes need', async () => {
    const long = await collusionMap({
      ...{ stakes: [0.51, 0.6, 0.7, 0.8], neurons: 24, validators: 8, repeats: 2 },
      ...{ honestUtilities: gridAxis(3), cabalSelfWeights: gridAxis(31) },
    });
    const text = mapText(long, { columns: 80, color: false });
    expect(text.match(/W_C +S_H/g)).toHaveLength(2);
    expect(text.match(/^ +0\.000 .*\n(?: +[01]\.\d{3} .*\n){10} +any /gm)).toHaveLength(2);
    for (const columns of [40, 80, 200]) {
      for (const line of mapText(long, { columns, color: false }).split('\n')) {
        expect(widthOf(line), line).toBeLessThanOrEqual(columns);
      }
    }
  });
});

describe('the progress of a map', () => {
  test('is a bar with rate and time left; known points do not count for the rate', () => {
    const from = { of: 1_000, before: 0, repeats: 3 };
    expect(progressText({ ...from, done: 250, ms: 1_000 })).toBe(
      '[#####---------------] 250 of 1,000 points, 750 epochs/s, 3 s left',
    );
    expect(progressText({ ...from, done: 500, before: 490, ms: 2_000 })).toBe(
      '[##########----------] 500 of 1,000 points, 15 epochs/s, 1 min 40 s left',
    );
    expect(progressText({ ...from, done: 490, before: 490, ms: 5 })).toBe('[#########-----------] 490 of 1,000 points');
    expect(progressText({ ...from, done: 1_000, ms: 9_000 })).toContain('[####################] 1,000 of 1,000 points');
  });
});
