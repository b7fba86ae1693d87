/** The command as people run it: `npm run build:fuzz` must have been run, as `npm test` does. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { withFolder } from '../cli/yuma.js';

const MAIN = new URL('../../build/fuzz/main.js', import.meta.url).pathname;
const YUMA = `${process.execPath} ${new URL('../../dist/cli/main.js', import.meta.url).pathname}`;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there: run "npm run build:fuzz" first`);
});

function fuzz(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  return { status, stderr, lines: stdout.trimEnd().split('\n') };
}

test('the last line counts cases and differences', () => {
  const { status, lines } = fuzz('--cases', '256', '--seed', '3', '--workers', '2', '--pool', '128');
  expect(lines.at(-1)).toBe('256 cases, 0 differences');
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}wasm, two workers: 2 cases/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}wasm, two parts: \d\d+ cases/));
  expect(status).toBe(0);
});

test('a planted fault ends it with status 1 and a case file that yuma takes', () =>
  withFolder(async (folder) => {
    const { status, lines } = fuzz('--cases', '4096', '--pool', '0', '--plant', 'kappa-one-more', '--out', folder);
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(/^\d+ cases, 1 differences$/);
    const [file] = readdirSync(folder);
    expect(lines.join('\n')).toContain(`yuma verify ${join(folder, file!)}`);
    for (const command of ['verify', 'epoch --lenient']) {
      expect(spawnSync(`${YUMA} ${command} ${join(folder, file!)}`, { shell: true }).status).toBe(0);
    }
  }));

test('a campaign goes on where it was left, and gives the sums of one that was not', () =>
  withFolder(async (folder) => {
    const state = (name: string) => join(folder, name);
    const saved = (name: string) => ({ ...JSON.parse(readFileSync(state(name), 'utf8')), seconds: 0 });
    fuzz('--cases', '128', '--seed', '5', '--pool', '0', '--resume', state('a'));
    const { lines } = fuzz('--cases', '384', '--pool', '0', '--resume', state('a'));
    expect(lines.at(-1)).toBe('384 cases, 0 differences');
    fuzz('--cases', '384', '--seed', '5', '--pool', '0', '--workers', '2', '--resume', state('b'));
    expect(saved('a')).toEqual(saved('b'));
    expect(fuzz('--cases', '384', '--seed', '6', '--resume', state('a'))).toMatchObject({ status: 2 });
  }));

describe('a command from outside', () => {
  const against = (command: string, folder: string) =>
    fuzz('--cases', '128', '--pool', '0', '--against', command, '--out', folder);

  test('that is right differs nowhere', () =>
    withFolder(async (folder) => {
      const { lines } = against(`${YUMA} epoch - --json --intermediates --backend reference`, folder);
      expect(lines.at(-1)).toBe('128 cases, 0 differences');
      expect(lines).toContainEqual(expect.stringMatching(/--backend reference: \d\d+ cases/));
    }));

  test.each([
    ['gives no results', 'cat', /no fields in "out"/],
    ['ends', 'true', /ended before it gave its result/],
    [
      'is wrong',
      `${YUMA} epoch - --json | sed -u 's/"newValidatorPermit":.true/"newValidatorPermit":[false/'`,
      /newValidatorPermit/,
    ],
    ['gives what the format has not', `${YUMA} epoch - --json | sed -u 's/"active"/"alive"/'`, /no result "alive"/],
  ])('that %s is found out', (_, command, what) =>
    withFolder(async (folder) => {
      const { status, lines } = against(command, folder);
      expect(status).toBe(1);
      expect(lines.join('\n')).toMatch(what);
    }),
  );
});

test.each([
  ['--cases', 'many'],
  ['--minutes', '0'],
  ['--plant', 'a-rose'],
  ['--gpu', 'abacus'],
  ['--bogus', '1'],
])('%s %s is refused with the usage', (...args) => {
  const { status, stderr } = fuzz(...args);
  expect(status).toBe(2);
  expect(stderr).toContain('npm run fuzz -- [options]');
});
