import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/io.js';
import { formatCase, readCases } from '../../src/formats/index.js';
import { PROPERTIES } from '../../src/properties/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { withFolder, yuma } from './yuma.js';

const CASE = formatCase({ name: 'small', input: WORKED_EXAMPLE });
const OTHER = formatCase({ name: 'other', input: { ...WORKED_EXAMPLE, emission: 5n } });
const MAIN = new URL('../../dist/cli/main.js', import.meta.url).pathname;

/** An implementation that pays every miner nine rao, whatever the emission: `yuma epoch` with its server amounts replaced. */
const WRONG = `'${process.execPath}' '${MAIN}' epoch --json --lenient - | sed -u 's/"serverEmission":\\[[^]]*\\]/"serverEmission":["9","9","9","9","9"]/'`;

describe('yuma check', () => {
  test('reports a line a property, within 80 columns, and the seed', async () => {
    const { stdout, stderr, exitCode } = await yuma('check - --runs 5 --seed 7', { stdin: `${CASE}\n${OTHER}\n` });
    expect([stderr, exitCode]).toEqual(['', 0]);
    expect(stdout).toMatch(/^2 cases, 5 perturbations of each, seed 7, computed by wasm\n\nfunction\n/);
    expect(stdout).toMatch(/\n {2}ok {6}pure {30}12 ok\n/);
    for (const { name } of PROPERTIES) expect(stdout).toContain(`  ${name} `);
    expect(stdout).toMatch(
      new RegExp(`\\n${PROPERTIES.length} properties: \\d+ ok, 0 failed, \\d+ not applicable. Seed 7.\\n$`),
    );
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('says why a property does not apply', async () => {
    const { stdout, exitCode } = await yuma('check - --runs 0 --seed 7 --property bond-shares', { stdin: CASE });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/n\/a +bond-shares +1 outside\n +not so here: the subnet runs Yuma2\n/);
  });

  test('gives the same for the same seed, and --json a line a property', async () => {
    const args = 'check - --runs 4 --seed 3 --json --case other --backend reference';
    const [one, two] = [
      await yuma(args, { stdin: `${CASE}\n${OTHER}` }),
      await yuma(args, { stdin: `${CASE}\n${OTHER}` }),
    ];
    expect(one).toEqual(two);
    const reports = one.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(reports).toHaveLength(PROPERTIES.length);
    expect(reports[0]).toMatchObject({ property: 'pure', ok: 5, failed: 0, outside: 0, seed: 3 });
  });

  test('finds the fault of a command, writes the smallest case and says how to check it again', async () => {
    await withFolder(async (folder) => {
      const only = ['--property', 'no-more-than-all', '--seed', '1', '--runs', '3'];
      const input = join(folder, 'poor.jsonl');
      await writeFile(input, OTHER);
      const out = join(folder, 'found');
      const run = await yuma(['check', input, ...only, '--against', WRONG, '--out', out]);
      expect(run).toMatchObject({ stderr: '', exitCode: 1 });
      expect(run.stdout).toMatch(/ {2}failed {2}no-more-than-all +(\d+ ok, )?\d+ failed\n/);
      const [file] = readdirSync(out);
      expect(file).toBe('no-more-than-all-1.jsonl');
      expect(run.stdout.replace(/\s+/g, ' ')).toContain(
        'no-more-than-all-1.jsonl --property no-more-than-all --runs 0',
      );
      const { value } = await readCases(join(out, file!)).next();
      expect(value?.input.meta).toMatchObject({ property: 'no-more-than-all' });
      const again = ['check', join(out, file!), '--property', 'no-more-than-all', '--runs', '0', '--out', out];
      expect((await yuma([...again, '--against', WRONG])).exitCode).toBe(1);
      expect((await yuma(again)).exitCode).toBe(0);
    });
  });

  test.each([
    ['an unknown property', 'check - --property conservation', 'there is no property "conservation". Known: pure, '],
    ['a bad seed', 'check - --seed -1', 'It must be an integer from 0 to 2147483647.'],
    ['no file', 'check', "missing required argument 'file'"],
  ])('%s is bad usage', async (_, args, sentence) => {
    const { stderr, exitCode } = await yuma(args, { stdin: CASE, columns: 2_000 });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test('a case that is not there, a bad line and a command that fails exit 2', async () => {
    const absent = await yuma('check - --case third', { stdin: `${CASE}\n${OTHER}` });
    expect([absent.exitCode, absent.stdout]).toEqual([2, '']);
    expect(absent.stderr).toContain('there is no case "third". The file holds: small, other.');
    expect((await yuma('check -', { stdin: '{}' })).exitCode).toBe(2);
    const dead = await yuma(['check', '-', '--against', 'exit 4'], { stdin: CASE });
    expect(dead.exitCode).toBe(2);
    expect(dead.stderr).toContain('cannot be read: the answers of "exit 4", it ended with code 4');
  });

  test('stops on Ctrl-C, with the command ended and nothing written', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'found');
      await mkdir(out);
      const stop = new AbortController();
      setTimeout(() => stop.abort(new Interrupted(130)), 300);
      const endless = ['check', '-', '--runs', '1000', '--out', out, '--against', 'sleep 60'];
      const run = await yuma(endless, { stdin: Readable.from([Buffer.from(CASE)]), signal: stop.signal });
      expect(run).toEqual({ stdout: '', stderr: '', exitCode: 130 });
      expect(readdirSync(out)).toEqual([]);
    });
  });

  test('--help has an example and fits 80 columns', async () => {
    const { stdout, exitCode } = await yuma('check --help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nExample:\n {2}yuma check /);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});
