/** What every error says of its place; docs/errors.md (test/docs) has the sentence of each code. */
import { expect, test } from 'vitest';
import { type Place, YumaError } from '../../src/epoch/errors.js';

const message = (place: Place) => new YumaError('WRONG_TYPE', { ...place, expected: 'this', got: 'that' }).message;

test.each<[Place, string]>([
  [{}, 'expected this'],
  [{ field: 'weights' }, 'weights: expected this'],
  [{ field: 'weights', uid: 0 }, 'weights of uid 0: expected this'],
  [{ field: 'weights', uid: 7, entry: 0 }, 'weights of uid 7, entry 0: expected this'],
  [{ field: 'split', entry: 2 }, 'split, entry 2: expected this'],
  [{ uid: 7 }, 'row of uid 7: expected this'],
  [{ entry: 2 }, 'entry 2: expected this'],
  [{ file: 'net.jsonl' }, 'net.jsonl: expected this'],
  [{ file: 'net.jsonl', line: 3, field: 'n' }, 'net.jsonl:3: n: expected this'],
  [{ line: 3, case: 'a' }, 'expected this'],
])('the place %j', (place, start) => {
  expect(message(place)).toBe(`${start}, got that.`);
});

test('a length that only a lenient reading takes says so', () => {
  const lengths = { field: 'stake', expected: '2 elements', got: 4 };
  const says = (odd: boolean) => new YumaError('WRONG_LENGTH', { ...lengths, odd }).message;
  expect(says(false)).toBe('stake: expected 2 elements, got 4. Make the lengths agree.');
  expect(says(true)).toBe(
    'stake: expected 2 elements, got 4. Make the lengths agree, or read it leniently (lenient: true, --lenient) to get ' +
      'what the chain makes of it.',
  );
});

test('an error has a name, a code, its data, and the sentence without the place of the file', () => {
  const data = { file: 'net.jsonl', line: 2, field: 'meta', reason: 'it is a list of 2' };
  const error = new YumaError('BAD_JSON', data);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'YumaError', code: 'BAD_JSON', data });
  expect(error.message).toBe(`net.jsonl:2: ${error.sentence}`);
  expect(error.cause).toBeUndefined();
});
