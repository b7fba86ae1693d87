/** Every property holds on every implementation, and says so where it does not apply. RUNS and SEED as elsewhere. */
import { rmSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCases } from '../../src/formats/index.js';
import { PROPERTIES, type Run, subnets } from '../../src/properties/index.js';
import { inputs } from '../arbitrary/inputs.js';
import { counterexamplePath, SEED } from '../counterexamples.js';
import { describeCatalogue } from './catalogue-on.js';
import { FAULTS } from './faulty.js';
import { assertProperty, reference, stored, wasm } from './implementations.js';

console.info(`properties: SEED=${SEED}`);

const implementations: readonly (readonly [string, Run, number])[] = [
  ['wasm', wasm, 200],
  ['wasm, without raw vectors', stored, 120],
  ['reference', reference, 120],
];

const named = PROPERTIES.map((property) => [property.name, property] as const);

test('names differ', () => expect(new Set(PROPERTIES.map(({ name }) => name)).size).toBe(PROPERTIES.length));

describeCatalogue(
  implementations.map(([name, run]) => ({ name, run })),
  1_000,
);

describe.each(implementations)('on %s', (_, run, usualRuns) => {
  test.each(named)('%s holds, or its preconditions do not, on odd input', async (_, property) => {
    await assertProperty(property, run, inputs({ odd: true, neurons: 8 }), usualRuns);
  });
});

test('a failure says how to run it again, and leaves the smallest case', async () => {
  const [property] = PROPERTIES.filter(({ name }) => name === 'permit-count');
  const path = counterexamplePath(property!.name);
  onTestFinished(() => rmSync(path, { force: true }));
  const failure = assertProperty(property!, FAULTS['permit-count']!, subnets(), 500);
  await expect(failure).rejects.toThrow(
    /^seed \d+, run \d+: .*get a permit\n.* -t permit-count\n {2}case: npx yuma check /,
  );
  const { value } = await readCases(path).next();
  expect(value?.input.n).toBe(1);
});

test.each(named)('%s holds on subnets with rules that no owner may set', async (_, property) => {
  await assertProperty(property, wasm, subnets({ neurons: 16, extreme: true }), 100);
});
