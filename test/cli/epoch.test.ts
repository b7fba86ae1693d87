import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sparseRows } from '../../src/epoch/input.js';
import { formatCase } from '../../src/formats/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { widthOf } from '../../src/text/wrap.js';
import { golden, withFolder, yuma } from './yuma.js';

const SAMPLE = [...sampleCases({ neurons: 40, validators: 8, subnets: 3, fill: 0.6, seed: 3 })];
const LINES = SAMPLE.map((sample) => formatCase(sample));
const FILE = `${LINES.join('\n')}\n`;
const ESCAPE = '\u001b';

/** A line of results. */
interface Result {
  readonly name: string;
  readonly out: unknown;
  readonly mid?: unknown;
}
const results = (text: string): Result[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Result);

describe('yuma epoch --json', () => {
  test.each(['wasm', 'reference'])('on %s gives exactly the results that golden cases expect', async (backend) => {
    const expected = gunzipSync(await readFile(golden('collusion.jsonl.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; expected: { out: unknown; mid: unknown } });
    const run = await yuma(['epoch', '--json', '--intermediates', '--backend', backend, golden('collusion.jsonl.gz')]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(results(run.stdout)).toEqual(expected.map(({ name, expected: { out, mid } }) => ({ name, out, mid })));
  });

  test('gives the intermediates only when asked', async () => {
    const { stdout } = await yuma('epoch --json -', { stdin: LINES[0]! });
    expect(Object.keys(results(stdout)[0]!)).toEqual(['name', 'out']);
  });

  test('computes several files in their order', async () => {
    await withFolder(async (folder) => {
      const paths = ['b', 'a'].map((name) => join(folder, name));
      await writeFile(paths[0]!, LINES[2]!);
      await writeFile(paths[1]!, LINES[0]!);
      const { stdout } = await yuma(['epoch', '--json', ...paths, '-'], { stdin: LINES[1]! });
      expect(results(stdout).map(({ name }) => name)).toEqual([2, 0, 1].map((at) => SAMPLE[at]!.name));
    });
  });
});

describe('a fault', () => {
  test('comes after the results before it', async () => {
    const run = await yuma('epoch --json -', { stdin: `${LINES[0]}\n${LINES[1]}\n{"name":\n${LINES[2]}\n` });
    expect(results(run.stdout).map(({ name }) => name)).toEqual([SAMPLE[0]!.name, SAMPLE[1]!.name]);
    expect(run.stderr).toMatch(/^error BAD_JSON at stdin:3\n {2}cannot be read as a JSON object/);
    expect(run.exitCode).toBe(2);
  });

  test('of an input says file, line, field and uid', async () => {
    const odd = `${LINES[0]}\n${LINES[1]!.replace(/"weights":\[(.*?)\[\[(\d+),/, '"weights":[$1[[40,')}\n`;
    const strict = await yuma('epoch --json -', { stdin: odd });
    expect(strict.stderr).toMatch(
      /^error COLUMN_OUT_OF_RANGE at stdin:2, case sample-3\/subnet-2\n {2}weights of uid \d+, entry 0: column 40 is no neuron, the subnet has n =\n? +40\./,
    );
    expect(strict.exitCode).toBe(2);
    const lenient = await yuma('epoch --json --lenient -', { stdin: odd });
    expect(lenient).toMatchObject({ exitCode: 0, stderr: '' });
    expect(results(lenient.stdout)).toHaveLength(2);
  });

  test('of a length is told in the words of the file', async () => {
    const short = LINES[1]!.replace(/"bonds":\[.*\]\}$/, '"bonds":[]}');
    const run = await yuma('epoch --json -', { stdin: `${LINES[0]}\n${short}\n` });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(
      'error WRONG_LENGTH at stdin:2, case sample-3/subnet-2\n  bonds: expected 40 rows, got 0.',
    );
  });

  test('of a meta that nests too deeply says file and line', async () => {
    const deep = LINES[1]!.replace('"meta":{', () => `"meta":{"x":${'['.repeat(4_000)}${']'.repeat(4_000)},`);
    const run = await yuma('epoch --json -', { stdin: `${LINES[0]}\n${deep}\n` });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/^error BAD_JSON at stdin:2, case sample-3\/subnet-2\n.*nested too\s+deeply/s);
  });

  test.each([
    ['a file that is not there', 'nowhere.jsonl', /^error UNREADABLE at .*nowhere\.jsonl\n/],
    ['a folder', '', /^error UNREADABLE at .*\n {2}cannot be read: it is a folder, not a file\.\n/],
  ])('%s', async (_, file, message) => {
    await withFolder(async (folder) => {
      const run = await yuma(['epoch', join(folder, file)]);
      expect(run).toMatchObject({ stdout: '', exitCode: 2 });
      expect(run.stderr).toMatch(message);
    });
  });

  test('an empty file', async () => {
    const run = await yuma('epoch -');
    expect(run).toMatchObject({ stdout: '', exitCode: 2 });
    expect(run.stderr).toContain('error EMPTY_FILE at stdin');
  });
});

describe('yuma epoch --out', () => {
  test('writes the lines that --json prints', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'out.jsonl');
      const run = await yuma(['epoch', '-', '--intermediates', '--out', out], { stdin: FILE });
      expect(run).toEqual({ stdout: '', stderr: `3 cases written to ${out}\n`, exitCode: 0 });
      const printed = await yuma('epoch - --intermediates --json', { stdin: FILE });
      expect(await readFile(out, 'utf8')).toBe(printed.stdout);
    });
  });

  test('writes nothing where a case fails, and leaves what was there', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'out.jsonl');
      await writeFile(out, 'before');
      const run = await yuma(['epoch', '-', '--out', out], { stdin: `${LINES[0]}\nnonsense\n` });
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toContain('error BAD_JSON at stdin:2');
      expect(await readFile(out, 'utf8')).toBe('before');
      expect(await readdir(folder)).toEqual(['out.jsonl']);
    });
  });

  test('says where it cannot write', async () => {
    await withFolder(async (folder) => {
      const run = await yuma(['epoch', '-', '--out', join(folder, 'no', 'such', 'file')], { stdin: FILE });
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toMatch(/^error UNWRITABLE at .*file\n/);
    });
  });
});

