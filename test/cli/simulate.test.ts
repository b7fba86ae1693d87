import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/io.js';
import { createEngine } from '../../src/index.js';
import { buildScenario, formatScenario, LIBRARY, simulate, tidyTable } from '../../src/simulator/index.js';
import { csvLines } from '../../src/tables/index.js';
import { withFolder, yuma } from './yuma.js';

const digestOf = (stdout: string): string => /Digest ([0-9a-f]{16})/.exec(stdout)![1]!;

const record = async (...given: Parameters<typeof buildScenario>) => {
  await using engine = await createEngine();
  return await simulate(engine, buildScenario(...given));
};

describe('yuma simulate', () => {
  test('--list has one scenario a line, name first, no heading', async () => {
    const { stdout, exitCode } = await yuma('simulate --list');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(LIBRARY));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(0);
  });

  test('shows who earned what, within 80 columns', async () => {
    const { stdout, stderr, exitCode } = await yuma('simulate cabal --epochs 6');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(
      stdout.startsWith('cabal: A cabal over time\n3 subnets, 6 epochs, seed 0\n\nyuma2\nYuma2, kappa 50.00%'),
    ).toBe(true);
    for (const text of ['  Validators\n', '  8 of 12 miners\n', '  Teams\n', 'honest 1', 'cabal miner']) {
      expect(stdout).toContain(text);
    }
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(digestOf(stdout)).toBe((await record('cabal', { epochs: 6 })).digest);
  });

  test('shows the first subnets of many and says that there are more', async () => {
    const { stdout } = await yuma('simulate network --set subnets=10 --set neurons=6 --set validators=2 --epochs 2');
    expect(stdout).toContain('\n\nsubnet 8\n');
    expect(stdout).not.toContain('\nsubnet 9\n');
    expect(stdout).toContain('2 more subnets: --json and --csv give all.');
  });

  test('--set sets parameters and hyperparameters, --seed and --epochs what they say', async () => {
    const run = 'simulate weight-copying --set reveal=2 --set of=mean --set kappa=0.6 --seed 5 --epochs 7';
    const set = { reveal: 2, of: 'mean', kappa: 39_321 };
    const { digest } = await record('weight-copying', { set, seed: 5, epochs: 7 });
    expect(digestOf((await yuma(run)).stdout)).toBe(digest);
  });

  test('--json is a line a subnet and one of the run', async () => {
    const { stdout } = await yuma('simulate clipping --epochs 3 --json');
    const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line)); // biome-ignore format: one line
    expect(lines.map(({ subnet }) => subnet)).toEqual(['yuma2', 'yuma3', 'liquid', undefined]);
    expect(lines[0].validators[2]).toMatchObject({ uid: 2, name: 'over', stake: 200 });
    expect(lines[3]).toMatchObject({ scenario: 'clipping', epochs: 3, seed: 0 });
  });

  test('--csv writes every value, one a row', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'run.csv');
      const { stderr, exitCode } = await yuma(`simulate clipping --epochs 3 --csv ${file}`);
      expect([stderr, exitCode]).toEqual([`3 epochs written to ${file}\n`, 0]);
      const text = await readFile(file, 'utf8');
      let wanted = '';
      for await (const line of csvLines(tidyTable(await record('clipping', { epochs: 3 })))) wanted += `${line}\n`;
      expect(text).toBe(wanted);
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(1 + 3 * 3 * 5 * 7);
      expect(lines.slice(0, 2)).toEqual(['run,subnet,epoch,uid,metric,value', 'clipping,yuma2,0,0,incentive,0']);
      expect(lines).toContain('clipping,yuma3,2,2,stake,200000000000');
    });
  });

  test.each(['--backend reference', '--threads 1'])('gives the same digest with %s', async (how) => {
    const { stdout } = await yuma(`simulate newcomer --epochs 5 ${how}`);
    expect(digestOf(stdout)).toBe((await record('newcomer', { epochs: 5 })).digest);
  });

  test('--save and --resume give the run that was never stopped', async () => {
    await withFolder(async (folder) => {
      for (const name of ['state.json', 'state.json.gz']) {
        const file = join(folder, name);
        const first = await yuma(`simulate cabal --epochs 9 --until 4 --save ${file}`);
        expect(first.stderr).toBe(`state after 4 epochs written to ${file}\n`);
        expect(first.stdout).toContain('3 subnets, 4 epochs');
        const second = await yuma(`simulate cabal --epochs 9 --resume ${file}`);
        expect(second.stdout).toBe((await yuma('simulate cabal --epochs 9')).stdout);
      }
    });
  });

  test('a run that is stopped ends quietly, and leaves its state', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'state');
      const stop = new AbortController();
      stop.abort(new Interrupted(130));
      const stopped = await yuma(`simulate cabal --epochs 9 --save ${file}`, { signal: stop.signal });
      expect(stopped).toMatchObject({ stdout: '', exitCode: 130 });
      expect(stopped.stderr).toBe(`state after no epochs written to ${file}\n`);
      const resumed = await yuma(`simulate cabal --epochs 9 --resume ${file}`);
      expect(digestOf(resumed.stdout)).toBe((await record('cabal', { epochs: 9 })).digest);
    });
  });
});

