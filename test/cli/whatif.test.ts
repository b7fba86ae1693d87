import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatCase } from '../../src/formats/index.js';
import { type Change, collectWhatIf, replay, type WhatIf } from '../../src/replay/index.js';
import { engine } from '../replay/by-hand.js';
import { makeSeries, validatorsOf } from '../replay/series.js';
import { golden, withFolder, yuma } from './yuma.js';

const SERIES = await makeSeries();
const LINES = SERIES.map((given) => formatCase(given));
const FILE = LINES.join('\n');
const [FIRST, SECOND] = validatorsOf(SERIES[2]!) as [number, number];

const whatIf = (...changes: Change[]): Promise<WhatIf> => collectWhatIf(replay(SERIES, changes, { engine }));

/** Lines of `--json`, without the order. */
async function sums(args: string, stdin = FILE): Promise<unknown[]> {
  const { stdout, stderr, exitCode } = await yuma(`whatif - --json ${args}`, { stdin });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('yuma whatif', () => {
  test('shows who would have earned what, within 80 columns', async () => {
    const { stdout, stderr, exitCode } = await yuma(`whatif - --copy ${FIRST} --set kappa=0.6`, { stdin: FILE });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const first = SERIES[0]!.input.currentBlock.toLocaleString('en-US');
    const last = SERIES.at(-1)!.input.currentBlock.toLocaleString('en-US');
    expect(stdout).toContain(`What if kappa were 0.6 (39321/65535) and uid ${FIRST} copied the consensus?\n`);
    expect(stdout).toContain(`6 epochs, blocks ${first} to ${last}, 24 neurons. Computed by wasm.\n`);
    expect(stdout).toContain(`First difference: made-up/0, block ${first}.\n`);
    expect(stdout).toMatch(/\n +uid +as filed +what if +difference +mining +validating\n/);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('shows alpha a day, the largest differences first, and sums that fit', async () => {
    const { neurons, total, blocks } = await whatIf({ kind: 'late', uid: FIRST, epochs: 2 });
    const { stdout } = await yuma(`whatif - --late ${FIRST}:2`, { stdin: FILE });
    const rows = [...stdout.matchAll(/^ +(\d+|others|all)((?: +[-+]?[\d,]+\.\d{4}){5})$/gm)].map(([, uid, cells]) => [
      uid,
      ...cells!
        .trim()
        .split(/ +/)
        .map((cell) => Number(cell.replaceAll(',', ''))),
    ]);
    const differing = neurons.filter(({ firstDifference }) => firstDifference !== null);
    expect(rows.map(([uid]) => uid)).toEqual([
      ...differing.slice(0, 20).map(({ uid }) => String(uid)),
      ...(neurons.length > Math.min(20, differing.length) ? ['others'] : []),
      'all',
    ]);
    const perDay = (rao: bigint) => (Number(rao) * 7_200) / Number(blocks) / 1e9;
    for (const [at, { baseline, changed, difference }] of differing.slice(0, 20).entries()) {
      const wanted = [
        perDay(baseline.miner + baseline.validator),
        perDay(changed.miner + changed.validator),
        perDay(difference),
        perDay(changed.miner - baseline.miner),
        perDay(changed.validator - baseline.validator),
      ];
      for (const [cell, value] of wanted.entries()) expect(rows[at]![cell + 1]).toBeCloseTo(value, 4);
    }
    expect(rows.at(-1)![1]).toBeCloseTo(perDay(total.baseline.miner + total.baseline.validator), 4);
    for (let cell = 1; cell <= 5; cell++) {
      const parts = rows.slice(0, -1).reduce((sum, row) => sum + (row[cell] as number), 0);
      expect(rows.at(-1)![cell]).toBeCloseTo(parts, 2);
    }
  });

  test('says where nothing differs', async () => {
    const { stdout, exitCode } = await yuma(`whatif - --late ${FIRST}:0`, { stdin: FILE });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`What if the weights of uid ${FIRST} were not late?`);
    expect(stdout).toContain('Alpha a day (no neuron differs)');
    expect(stdout).toContain('Every neuron is paid the same in every epoch.');
  });

  test('gives a line a neuron as data, exact', async () => {
    const { neurons, blocks } = await whatIf({ kind: 'set', hyperparameters: { bondsPenalty: 32_768, kappa: 40_000 } });
    const lines = await sums('--set bondsPenalty=50% --set kappa=40000/65535');
    expect(lines).toHaveLength(24);
    const text = ({ miner, validator }: { miner: bigint; validator: bigint }) => ({
      miner: String(miner),
      validator: String(validator),
    });
    const nine = /^-?\d+\.\d{9}$/;
    expect(lines).toEqual(
      neurons.map(({ uid, baseline, changed, difference, firstDifference }) => ({
        uid,
        epochs: 6,
        blocks: String(blocks),
        baseline: text(baseline),
        changed: text(changed),
        difference: String(difference),
        alphaPerDay: {
          baseline: expect.stringMatching(nine),
          changed: expect.stringMatching(nine),
          difference: expect.stringMatching(nine),
        },
        firstDifference,
      })),
    );
    const [{ difference, alphaPerDay }] = lines as [{ difference: string; alphaPerDay: { difference: string } }];
    const rao = BigInt(alphaPerDay.difference.replace('.', ''));
    const twice = 2n * (rao * blocks - BigInt(difference) * 7_200n);
    expect(twice <= blocks && -twice <= blocks).toBe(true); // rounded to the nearest rao
  });

  test.each<[string, Change]>([
    [`--copy ${FIRST}`, { kind: 'copy', uid: FIRST, of: 'consensus' }],
    [`--copy ${FIRST}:consensus`, { kind: 'copy', uid: FIRST, of: 'consensus' }],
    [`--copy ${FIRST}:mean`, { kind: 'copy', uid: FIRST, of: 'mean' }],
    [`--copy ${FIRST}:${SECOND}`, { kind: 'copy', uid: FIRST, of: SECOND }],
    [`--late ${FIRST}`, { kind: 'late', uid: FIRST, epochs: 1 }],
    [`--stake ${FIRST}=1000.5`, { kind: 'stake', uid: FIRST, stake: 1_000_500_000_000n }],
    [
      `--weights ${FIRST}=3:65535,4:1`,
      {
        kind: 'weights',
        uid: FIRST,
        row: [
          [3, 65_535],
          [4, 1],
        ],
      },
    ],
    [`--weights ${FIRST}=`, { kind: 'weights', uid: FIRST, row: [] }],
  ])('understands %s', async (args, change) => {
    const { neurons, total } = await whatIf(change);
    expect(total.firstDifference).not.toBeNull();
    const lines = (await sums(args)) as { uid: number; difference: string }[];
    expect(lines.map(({ uid, difference }) => [uid, difference])).toEqual(
      neurons.map(({ uid, difference }) => [uid, String(difference)]),
    );
  });

  test('gives the same on every backend that needs no device', async () => {
    const args = `--copy ${FIRST} --set liquidAlpha=true`;
    expect(await sums(`${args} --backend reference`)).toEqual(await sums(`${args} --backend wasm`));
  });

  test('writes what each neuron got in each epoch', async () => {
    await withFolder(async (folder) => {
      const csv = join(folder, 'payments.csv.gz');
      const run = await yuma(`whatif - --late ${FIRST} --csv ${csv}`, { stdin: FILE });
      expect(run).toMatchObject({ stderr: `6 epochs written to ${csv}\n`, exitCode: 0 });
      expect(run.stdout).toContain('Alpha a day');
      const { epochs } = await whatIf({ kind: 'late', uid: FIRST, epochs: 1 });
      const rows = gunzipSync(await readFile(csv))
        .toString()
        .trimEnd()
        .split('\n');
      expect(rows[0]).toBe(
        'epoch,block,uid,baseline_miner_rao,baseline_validator_rao,changed_miner_rao,changed_validator_rao',
      );
      const wanted = epochs.flatMap(({ block, baseline, changed }, epoch) =>
        Array.from({ length: 24 }, (_, uid) =>
          [
            epoch,
            block,
            uid,
            baseline.miner[uid],
            baseline.validator[uid],
            changed.miner[uid],
            changed.validator[uid],
          ].join(),
        ),
      );
      expect(rows.slice(1)).toEqual(wanted);
    });
  });

  test('takes a series from several files, plain and gzipped', async () => {
    await withFolder(async (folder) => {
      const [one, two] = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl.gz')];
      await writeFile(one, LINES.slice(0, 2).join('\n'));
      await writeFile(two, gzipSync(LINES.slice(2).join('\n')));
      const { stdout } = await yuma(`whatif ${one} ${two} --json --late ${FIRST}`);
      expect(stdout).toBe((await yuma(`whatif - --json --late ${FIRST}`, { stdin: FILE })).stdout);
      const swapped = await yuma(`whatif ${two} ${one} --json --late ${FIRST}`);
      expect(swapped).toMatchObject({ stdout: '', exitCode: 2 });
      expect(swapped.stderr).toContain(`error NO_SERIES at ${one}:1, case made-up/0\n`);
    });
  });

  test('shows hotkeys where there is room', async () => {
    const hotkeys = Array.from({ length: 24 }, (_, uid) => `hotkey-${uid}`);
    const stdin = SERIES.map((given) =>
      formatCase({ ...given, input: { ...given.input, meta: { netuid: 1, hotkeys } } }),
    ).join('\n');
    const wide = await yuma(`whatif - --late ${FIRST}`, { stdin, columns: 100 });
    expect(wide.stdout).toMatch(new RegExp(` ${FIRST} +hotkey-${FIRST} `));
    expect((await yuma(`whatif - --late ${FIRST}`, { stdin })).stdout).not.toContain('hotkey');
    expect((await sums(`--late ${FIRST}`, stdin))[0]).toMatchObject({ hotkey: expect.stringMatching(/^hotkey-\d+$/) });
  });

  test('says where the files go their own way, and what to do about it', async () => {
    const stdin = SERIES.map((given, at) =>
      formatCase(at === 3 ? { ...given, input: { ...given.input, bonds: SERIES[1]!.input.bonds } } : given),
    ).join('\n');
    const follow = await yuma(`whatif - --stake ${FIRST}=0 --set maxValidators=4`, { stdin, columns: 1_000 });
    expect(follow.stdout).toMatch(
      /\n {2}\d+ rows of bonds in the files differ from what the epoch before gave, the first in made-up\/3, block /,
    );
    expect(follow.stdout).toMatch(
      /\n {2}The change gave or took \d+ permits, counted by epoch; the first in made-up\/1,/,
    );
    const chained = await yuma(`whatif - --late ${FIRST} --chain-bonds`, { stdin });
    expect(chained.stdout).toBe((await yuma(`whatif - --late ${FIRST}`, { stdin: FILE })).stdout);
  });

  test('stops between two epochs when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    const { stdout, stderr } = await yuma(`whatif - --late ${FIRST}`, { stdin: FILE, signal: stop.signal });
    expect(stdout).toBe('');
    expect(stderr).toContain('stopped');
  });
});

describe('yuma whatif refuses, with exit 2 and nothing on stdout,', () => {
  test.each<[string, string, string]>([
    ['no change', '', 'nothing is changed. Take one of --set, --copy, --late, --stake, --weights.'],
    [
      'an unknown hyperparameter',
      '--set kapa=0.6',
      'there is no field kapa. Known here: tempo, activityCutoff, minStake,',
    ],
    ['a setting without a value', '--set kappa', 'expected NAME=VALUE, for instance kappa=0.6, got "kappa".'],
    ['a share above 1', '--set kappa=1.5', 'kappa: expected a share from 0 to 1 (0.6, 60% or 39321/65535), got "1.5".'],
    [
      'a value out of range',
      '--set maxValidators=70000',
      'maxValidators: 70000 is out of range, it must be from 0 to 65535.',
    ],
    [
      'tempo',
      '--set tempo=100',
      'tempo cannot be changed in a replay, where the epochs stay in the blocks they ran in.',
    ],
    ['a uid that is not there', '--late 24', 'there is no uid 24, the subnet has n = 24.'],
    ['a copied uid that is not there', '--copy 1:77', 'there is no uid 77, the subnet has n = 24.'],
    ['text for a uid', '--copy five', 'It must be a uid, and :consensus, :mean or :UID behind it.'],
    ['another thing to copy', '--copy 5:best', 'It must be a uid, and :consensus, :mean or :UID behind it.'],
    ['a negative lateness', '--late 5:-1', 'It must be a uid, and :EPOCHS behind it if not 1.'],
    ['a stake with ten decimals', '--stake 5=1.0123456789', 'It must be UID=ALPHA, with at most 9 decimals.'],
    ['a stake beyond its type', '--stake 5=9999999999', 'stake of uid 5: 9999999999000000000 is out of range'],
    ['weights without a uid', '--weights 3:1', 'It must be UID=UID:VALUE,UID:VALUE and so on, values to 65535.'],
    ['weights that break off', '--weights 5=3:1,', 'It must be UID=UID:VALUE,UID:VALUE and so on, values to 65535.'],
    [
      'a weight beyond its type',
      '--weights 5=3:65536',
      'weights of uid 5: 65536 is out of range, it must be from 0 to 65535.',
    ],
    ['a weight on nobody', '--weights 5=24:1', 'weights of uid 5, entry 0: column 24 is no neuron'],
    ['one row changed twice', '--late 5 --copy 5', 'the row of weights of uid 5 is changed twice; change it once.'],
    ['a CSV on stdout', '--late 5 --csv -', '--csv takes the name of a file, not -. To print the sums, use --json.'],
    ['an unknown backend', '--late 5 --backend cuda', 'there is no backend "cuda".'],
  ])('%s', async (_, args, message) => {
    const { stdout, stderr, exitCode } = await yuma(`whatif - ${args}`, { stdin: FILE, columns: 1_000 });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
  });

  test.each<[string, string, string]>([
    ['an empty file', '', 'error EMPTY_FILE at stdin\n'],
    ['a file that is no case file', 'hello\n', 'error BAD_JSON at stdin:1\n'],
    ['a file that breaks off', `${LINES[0]}\n${LINES[1]!.slice(0, 500)}`, 'error BAD_JSON at stdin:2\n'],
    ['a file with an epoch left out', `${LINES[0]}\n${LINES[2]}`, 'error NO_SERIES at stdin:2, case made-up/2\n'],
    [
      'a file of several subnets',
      '',
      'error NO_SERIES at stdin:2, case sample-3/subnet-2\n  is not the next epoch of a series: it is of netuid 2,',
    ],
  ])('%s', async (name, text, message) => {
    const stdin =
      name === 'a file of several subnets' ? (await yuma('sample --neurons 24 --subnets 2 --seed 3')).stdout : text;
    const { stdout, stderr, exitCode } = await yuma('whatif - --late 5', { stdin, columns: 1_000 });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
  });

  test('a file of golden vectors that are no series, a missing file, and a CSV over its input', async () => {
    const golden1 = await yuma(`whatif ${golden('medium.jsonl.gz')} --set kappa=0.6`);
    expect(golden1).toMatchObject({ stdout: '', exitCode: 2 });
    expect(golden1.stderr).toContain('error NO_SERIES at ');
    const missing = await yuma('whatif no-such-file.jsonl --set kappa=0.6');
    expect(missing.stderr).toContain('error UNREADABLE at no-such-file.jsonl');
    await withFolder(async (folder) => {
      const file = join(folder, 'series.jsonl');
      await writeFile(file, FILE);
      const over = await yuma(`whatif ${file} --late 5 --csv ${file}`);
      expect(over).toMatchObject({ stdout: '', exitCode: 2 });
      expect(over.stderr.replace(/\s+/g, ' ')).toContain(`--csv ${file} is the input`);
      expect(await readFile(file, 'utf8')).toBe(FILE);
      const folderless = await yuma(`whatif ${file} --late 5 --csv ${folder}/none/out.csv`);
      expect(folderless).toMatchObject({ stdout: '', exitCode: 2 });
      expect(folderless.stderr).toContain('error UNWRITABLE');
    });
  });
});

test('the help fits 80 columns and lists the hyperparameters', async () => {
  const { stdout, exitCode } = await yuma('whatif --help');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\nExample:\n {2}yuma whatif /);
  for (const name of ['kappa', 'bondsPenalty', 'commitReveal', 'alphaSigmoidSteepness']) expect(stdout).toContain(name);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});
