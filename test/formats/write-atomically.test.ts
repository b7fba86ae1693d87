/** Writing a file: it appears whole, or the folder is as it was. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeAtomically } from '../../src/formats/index.js';
import { asNobody, canBeNobody } from './cases.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuma-write-'));
  path = join(folder, 'out.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* asynchronously(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}

test.each([
  ['no line', [], ''],
  ['a line', ['a'], 'a\n'],
  ['lines', ['a', '', 'ü'], 'a\n\nü\n'],
])('%s', async (_, lines, text) => {
  await writeAtomically(path, lines);
  expect(readFileSync(path, 'utf8')).toBe(text);
  await writeAtomically(path, asynchronously(lines));
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

test('many lines', async () => {
  const lines = Array.from({ length: 3_000 }, (_, k) => `${k} ${'x'.repeat(k % 777)}`);
  await writeAtomically(path, asynchronously(lines));
  expect(readFileSync(path, 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
});

test('a name in .gz is packed', async () => {
  await writeAtomically(`${path}.gz`, ['a', 'b']);
  expect(gunzipSync(readFileSync(`${path}.gz`)).toString()).toBe('a\nb\n');
});

test('the target is not there, or is the old one, until all lines are written', async () => {
  writeFileSync(path, 'old');
  await writeAtomically(
    path,
    (function* () {
      for (let k = 0; k < 100; k++) {
        expect(readFileSync(path, 'utf8')).toBe('old');
        yield 'x'.repeat(10_000);
      }
    })(),
  );
  expect(statSync(path).size).toBe(1_000_100);
});

describe.each([
  ['there is no file', undefined],
  ['there is an old file', 'old'],
])('%s, and it stays so', (_, old) => {
  beforeEach(() => {
    if (old !== undefined) writeFileSync(path, old);
  });
  afterEach(() => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(old);
    expect(readdirSync(folder)).toHaveLength(old === undefined ? 0 : 1);
  });

  test.each([0, 1, 500])('when the lines throw after %i, and what they throw comes through', async (count) => {
    const fault = new Error('of the lines');
    function* failing(): Generator<string> {
      for (let k = 0; k < count; k++) yield 'x'.repeat(1_000);
      throw fault;
    }
    await expect(writeAtomically(path, failing())).rejects.toBe(fault);
    await expect(writeAtomically(path, asynchronously(failing()))).rejects.toBe(fault);
  });

  test('when it is aborted, with the reason of the abort, and the lines are closed', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let closed = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (let k = 0; ; k++) {
          if (k === 300) controller.abort(reason);
          yield 'x'.repeat(1_000);
        }
      } finally {
        closed = true;
      }
    }
    await expect(writeAtomically(path, endless(), { signal: controller.signal })).rejects.toBe(reason);
    expect(closed).toBe(true);
  });

  test('when it is aborted while the next line never comes', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    async function* stuck(): AsyncGenerator<string> {
      yield 'x';
      controller.abort(reason);
      await new Promise(() => {});
    }
    const written = writeAtomically(path, stuck(), { signal: controller.signal });
    await expect(written).rejects.toBe(reason);
  });

  test('when it was aborted before it began', async () => {
    const signal = AbortSignal.abort();
    await expect(writeAtomically(path, ['a'], { signal })).rejects.toBe(signal.reason);
  });
});

describe('a target that cannot be written', () => {
  test('a folder', async () => {
    const data = { file: folder, reason: 'it is a folder, not a file' };
    await expect(writeAtomically(folder, ['a'])).rejects.toMatchObject({ code: 'UNWRITABLE', data });
  });

  test('in a folder that is not there', async () => {
    const file = join(folder, 'no', 'x.jsonl');
    const data = { file, reason: 'there is no such file or folder' };
    await expect(writeAtomically(file, ['a'])).rejects.toMatchObject({ code: 'UNWRITABLE', data });
  });

  test('through a file', async () => {
    writeFileSync(path, 'old');
    const file = join(path, 'x.jsonl');
    await expect(writeAtomically(file, ['a'])).rejects.toMatchObject({ code: 'UNWRITABLE', data: { file } });
  });

  test('a link that leads nowhere', async () => {
    symlinkSync(join(folder, 'nowhere'), path);
    await expect(writeAtomically(path, ['a'])).rejects.toMatchObject({ code: 'UNWRITABLE' });
    expect(readdirSync(folder)).toEqual(['out.jsonl']);
  });

  // Not under mutants (test/mutants): one that renames would put a file in the device's place.
  test.runIf(existsSync('/dev/full') && process.env.MUTATE === undefined)(
    'a full disk (where there is a /dev/full)',
    async () => {
      const lines = Array.from({ length: 100 }, () => 'x'.repeat(10_000));
      const data = { file: '/dev/full', reason: 'the disk is full' };
      await expect(writeAtomically('/dev/full', lines)).rejects.toMatchObject({ code: 'UNWRITABLE', data });
    },
  );

  test.skipIf(!canBeNobody)('a file without permission, though the folder has it', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    await asNobody(folder, async () => {
      const data = { file: path, reason: 'permission is denied' };
      await expect(writeAtomically(path, ['a'])).rejects.toMatchObject({ code: 'UNWRITABLE', data });
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.jsonl']);
  });
});

test('the permissions of the file stay', async () => {
  writeFileSync(path, 'old');
  chmodSync(path, 0o606);
  await writeAtomically(path, ['new']);
  expect(statSync(path).mode & 0o777).toBe(0o606);
});

test('a link stays, and the file it leads to is replaced', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  const real = join(folder, 'elsewhere', 'real.jsonl');
  writeFileSync(real, 'old');
  symlinkSync(real, path);
  await writeAtomically(path, ['new']);
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readFileSync(real, 'utf8')).toBe('new\n');
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['real.jsonl']);
});

test.skipIf(process.platform === 'win32')('a pipe is written straight, and stays a pipe', async () => {
  execFileSync('mkfifo', [path]);
  const [text] = await Promise.all([readFile(path, 'utf8'), writeAtomically(path, ['a', 'b'])]);
  expect(text).toBe('a\nb\n');
  expect(statSync(path).isFIFO()).toBe(true);
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});
