/** Gzip: what is read as it, what is refused, and that all that came before a break is given. */

import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type ReadLimits, readCases } from '../../src/formats/index.js';
import { lineWith, readAll, readText } from './cases.js';

const LINES = Array.from({ length: 40 }, (_, k) => lineWith(undefined, `case ${k}`));
const text = (from: number, to: number) =>
  LINES.slice(from, to)
    .map((line) => `${line}\n`)
    .join('');
const packed = gzipSync(text(0, 40));
/** Read one chunk of `size` bytes after the other. */
const inChunks = (bytes: Buffer, size: number, name = 'x.jsonl.gz') => {
  const count = Math.ceil(bytes.length / size);
  const chunks = Array.from({ length: count }, (_, k) => bytes.subarray(k * size, (k + 1) * size));
  return readAll({ name, stream: Readable.from(chunks) });
};

test.each(['x.jsonl.gz', 'x.jsonl', 'stdin'])('gzip data named %s are read', async (name) => {
  const { cases, fault } = await readText(packed, name);
  expect(fault).toBeUndefined();
  expect(cases.map((one) => one.name)).toEqual(LINES.map((_, k) => `case ${k}`));
});

test('several members in a row are one file, also cut anywhere', async () => {
  const members = Buffer.concat([gzipSync(text(0, 2).slice(0, 700)), gzipSync(''), gzipSync(text(0, 2).slice(700))]);
  for (let size = 1; size < members.length; size = Math.ceil(size * 1.3)) {
    const { cases, fault } = await inChunks(members, size);
    expect(fault, `chunks of ${size}`).toBeUndefined();
    expect(cases).toHaveLength(2);
  }
  for (let cut = 1; cut < members.length; cut++) {
    const stream = Readable.from([members.subarray(0, cut), members.subarray(cut)]);
    expect((await readAll({ name: 'x', stream })).cases, `cut at ${cut}`).toHaveLength(2);
  }
});

test.each(['plain text, not gzip', `${LINES[0]}\n`, '\x1f', '\x1f\x8a', '\n'])(
  '%j named .gz is refused',
  async (content) => {
    const { cases, fault } = await readText(Buffer.from(content, 'latin1'), 'x.jsonl.gz');
    expect(cases).toEqual([]);
    expect(fault?.code).toBe('NOT_GZIP');
    expect(fault?.data).toEqual({ file: 'x.jsonl.gz', reason: 'it does not begin as gzip does' });
  },
);

describe('truncated', () => {
  /** Stored, not compressed, so that the cut falls at a known place of the text. */
  const stored = gzipSync(text(0, 40), { level: 0 });

  test.each([1, 100, 1_000, 5_000])('by %i bytes: the whole lines before the break are given', async (missing) => {
    const kept = stored.subarray(0, stored.length - missing);
    for (const size of [1_000, 16_384, 1 << 20]) {
      const { cases, fault } = await inChunks(kept, size);
      const whole =
        text(0, 40)
          .slice(0, text(0, 40).length - Math.max(0, missing - 8))
          .split('\n').length - 1;
      expect(cases.map(({ name }) => name)).toEqual(LINES.slice(0, whole).map((_, k) => `case ${k}`));
      expect(fault).toMatchObject({ code: 'NOT_GZIP', data: { file: 'x.jsonl.gz', line: whole + 1 } });
      expect(fault?.message).toContain('breaks off');
    }
  });

  test('anywhere: never a case that is not there, always the fault', async () => {
    for (let kept = 2; kept < packed.length; kept += 1 + (kept >> 3)) {
      const { cases, fault } = await readText(packed.subarray(0, kept));
      expect(fault?.code, `${kept} bytes kept`).toBe('NOT_GZIP');
      expect(cases.map(({ name }) => name)).toEqual(LINES.slice(0, cases.length).map((_, k) => `case ${k}`));
    }
  });

  test('in the second member: the first is given', async () => {
    const members = Buffer.concat([gzipSync(text(0, 3)), gzipSync(text(3, 6)).subarray(0, 60)]);
    const { cases, fault } = await readText(members);
    expect(cases.length).toBeGreaterThanOrEqual(3);
    expect(fault).toMatchObject({ code: 'NOT_GZIP' });
  });
});

