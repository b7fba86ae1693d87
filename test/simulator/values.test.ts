/** How people write values and lists of them. */
import { expect, test } from 'vitest';
import { listTexts, parseValue } from '../../src/simulator/index.js';

test.each<[text: string, values: string[]]>([
  ['1', ['1']],
  ['a,b', ['a', 'b']],
  ['0:1:0.25', ['0.00', '0.25', '0.50', '0.75', '1.00']],
  ['-1:1:1', ['-1', '0', '1']],
  ['-0.5:0.5:0.5', ['-0.5', '0.0', '0.5']],
  ['1:2:0.4', ['1.0', '1.4', '1.8']],
  ['5:5:1', ['5']],
  ['1:3:1,10', ['1', '2', '3', '10']],
])('a list %s', (text, values) => expect(listTexts(text)).toEqual(values));

test('a range of decimals has as many values as it says', () => {
  expect(listTexts('0:1:0.1')).toHaveLength(11);
  expect(listTexts('0:1:0.02')).toHaveLength(51);
});

test.each(['1:0:1', '0:1:0', '0:1000000:1'])('no list: %s', (text) => {
  expect(() => listTexts(text)).toThrow('is out of range');
});

test('a value is that of the parameter, else of the hyperparameter', () => {
  const parameters = {
    noise: { default: 0.1, least: 0, largest: 1, says: '' },
    mode: { default: 'a', oneOf: ['a', '1'], says: '' },
    kappa: { default: 1, least: 0, largest: 9, says: '' },
  } as const;
  expect(parseValue('noise', '0.5', parameters)).toBe(0.5);
  expect(parseValue('noise', 'much', parameters)).toBe('much'); // refused when the scenario is made
  expect(parseValue('mode', '1', parameters)).toBe('1');
  expect(parseValue('kappa', '2', parameters)).toBe(2);
  expect(parseValue('kappa', '0.6', {})).toBe(39_321);
  expect(parseValue('bondsMovingAverage', '0.9', {})).toBe('900000');
  expect(parseValue('yuma3', 'false', {})).toBe(false);
  expect(() => parseValue('nois', '0.5', parameters)).toThrow('there is no field nois. Known here: noise, mode');
});

test('of a scenario that is code any name takes a number, a bool or a text', () => {
  expect([parseValue('a', '1e3'), parseValue('b', 'true'), parseValue('c', 'x')]).toEqual([1000, true, 'x']);
});
