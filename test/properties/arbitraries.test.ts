import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEpochInput, type EpochInput } from '../../src/epoch/index.js';
import { formatCase } from '../../src/formats/index.js';
import { perturbations, ROLES, reduceInput, subnets } from '../../src/properties/index.js';
import { SEED } from '../counterexamples.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { wasm } from './implementations.js';

const drawn = (arbitrary: fc.Arbitrary<EpochInput>, numRuns = 400) => fc.sample(arbitrary, { seed: SEED, numRuns });

describe('subnets', () => {
  test('pass the strict check, whatever their roles', () => {
    for (const role of ROLES)
      for (const input of drawn(subnets({ roles: [role], extreme: true }), 60)) checkEpochInput(input);
  });

  test('are no larger than wanted, and sometimes without neurons', () => {
    const sizes = new Set(drawn(subnets({ neurons: 6 })).map(({ n }) => n));
    expect(Math.max(...sizes)).toBe(6);
    expect(sizes).toContain(0);
  });

  test('often have consensus and dividends, in every mode', async () => {
    for (const yuma3 of [true, false]) {
      let scored = 0;
      for (const input of drawn(subnets())) {
        if (input.hyperparameters.yuma3 !== yuma3) continue;
        const { consensus, dividends } = await wasm(input);
        scored += Number(consensus.some((share) => share > 0) && dividends.some((share) => share > 0));
      }
      expect(scored).toBeGreaterThan(40);
    }
  });

  test('of honest validators and copiers agree more than random ones do', async () => {
    const trust = async (role: (typeof ROLES)[number]): Promise<number> => {
      let sum = 0;
      for (const input of drawn(subnets({ roles: [role] }), 100))
        sum += (await wasm(input)).validatorTrust.reduce((a, b) => a + b, 0);
      return sum;
    };
    expect(await trust('copying')).toBeGreaterThan(await trust('random'));
    expect(await trust('honest')).toBeGreaterThan(await trust('random'));
  });
});

describe('perturbations', () => {
  test('pass the strict check and leave the subnet as it was', () => {
    const before = formatCase({ name: 'x', input: WORKED_EXAMPLE });
    const texts = drawn(perturbations(WORKED_EXAMPLE)).map((input) => {
      checkEpochInput(input);
      return formatCase({ name: 'x', input });
    });
    expect(new Set(texts).size).toBeGreaterThan(300);
    expect(formatCase({ name: 'x', input: WORKED_EXAMPLE })).toBe(before);
  });

  test('do for a subnet without neurons', () => {
    const [empty] = drawn(subnets({ neurons: 0 }), 1);
    for (const input of drawn(perturbations(empty!), 50)) expect(input.n).toBe(0);
  });
});

describe('reduceInput', () => {
  test('leaves what the failure needs', async () => {
    const needsWeight = async (input: EpochInput) => Array.from(input.weights.values).includes(13_107);
    const { n, weights, bonds } = await reduceInput(WORKED_EXAMPLE, needsWeight);
    expect([n, [...weights.values], [...bonds.values]]).toEqual([2, [13_107], []]);
  });

  test('gives an empty subnet where anything fails, and ends', async () => {
    expect((await reduceInput(WORKED_EXAMPLE, async () => true)).n).toBe(0);
  });
});
