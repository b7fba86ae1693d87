/**
 * What is mutated, in parts that run one after the other (a mutated file is slow, so few at a time), and the tests whose
 * subject each is.
 */
export const PARTS = {
  epoch: {
    mutate: ['src/epoch/*.ts', '!src/epoch/errors.ts'],
    tests: ['test/epoch/*.test.ts', 'test/docs/hyperparameters.test.ts'],
  },
  errors: { mutate: ['src/epoch/errors.ts'], tests: ['test/epoch/errors.test.ts', 'test/docs/errors.test.ts'] },
  reference: {
    mutate: ['src/epoch/reference/*.ts'],
    tests: ['test/epoch/reference/*.test.ts', 'test/vectors/math.test.ts', 'test/mutants/*.mutants.ts'],
  },
  formats: {
    mutate: ['src/formats/*.ts'],
    tests: ['test/formats/*.test.ts'],
    without: ['test/formats/golden.test.ts', 'test/formats/large.test.ts'],
  },
};

/** The one that `MUTATE` names. */
export function part() {
  const name = process.env.MUTATE ?? '';
  if (!Object.hasOwn(PARTS, name)) throw new Error(`MUTATE is "${name}", not one of: ${Object.keys(PARTS).join(', ')}`);
  return { name, ...PARTS[name] };
}
