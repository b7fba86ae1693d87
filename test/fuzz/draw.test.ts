import { expect, test } from 'vitest';
import { drawCase } from '../../fuzz/draw/case.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { formatCase } from '../../src/formats/index.js';

const COUNT = 3_000;
const cases = Array.from({ length: COUNT }, (_, index) => drawCase(7, index));
const textOf = ({ given }: (typeof cases)[number]): string => formatCase({ name: 'a', input: given });

test('a case is told by its seed and its index, in whatever order cases are drawn', () => {
  for (const index of [2_999, 0, 17]) expect(textOf(drawCase(7, index))).toBe(textOf(cases[index]!));
  expect(textOf(drawCase(8, 17))).not.toBe(textOf(cases[17]!));
});

test('cases that are not odd pass a strict check, odd ones a lenient one', () => {
  for (const { given, odd } of cases) expect(() => checkEpochInput(given, { lenient: odd })).not.toThrow();
});

test('most cases are small, some have about 256 neurons, and a fifth is odd', () => {
  const sizes = cases.map(({ input }) => input.n);
  expect(sizes.filter((n) => n <= 8).length).toBeGreaterThan(COUNT / 2);
  expect(sizes.filter((n) => n >= 250).length).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(260);
  expect(cases.filter(({ odd }) => odd).length).toBeGreaterThan(COUNT / 7);
});

test('rows of a large case do not run into each other', () => {
  const large = cases.filter(({ input }) => input.n >= 250);
  for (const { input } of large) {
    for (const { offsets, columns } of [input.weights, input.bonds]) expect(offsets.at(-1)).toBe(columns.length);
  }
});
