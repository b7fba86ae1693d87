/** Lines: the limit of their length, with a limit small enough to meet. */
import { expect, test } from 'vitest';
import { type Line, splitLines } from '../../src/formats/lines.js';
import { MOST_LINE_BYTES } from '../../src/formats/read-cases.js';

async function* chunksOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function linesOf(limit: number, ...texts: string[]): Promise<string[]> {
  const lines: string[] = [];
  const add = ({ line, bytes }: Line) => lines.push(`${line} ${bytes}`);
  for await (const line of splitLines(chunksOf(...texts), limit)) add(line);
  return lines;
}

test('a line as long as the limit is read', async () => {
  expect(await linesOf(5, '12345\n', '123', '45\n', '12345')).toEqual(['1 12345', '2 12345', '3 12345']);
});

test.each([[['123456\n']], [['123', '456\n']], [['123456']], [['12345', '6', '7', '8']]])(
  '%j passes a limit of 5',
  async (texts) => {
    await expect(linesOf(5, '1\n', ...texts)).rejects.toMatchObject({
      code: 'LINE_TOO_LONG',
      data: { line: 2, limit: 5 },
    });
  },
);

test('a line that passes the limit is given up before it is held', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      given += 1;
      yield Buffer.alloc(1_000, 'x');
    }
  }
  const lines = splitLines(endless(), 10_000);
  await expect(lines.next()).rejects.toMatchObject({ code: 'LINE_TOO_LONG' });
  expect(given).toBe(11);
});

test.each([
  [['\n\n1\n \t\r\n\n2']],
  [['\n', '\n1', '\n \t', '\r\n', '\n', '2']],
  [['\n\n1\n', ' ', '\t\r\n\n2\n', '\n \n', ' ']],
  [['\n', ' \r', ' \n', '1\n\n\n2']],
  [['\ufeff\r\n\n1\r\n \n\n2\n']],
])('%j: lines of white space are counted, not given', async (texts) => {
  expect(await linesOf(9, ...texts)).toEqual(['3 1', '6 2']);
});

test('the limit of a case file is one that a string can reach', () => {
  expect(MOST_LINE_BYTES).toBeGreaterThanOrEqual(2 ** 28);
  expect(() => 'x'.repeat(MOST_LINE_BYTES)).not.toThrow();
});
