/** Faults of the engine, in the words of the file: its names of the fields, and lengths as its lists have them. */
import { describe, expect, test } from 'vitest';
import { YumaError } from '../../src/epoch/errors.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { caseFault } from '../../src/formats/index.js';
import { lineWith, lineWithText, readLine } from './cases.js';

/** What the strict check says of a line, in the words of the file. */
async function faultOfCheck(line: string): Promise<unknown> {
  const given = await readLine(line);
  try {
    checkEpochInput(given.input);
  } catch (fault) {
    return caseFault(fault, given);
  }
  throw new Error('the check found no fault');
}

const PLACE = { file: 'x.jsonl', line: 1, case: 'a' };

describe('a length', () => {
  test.each([
    ['neurons.stakeBits', '["1"]', 'neurons.stakeBits: expected 2 elements, got 1.'],
    ['neurons.stakeBits', '["1","2","3"]', 'neurons.stakeBits: expected 2 elements, got 3.'],
    ['neurons.lastUpdate', '[1,2,3]', 'neurons.lastUpdate: expected 2 elements, got 3.'],
    ['neurons.registeredAt', '[]', 'neurons.registeredAt: expected 2 elements, got 0.'],
    ['neurons.validatorPermit', '[true]', 'neurons.validatorPermit: expected 2 elements, got 1.'],
    ['neurons.commitBlock', '[null,1,2]', 'neurons.commitBlock: expected 2 elements, got 3.'],
    ['weights', '[]', 'weights: expected 2 rows, got 0.'],
    ['weights', '[[[1,5]]]', 'weights: expected 2 rows, got 1.'],
    ['bonds', '[[],[],[]]', 'bonds: expected 2 rows, got 3.'],
  ])('of %s = %s', async (field, text, sentence) => {
    const fault = await faultOfCheck(lineWithText(field, text));
    expect(fault).toMatchObject({ code: 'WRONG_LENGTH', data: { ...PLACE, field } });
    expect((fault as YumaError).sentence).toContain(sentence);
  });
});

test.each([
  ['neurons.stakeBits', '["1","-5"]', 'NEGATIVE_STAKE', { field: 'neurons.stakeBits', uid: 1 }],
  ['params.alphaLow', '60000', 'ALPHA_BOUNDS', { field: 'params.alphaLow' }],
  ['weights', '[[],[[7,1]]]', 'COLUMN_OUT_OF_RANGE', { field: 'weights', uid: 1, entry: 0, column: 7 }],
  ['bonds', '[[[1,1],[1,2]],[]]', 'DUPLICATE_COLUMN', { field: 'bonds', uid: 0, entry: 1 }],
  ['rules', '"subtensor-1"', 'UNKNOWN_RULES', { rules: 'subtensor-1' }],
])('%s = %s is %s, with file, line and case', async (field, text, code, data) => {
  const fault = await faultOfCheck(lineWithText(field, text));
  expect(fault).toMatchObject({ code, data: { ...PLACE, ...data } });
  expect((fault as YumaError).data).not.toHaveProperty('got'); // which is a length's
});

test.each([
  ['n', 'params.n'],
  ['currentBlock', 'params.currentBlock'],
  ['emission', 'params.emission'],
  ['ownerUid', 'params.ownerUid'],
  ['kappa', 'params.kappa'],
  ['params.kappa', 'params.kappa'],
  ['weights', 'weights'],
  ['input', 'input'],
])('the field %s is %s in a file', async (field, inFile) => {
  const fault = new YumaError('WRONG_TYPE', { field, expected: 'this', got: 'that' });
  const told = caseFault(fault, await readLine(lineWith()));
  expect(told).toMatchObject({ code: 'WRONG_TYPE', data: { ...PLACE, field: inFile }, cause: fault });
});

test('a fault without a field gets no field, and one that is not ours comes through as it is', async () => {
  const given = await readLine(lineWith());
  const told = caseFault(new YumaError('OUT_OF_MEMORY', { bytes: '2', limit: '1' }), given) as YumaError;
  expect(told.data).toEqual({ bytes: '2', limit: '1', ...PLACE });
  const other = new TypeError('x');
  expect(caseFault(other, given)).toBe(other);
});