describe('the table of an epoch', () => {
  test('names the subnet, its miners, its validators, what was left out and what was paid', async () => {
    const { stdout, exitCode } = await yuma('epoch -', { stdin: FILE });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^sample-3\/subnet-1\n40 neurons, block 7,\d{3},\d{3}, Yuma3, 1\d\d\.\d{4} alpha to hand out\n/,
    );
    for (const part of ['Miners (', 'Validators (', '  Left out  ', '  Paid      ']) {
      expect(stdout.split(part)).toHaveLength(4);
    }
    expect(stdout).toMatch(/ owner\n/);
    expect(stdout).toMatch(/low stake, loses permit\n/);
    expect(stdout).toMatch(/\n3 epochs, 120 neurons: \d+\.\d{4} alpha, .* Computed by\s+wasm\.\n$/s);
  });

  test('shows the shares and amounts of the output', async () => {
    const [worked] = results((await yuma('epoch --json -', { stdin: LINES[0]! })).stdout);
    const out = worked!.out as { incentive: number[]; serverEmission: string[] };
    const best = out.incentive.indexOf(Math.max(...out.incentive));
    const share = ((out.incentive[best]! * 100) / 65_535).toFixed(3);
    const alpha = (Number(out.serverEmission[best]) / 1e9).toFixed(4);
    const { stdout } = await yuma('epoch -', { stdin: LINES[0]! });
    expect(stdout).toMatch(new RegExp(`\\n +${best} +${share}% +[\\d.]+% +${alpha}\\n`));
  });

  test.each([80, 76])('fits %i columns', async (columns) => {
    const { stdout } = await yuma(['epoch', '--lenient', golden('handmade.jsonl.gz'), '-'], { stdin: FILE, columns });
    for (const line of stdout.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(columns);
    expect(stdout).not.toMatch(/undefined|NaN|null/);
  });

  test('has colours only where they are wanted', async () => {
    expect((await yuma('epoch -', { stdin: FILE })).stdout).not.toContain(ESCAPE);
    expect((await yuma('epoch -', { stdin: FILE, color: true })).stdout).toContain(ESCAPE);
  });

  test('shows none where meta has something else as hotkeys', async () => {
    const input = { ...SAMPLE[0]!.input, meta: { hotkeys: [1, {}, null] as never } };
    const line = formatCase({ name: 'odd', input });
    expect(await yuma('epoch -', { stdin: line, columns: 200 })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('shows hotkeys where there is room', async () => {
    const hotkeys = Array.from({ length: 40 }, (_, uid) => `5Hotkey${uid}`);
    const input = { ...SAMPLE[0]!.input, meta: { hotkeys } };
    const stdin = formatCase({ name: 'net', input });
    expect((await yuma('epoch -', { stdin, columns: 120 })).stdout).toMatch(/ 5Hotkey\d+ /);
    expect((await yuma('epoch -', { stdin, columns: 80 })).stdout).not.toContain('5Hotkey');
  });

  describe('of an epoch in which nobody scores says why, and who is paid', () => {
    const { input } = SAMPLE[0]!;
    const noWeights = { ...input, weights: sparseRows(Array.from({ length: 40 }, () => [])) };

    test.each([
      [
        'no weights',
        noWeights,
        'No usable weights: no miner earns anything, and validators are paid by their active stake.',
      ],
      [
        'nobody active',
        { ...noWeights, lastUpdate: new BigUint64Array(40) },
        'No usable weights and no active stake: no miner earns anything, and whoever has stake is paid by it.',
      ],
      ['no stake', { ...input, stake: new BigUint64Array(80) }, 'No stake that counts: nothing is paid.'],
    ])('%s', async (_, changed, sentence) => {
      const { stdout } = await yuma('epoch -', { stdin: formatCase({ name: 'net', input: changed }) });
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(sentence);
      expect(stdout).toMatch(/ {2}Paid +0\.0000 alpha for mining/);
      for (const line of stdout.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    });
  });

  test('of a case with an evil name is harmless', async () => {
    const stdin = formatCase({ name: `a${ESCAPE}[2Jb`, input: SAMPLE[0]!.input });
    expect((await yuma('epoch -', { stdin })).stdout).toMatch(/^a\?\[2Jb\n/);
  });
});
