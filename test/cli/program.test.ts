import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { yuma } from './yuma.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const COMMANDS = ['epoch', 'verify', 'explain', 'sample'];

describe('help', () => {
  test.each(['', ...COMMANDS])('of "yuma %s" has an example, fits 80 columns and is no fault', async (command) => {
    const { stdout, stderr, exitCode } = await yuma(`${command} --help`);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\nExample:\n {2}yuma /);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test.each(['', ...COMMANDS])('is what "yuma help %s" shows, too', async (command) => {
    expect(await yuma(`help ${command}`)).toEqual(await yuma(`${command} --help`));
  });

  test('of a command that is none is a fault', async () => {
    const { stdout, stderr, exitCode } = await yuma('help epok');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain('Usage: yuma');
  });

  test('of yuma explain says that it reads leniently', async () => {
    expect((await yuma('explain --help')).stdout.replace(/\s+/g, ' ')).toContain('Always reads leniently');
  });

  test('names every command', async () => {
    const { stdout } = await yuma('--help');
    for (const command of [...COMMANDS, 'help']) expect(stdout).toContain(`\n  ${command} `);
  });

  test('is shown, as a fault, where there is no command', async () => {
    const { stdout, stderr, exitCode } = await yuma('');
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: yuma');
  });

  test('--version is that of the package, with the hash of each build of the core', async () => {
    const hashes = ['yuma.wasm', 'yuma-plain.wasm', 'yuma-shared.wasm'].map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(`wasm/${name}`))
          .digest('hex')}  ${name}\n`,
    );
    expect(await yuma('--version')).toEqual({ stdout: `${version}\n${hashes.join('')}`, stderr: '', exitCode: 0 });
  });
});

describe('bad usage is exit 2, says why and where to look, and leaves stdout empty', () => {
  test.each([
    ['an unknown command', 'epok x', 'unknown command \'epok\' (Did you mean epoch?) See "yuma --help".'],
    ['an unknown option', 'epoch --fast x', 'unknown option \'--fast\'. See "yuma epoch --help".'],
    ['no file', 'verify', 'missing required argument \'files\'. See "yuma verify --help".'],
    ['two files to explain', 'explain a b --uid 1', 'too many arguments'],
    ['no uid', 'explain a', "required option '--uid <n>' not specified"],
    ['a uid that is no number', 'explain a --uid first', 'It must be an integer from 0 to 65535.'],
    ['an option without its value', 'epoch x --backend', "option '--backend <name>' argument missing"],
    ['stdin twice', 'epoch - -', 'stdin (-) can be read once only.'],
    ['intermediates of a table', 'epoch x --intermediates', '--intermediates goes with --json or --out.'],
    ['fill above 1', 'sample --fill 1.5', 'It must be above 0 and at most 1.'],
    ['no fill at all', 'sample --fill 0', 'It must be above 0 and at most 1.'],
    ['fill below 0', 'sample --fill -0.5', 'It must be above 0 and at most 1.'],
    ['fill that is no decimal number', 'sample --fill 0x1', 'It must be above 0 and at most 1.'],
    ['fill that is no number', 'sample --fill some', 'It must be above 0 and at most 1.'],
    ['more neurons than there may be', 'sample --neurons 32769', "option '--neurons <n>' argument '32769' is invalid."],
    ['a hyperparameter out of range', 'sample --kappa 65536', 'It must be an integer from 0 to 65535.'],
    ['a hyperparameter of another type', 'sample --yuma3 yes', 'It must be true or false.'],
  ])('%s', async (_, args, sentence) => {
    const { stdout, stderr, exitCode } = await yuma(args, { columns: 1_000 });
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error BAD_USAGE\n {2}/);
    expect(stderr).toContain(sentence);
  });

  test('an unknown backend', async () => {
    const { stderr, exitCode } = await yuma('epoch x --backend gpu');
    expect(exitCode).toBe(2);
    expect(stderr).toBe('error UNKNOWN_BACKEND\n  there is no backend "gpu". Known: auto, wasm, reference, webgpu.\n');
  });

  test('sizes that do not go together name the flag', async () => {
    const { stderr, exitCode } = await yuma('sample --neurons 4 --validators 5');
    expect(exitCode).toBe(2);
    expect(stderr).toBe('error OUT_OF_RANGE\n  --validators: 5 is out of range, it must be from 1 to 4.\n');
  });
});