test('a break behind empty lines names the line where it is', async () => {
  const stored = gzipSync(`${LINES[0]}\n\n\n${LINES[1]}\n`, { level: 0 });
  const { fault } = await readText(stored.subarray(0, stored.length - 20));
  expect(fault).toMatchObject({ code: 'NOT_GZIP', data: { line: 4 } });
});

test('broken data are refused', async () => {
  const broken = Buffer.from(packed);
  broken.fill(0xff, broken.length >> 1, (broken.length >> 1) + 40);
  expect((await readText(broken)).fault).toMatchObject({ code: 'NOT_GZIP' });
});

test('a wrong check sum is refused', async () => {
  const broken = Buffer.from(packed);
  broken[broken.length - 6]! ^= 1;
  expect((await readText(broken)).fault).toMatchObject({
    code: 'NOT_GZIP',
    data: { reason: expect.stringContaining('incorrect data check') },
  });
});

test.each([1, 10, 4_096, 1 << 20])('something else behind the gzip data is refused, in chunks of %i', async (size) => {
  const { fault } = await inChunks(Buffer.concat([packed, Buffer.from(`${LINES[0]}\n`)]), size);
  expect(fault).toMatchObject({ code: 'NOT_GZIP' });
});

test.each([1, 100, 1 << 20])('zeros behind the gzip data are padding, in chunks of %i', async (size) => {
  const { cases, fault } = await inChunks(Buffer.concat([packed, Buffer.alloc(1_000)]), size);
  expect(fault).toBeUndefined();
  expect(cases).toHaveLength(40);
});

describe('behind the last member', () => {
  const member = gzipSync(text(0, 2));
  const cuts = [1, 7, 100, 1 << 20];

  test('zero bytes are padding, wherever the chunks fall', async () => {
    for (const size of cuts) {
      const { cases, fault } = await inChunks(Buffer.concat([member, Buffer.alloc(40)]), size);
      expect(fault, `chunks of ${size}`).toBeUndefined();
      expect(cases).toHaveLength(2);
    }
  });

  test.each([
    ['another member behind a zero byte', [Buffer.alloc(1), gzipSync(text(2, 4))]],
    ['a byte behind zero bytes', [Buffer.alloc(40), Buffer.from('x')]],
    ['a byte', [Buffer.from('x')]],
  ])('%s is refused, wherever the chunks fall', async (_, tail) => {
    for (const size of cuts) {
      const { cases, fault } = await inChunks(Buffer.concat([member, ...tail]), size);
      expect(fault, `chunks of ${size}`).toMatchObject({ code: 'NOT_GZIP' });
      expect(cases).toHaveLength(2);
    }
  });
});

describe('a limit', () => {
  const bomb = gzipSync(Buffer.alloc(4 * 2 ** 20, '\n'));
  const read = (limits: ReadLimits) =>
    readCases({ name: 'x', stream: Readable.from([Buffer.concat([gzipSync(text(0, 1)), bomb])]) }, limits);

  test('on what gzip data unpack to ends the reading, after the cases before it', async () => {
    const cases = read({ unpackedBytes: 2 ** 20 });
    expect((await cases.next()).value).toMatchObject({ name: 'case 0' });
    await expect(cases.next()).rejects.toMatchObject({ code: 'FILE_TOO_LONG', data: { limit: 2 ** 20, file: 'x' } });
  });

  test('on a line does too', async () => {
    await expect(read({ lineBytes: 100 }).next()).rejects.toMatchObject({
      code: 'LINE_TOO_LONG',
      data: { limit: 100 },
    });
  });

  test.each([null, { lineBytes: '9' }, { unpackedBytes: Number.NaN }, { unpackedBytes: -1 }])(
    'that is none is refused: %j',
    async (limits) => {
      await expect(read(limits as never).next()).rejects.toMatchObject({ code: 'WRONG_TYPE' });
    },
  );
});