describe('a scenario of a file', () => {
  test('as JSON', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'mine.json');
      const scenario = buildScenario('clipping', { epochs: 3 });
      await writeFile(file, formatScenario(scenario));
      const { stdout, exitCode } = await yuma(['simulate', file, '--set', 'kappa=0.7']);
      expect(exitCode).toBe(0);
      expect(digestOf(stdout)).toBe((await record('clipping', { epochs: 3, set: { kappa: 45_875 } })).digest);
    });
  });

  const MODULE = `
    const shy = { decide: ({ chain }) => (chain.epoch < 2 ? null : [[1, 1]]) };
    const neurons = (count) => [{ stake: 1, validator: shy }, { count, miner: { agent: 'quality' } }];
  `;

  test('as a module, an object or a function of the settings', async () => {
    await withFolder(async (folder) => {
      const [plain, made] = [join(folder, 'plain.mjs'), join(folder, 'made.mjs')];
      await writeFile(plain, `${MODULE}export default { name: 'a', epochs: 4, subnets: [{ neurons: neurons(3) }] };`);
      const body = "({ name: 'b', epochs: 4, subnets: [{ name, neurons: neurons(miners) }] })";
      await writeFile(made, `${MODULE}export default ({ miners = 1, name }) => ${body};`);
      expect((await yuma(['simulate', plain])).stdout).toContain('\n    3  uid 3      0.00%   0.0000\n');
      const { stdout } = await yuma(['simulate', made, '--set', 'miners=5', '--set', 'name=he=re', '--json']);
      const [subnet] = stdout.split('\n').map((line) => JSON.parse(line || '{}'));
      expect([subnet.subnet, subnet.miners.length]).toEqual(['he=re', 5]);
    });
  });

  test.each<[what: string, name: string, text: string | null, wanted: RegExp]>([
    ['that is not there', 'a.json', null, /^error UNREADABLE at .*a\.json\n {2}cannot be read: there is no such file/],
    ['that is no JSON', 'a.json', '{', /^error UNREADABLE at .*a\.json\n {2}cannot be read: it is no JSON/],
    [
      'that is no scenario',
      'a.json',
      '[]',
      /^error WRONG_TYPE at .*a\.json\n {2}scenario: expected an object, got \[\]/,
    ],
    ['without subnets', 'a.json', '{}', /^error WRONG_TYPE at .*a\.json\n {2}scenario: expected a scenario/],
    ['with an unknown agent', 'a.json', '{"name":"a","epochs":1,"subnets":[{"neurons":[{"miner":{"agent":"x"}}]}]}', /^error UNKNOWN_NAME\n {2}subnets\[0\]\.neurons\[0\]\.miner: there is no miner "x"/], // biome-ignore format: a row
    ['a module that is not there', 'a.mjs', null, /^error UNREADABLE at .*a\.mjs\n {2}cannot be read: there is no such file/], // biome-ignore format: a row
    ['a module that throws', 'a.mjs', 'throw new Error("no luck")', /^error UNREADABLE at .*a\.mjs\n {2}cannot be read: it threw Error: no luck/], // biome-ignore format: a row
    [
      'a module of something else',
      'a.mjs',
      'export default 1',
      /^error WRONG_TYPE at .*a\.mjs\n {2}scenario: expected a/,
    ],
    ['a function that throws', 'a.mjs', 'export default () => { throw new Error("no luck"); }', /it threw Error: no luck/], // biome-ignore format: a row
    ['a module without a scenario', 'a.mjs', 'export const x = 1', /^error UNREADABLE at .*a\.mjs\n {2}cannot be read: it has no default export/], // biome-ignore format: a row
    ['with an agent that throws', 'a.mjs', "export default { name: 'a', epochs: 1, subnets: [{ neurons: [{ validator: { decide() { throw new Error('no idea') } } }] }] }", /^error AGENT_FAULT\n {2}validator of uid 0 in subnet 0, epoch 0: threw no idea/], // biome-ignore format: a row
  ])('%s', async (_, name, text, wanted) => {
    await withFolder(async (folder) => {
      const file = join(folder, name);
      if (text !== null) await writeFile(file, text);
      const { stdout, stderr, exitCode } = await yuma(['simulate', file], { columns: 200 });
      expect([stdout, exitCode]).toEqual(['', 2]);
      expect(stderr).toMatch(wanted);
    });
  });
});

