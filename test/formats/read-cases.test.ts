/** Files and streams: what is no case file, where the fault is said to be, and that a file is read as it comes. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCases } from '../../src/formats/index.js';
import { asNobody, canBeNobody, lineWith, lineWithText, readAll, readText, streamOf } from './cases.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuma-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const [A, B, C] = ['a', 'b', 'c'].map((name) => lineWith(undefined, name)) as [string, string, string];
const names = async (text: string | Buffer) => {
  const { cases, fault } = await readText(text);
  if (fault !== undefined) throw fault;
  return cases.map(({ name, line }) => `${line} ${name}`);
};

describe('lines', () => {
  test.each([
    ['with LF', `${A}\n${B}\n`, ['1 a', '2 b']],
    ['without an end to the last', `${A}\n${B}`, ['1 a', '2 b']],
    ['with CR LF', `${A}\r\n${B}\r\n`, ['1 a', '2 b']],
    ['with empty ones between', `\n  \n${A}\n\t\n\r\n${B}\n\n`, ['3 a', '6 b']],
    ['behind a byte order mark', `\ufeff${A}\n${B}`, ['1 a', '2 b']],
    ['behind a byte order mark alone', `\ufeff\n${A}`, ['2 a']],
    ['with white space round the object', `  ${A}\t\n`, ['1 a']],
  ])('%s', async (_, text, expected) => expect(await names(text)).toEqual(expected));

  test('any way to cut the bytes gives the same cases', async () => {
    const bytes = Buffer.from(`\ufeff${lineWith(undefined, 'größe')}\r\n\n${B}`);
    for (const size of [1, 2, 3, 7, 100]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
        bytes.subarray(k * size, (k + 1) * size),
      );
      const { cases, fault } = await readAll({ name: 'x', stream: Readable.from(chunks) });
      expect(fault).toBeUndefined();
      expect(cases.map(({ name, line }) => [name, line])).toEqual([
        ['größe', 1],
        ['b', 3],
      ]);
    }
  });

  test('a stream of strings is read as well', async () => {
    const { cases } = await readAll({ name: 'x', stream: Readable.from([A.slice(0, 9), A.slice(9)]) });
    expect(cases.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('a line that is no JSON object', () => {
  test.each([
    ['text', 'hello'],
    ['half an object', A.slice(0, -1)],
    ['two objects', `${A}${B}`],
    ['a list', `[${A}]`],
    ['a number', '5'],
    ['a large number', '12345678901234567890'],
    ['a fraction', '1.5'],
    ['null', 'null'],
    ['a comma too many', A.replace('}', ',}')],
    ['a comma too many, the slow way', A.replace('"n":2', '"n":2.5,')],
    ['a byte order mark', `\ufeff${A}`],
    ['a byte order mark within', `\ufeff\ufeff${A}`],
    ['lists without end', '['.repeat(200_000)],
    ['lists without end, the slow way', `[0.5,${'['.repeat(200_000)}`],
    ['deep lists, the slow way', `{"meta":${'['.repeat(100_000)}0.5${']'.repeat(100_000)}}`],
    ['deep objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"name":"'), Buffer.of(0xff), Buffer.from(A.slice(10))])],
    ['a zero byte', `${A}\0`],
  ])('%s', async (_, bad) => {
    const text = Buffer.concat([Buffer.from(`${C}\n`), Buffer.from(bad as string), Buffer.from(`\n${B}\n`)]);
    const { cases, fault } = await readText(text);
    expect(cases.map(({ name }) => name)).toEqual(['c']); // what stands before it is given
    expect(fault).toMatchObject({ code: 'BAD_JSON', data: { file: 'x.jsonl', line: 2 } });
    expect(fault?.message.length).toBeLessThan(250);
    expect(fault?.message).not.toMatch(/\p{Cc}/u);
  });
});

test.each([
  ['it is a list of 2', '[1,2]'],
  ['it is null', 'null'],
  ['it is 1.5', '1.5'],
  ['it is nested too deeply', `[0.5,${'['.repeat(200_000)}`],
  ['it is not UTF-8 text', Buffer.of(0x22, 0xff, 0x22)],
  ['it is not UTF-8 text', Buffer.of(0x7b, 0x8b)], // the second byte of gzip data
])('a line is refused because %s', async (reason, bad) => {
  const { fault } = await readText(bad);
  expect(fault).toMatchObject({ code: 'BAD_JSON', data: { file: 'x.jsonl', line: 1, reason } });
});

test('what begins like gzip data and is none is text', async () => {
  expect((await readText('\x1f{}')).fault).toMatchObject({ code: 'BAD_JSON' });
});

describe('the parser says where', () => {
  const hotkeys = (text: string) => lineWithText('meta', `{"hotkeys":["${'5'.repeat(600)}"${text}]}`);

  test.each([
    ['of the fast way', hotkeys(' 7')],
    ['of the slow way', hotkeys(', 0.5 7')],
    ['of the slow way, with a long number', hotkeys(`, 0.5, ${'1'.repeat(600)}.x`)],
    ['of a field that stands twice', lineWith().replace('{', () => `{"${'y'.repeat(600)}":1,"${'y'.repeat(600)}":2,`)],
  ])('%s, with the whole position', async (_, line) => {
    const { fault } = await readText(line);
    expect(fault).toMatchObject({
      code: 'BAD_JSON',
      data: { reason: expect.stringMatching(/ at position \d{3,4}$/) },
    });
    expect(fault?.message.length).toBeLessThan(250);
  });
});

describe('a file without a case', () => {
  test.each(['', '\n\n  \n', '\ufeff'])('%j is empty', async (text) => {
    expect((await readText(text)).fault).toMatchObject({ code: 'EMPTY_FILE', data: { file: 'x.jsonl' } });
    expect((await readText(text, 'x.jsonl.gz')).fault?.code).toBe(text === '' ? 'EMPTY_FILE' : 'NOT_GZIP');
  });
});

describe('a path', () => {
  test('of a file of cases', async () => {
    const path = join(folder, 'fine.jsonl');
    writeFileSync(path, `${A}\n${B}\n`);
    const { cases } = await readAll(path);
    expect(cases.map(({ file, name }) => [file, name])).toEqual([
      [path, 'a'],
      [path, 'b'],
    ]);
  });

  test.each([
    ['that is not there', 'absent.jsonl', 'there is no such file or folder'],
    ['of a folder', 'folder', 'it is a folder, not a file'],
    ['through a file', 'plain/x.jsonl', 'a part of the path is a file, not a folder'],
    ['of links in a circle', 'circle', 'its symbolic links lead in a circle'],
    ['that is too long', 'x'.repeat(300), 'the name is too long'],
  ])('%s', async (_, name, reason) => {
    mkdirSync(join(folder, 'folder'), { recursive: true });
    writeFileSync(join(folder, 'plain'), A);
    rmSync(join(folder, 'circle'), { force: true });
    symlinkSync(join(folder, 'circle'), join(folder, 'circle'));
    const path = join(folder, name);
    expect((await readAll(path)).fault).toMatchObject({ code: 'UNREADABLE', data: { file: path, reason } });
  });

  test.skipIf(!canBeNobody)('of a file without permission', async () => {
    const path = join(folder, 'secret.jsonl');
    writeFileSync(path, A);
    chmodSync(path, 0);
    await asNobody(folder, async () => {
      const data = { file: path, reason: 'permission is denied' };
      expect((await readAll(path)).fault).toMatchObject({ code: 'UNREADABLE', data });
    });
  });
});

test('a stream that fails gives the cases before, then its reason', async () => {
  const stream = Readable.from(
    (async function* () {
      yield Buffer.from(`${A}\n${B}`);
      throw Object.assign(new Error('broken'), { code: 'EIO' });
    })(),
  );
  const { cases, fault } = await readAll({ name: 'stdin', stream });
  expect(cases.map(({ name }) => name)).toEqual(['a']);
  expect(fault?.code).toBe('UNREADABLE');
  expect(fault?.data).toEqual({ file: 'stdin', reason: 'the device reports an error' });
});

describe('streaming', () => {
  test('a case is given before the stream ends', async () => {
    const stream = new PassThrough();
    const cases = readCases({ name: 'x', stream });
    stream.write(`${A}\n${B.slice(0, 10)}`);
    expect((await cases.next()).value).toMatchObject({ name: 'a', line: 1 });
    stream.end(`${B.slice(10)}\n`);
    expect((await cases.next()).value).toMatchObject({ name: 'b', line: 2 });
    expect((await cases.next()).done).toBe(true);
  });

  test('a reader that stops early closes the stream', async () => {
    const stream = streamOf(`${A}\n`, `${B}\n`);
    for await (const { name } of readCases({ name: 'x', stream })) {
      expect(name).toBe('a');
      break;
    }
    expect(stream.destroyed).toBe(true);
  });
});
