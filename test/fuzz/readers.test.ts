/**
 * The fuzzer of readers: some thousand inputs of one seed find nothing, and each kind of planted fault is found. The
 * process that is watched is the built one: `npm run build:fuzz` must have been run, as `npm test` does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { YumaError } from '#yuma/epoch/errors.js';
import { Random } from '#yuma/sample/random.js';
import { outcomeOf, type Reader } from '../../fuzz/readers/reader.js';
import { READERS } from '../../fuzz/readers/readers.js';
import { withFolder } from '../cli/yuma.js';

const SEED = 20_261_122;
/** Inputs of each, by what one costs. */
const INPUTS: Record<string, number> = { cases: 400, json: 1_000, gzip: 200, snapshot: 2_000, abi: 600, stdin: 100 };
const MAIN = new URL('../../build/fuzz/readers/main.js', import.meta.url).pathname;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there: run "npm run build:fuzz" first`);
});

afterAll(async () => {
  for (const reader of READERS) await reader.close?.();
});

function fuzz(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('every reader has its share of inputs', () =>
  expect(READERS.map(({ name }) => name)).toEqual(Object.keys(INPUTS)));

test.each(READERS.map((reader) => [reader.name, reader] as const))(
  'the reader %s takes its inputs',
  async (name, reader) => {
    const went = new Map<string, number>();
    for (let index = 0; index < INPUTS[name]!; index++) {
      const outcome = await outcomeOf(reader, reader.draw(new Random(SEED, index)));
      expect(outcome, `input ${index} of seed ${SEED}`).toHaveProperty('went');
      if ('went' in outcome) went.set(outcome.went, (went.get(outcome.went) ?? 0) + 1);
    }
    expect(went.size, [...went].join(' ')).toBeGreaterThan(2); // some are taken, and refused for more than one reason
  },
);

describe('an outcome', () => {
  const throwing = (fault: unknown): Reader => ({
    name: 'throws',
    draw: () => new Uint8Array(),
    read: () => Promise.reject(fault),
  });

  test('is the code of a typed error, but for those that say that the fault is ours', async () => {
    const typed = new YumaError('EMPTY_FILE', {});
    expect(await outcomeOf(throwing(typed), new Uint8Array())).toEqual({ went: 'EMPTY_FILE' });
    const ours = new YumaError('CORE_FAULT', { status: 3, reason: 'x' });
    expect(await outcomeOf(throwing(ours), new Uint8Array())).toHaveProperty('finding');
    expect(await outcomeOf(throwing('text'), new Uint8Array())).toEqual({ finding: 'text' });
  });
});

describe('a planted fault is found', () => {
  const plant = (kind: string, inputs: number, ...args: string[]) =>
    withFolder(async (folder) => {
      const run = fuzz('--reader', 'snapshot', '--plant', kind, '--inputs', String(inputs), '--out', folder, ...args);
      return { ...run, files: readdirSync(folder).map((file) => join(folder, file)) };
    });

  test('an untyped error, with a file that reads without it', () =>
    withFolder(async (folder) => {
      const { status, stdout } = fuzz(
        ...['--reader', 'snapshot', '--plant', 'untyped', '--inputs', '512', '--out', folder],
      );
      expect(stdout).toContain("TypeError: Cannot read properties of undefined (reading 'planted')");
      expect(status).toBe(1);
      const [file] = readdirSync(folder);
      expect(fuzz('--reader', 'snapshot', '--input', join(folder, file!)).status).toBe(0);
    }));

  test('a hang, by its input', async () => {
    const { status, stdout, files } = await plant('hang', 256, '--patience', '1000');
    expect(stdout).toMatch(/input \d+: no answer within 1000 ms/);
    expect({ status, files: files.length }).toEqual({ status: 1, files: 1 });
  });

  test('the end of the process, by its input', async () => {
    const { status, stdout, files } = await plant('crash', 256);
    expect(stdout).toMatch(/input \d+: the process ended \(SIGABRT\)/);
    expect({ status, files: files.length }).toEqual({ status: 1, files: 1 });
  });

  test('memory that grows', async () => {
    const { status, stdout } = await plant('leak', 256 * 32);
    expect(stdout).toMatch(/memory grew from \d+ to \d+ bytes/);
    expect(status).toBe(1);
  });
});

test.each([['--reader', 'none'], ['--plant', 'none'], ['--inputs', '-1'], ['--input', 'x'], ['--what']])(
  'bad usage ends with 2: %s %s',
  (...args) => {
    const { status, stderr } = fuzz(...args);
    expect(stderr).toContain('npm run fuzz:readers');
    expect(status).toBe(2);
  },
);
