/** What a message says of a value or of a parser's complaint: short, on one line, fit for a terminal. */
import { parse } from 'lossless-json';
import { expect, describe as group, test } from 'vitest';
import { describe, printable, printableMessage } from '../../src/formats/describe.js';

group('a value of a line', () => {
  test.each([
    ['null', 'null'],
    ['[]', 'a list of 0'],
    ['[1,[2]]', 'a list of 2'],
    ['{"a":1}', 'an object'],
    ['1.50', '1.50'],
    ['true', 'true'],
    ['"a \\"b\\""', '"a \\"b\\""'],
    [`"${'x'.repeat(58)}"`, `"${'x'.repeat(58)}"`],
    [`"${'x'.repeat(59)}"`, `"${'x'.repeat(59)}...`],
  ])('%s is %s', (text, said) => {
    expect(describe(parse(text))).toBe(said);
  });

  test('an integer that was read exactly', () => {
    expect(describe(12_345_678_901_234_567_890n)).toBe('12345678901234567890');
  });
});

test('control characters do not reach the terminal', () => {
  expect(printable('a\u001b[31m\u0007\u009bb')).toBe('a?[31m??b');
  expect(printableMessage('line\nbreak')).toBe('line?break');
});

test('a text keeps its first 60 characters', () => {
  expect(printable('y'.repeat(60))).toBe('y'.repeat(60));
  expect(printable(`${'y'.repeat(60)}z`)).toBe(`${'y'.repeat(60)}...`);
});

test('a message keeps its first 60 characters, and its last 100, which tell the place', () => {
  expect(printableMessage('m'.repeat(160))).toBe('m'.repeat(160));
  const long = `${'a'.repeat(60)}${'-'.repeat(500)}${'z'.repeat(100)}`;
  expect(printableMessage(long)).toBe(`${'a'.repeat(60)}...${'z'.repeat(100)}`);
});