describe('yuma simulate refuses', () => {
  test.each<[args: string, wanted: string]>([
    ['simulate', 'error BAD_USAGE\n  name a scenario, or see --list.'],
    ['simulate nothing', 'error UNKNOWN_NAME\n  there is no scenario "nothing". Known: kappa-first,'],
    ['simulate cabal --set own', 'error BAD_USAGE\n  --set takes NAME=VALUE, as in kappa=0.6, not "own".'],
    ['simulate cabal --set owm=1', 'error UNKNOWN_FIELD\n  there is no field owm. Known here: share, own,'],
    ['simulate cabal --set own=2', 'error OUT_OF_RANGE\n  cabal.own: 2 is out of range'],
    ['simulate cabal --set own=much', 'error WRONG_TYPE\n  cabal.own: expected a number, got "much".'],
    ['simulate cabal --set kappa=1.5', 'error WRONG_TYPE\n  kappa: expected a share from 0 to 1'],
    ['simulate cabal --epochs 0', 'error BAD_USAGE\n  '],
    [
      'simulate cabal --epochs 2 --csv /dev/full',
      'error UNWRITABLE at /dev/full\n  cannot be written: the disk is full.',
    ],
    [
      'simulate cabal --epochs 2 --save /dev/full',
      'error UNWRITABLE at /dev/full\n  cannot be written: the disk is full.',
    ],
    ['simulate cabal --epochs 2 --csv -', 'error BAD_USAGE\n  --csv takes the name of a file, not -.'],
    ['simulate cabal --epochs 2 --csv a --save a', 'error BAD_USAGE\n  --csv and --save name one file.'],
    ['simulate cabal --resume /no/such', 'error UNREADABLE at /no/such\n'],
    ['simulate cabal --resume package.json', 'error BAD_SNAPSHOT at package.json\n'],
  ])('%s', async (args, wanted) => {
    const { stdout, stderr, exitCode } = await yuma(args, { columns: 200 });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr.startsWith(wanted), stderr).toBe(true);
  });

  test('to resume another scenario, or to write over a scenario or a state', async () => {
    await withFolder(async (folder) => {
      const state = join(folder, 'state.json');
      await yuma(`simulate cabal --epochs 3 --until 1 --save ${state}`);
      const other = await yuma(`simulate cabal --epochs 4 --resume ${state}`);
      expect(other.stderr).toContain('it is of another scenario');
      const over = await yuma(`simulate cabal --epochs 3 --resume ${state} --csv ${state}`);
      expect(over.stderr.replaceAll(/\s+/g, ' ')).toContain('which it would overwrite. Name another file.');
      expect([other.exitCode, over.exitCode]).toEqual([2, 2]);
      expect(await readdir(folder)).toEqual(['state.json']);
    });
  });
});
