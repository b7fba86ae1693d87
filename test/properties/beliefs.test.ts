/** False beliefs: each fails on its kept case, on every backend and way of the core, and random subnets refute it, too. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EpochCase, readCases } from '../../src/formats/index.js';
import { asProperty } from '../../src/properties/beliefs/belief.js';
import { BELIEFS, checkProperty, copyingGain, picks, picksOf, scenes, subnets } from '../../src/properties/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { backendsUnderTest } from '../backends.js';
import { SEED } from '../counterexamples.js';
import { runOn } from './catalogue-on.js';
import { wasm } from './implementations.js';

const FOLDER = new URL('../../docs/beliefs/', import.meta.url).pathname;

async function keptCase(name: string): Promise<EpochCase> {
  const { value } = await readCases(`${FOLDER}${name}.jsonl`).next();
  return value!;
}

test('every belief has its case, and there are no others', () =>
  expect(readdirSync(FOLDER).sort()).toEqual(BELIEFS.map(({ name }) => `${name}.jsonl`).sort()));

const named = BELIEFS.map((belief) => [belief.name, belief] as const);

describe.each(await backendsUnderTest())('on $name', ({ backend }) => {
  const run = runOn(backend);

  test.each(named)('%s fails on its case, with the results that the case expects', async (name, belief) => {
    const kept = await keptCase(name);
    expect(kept.name).toBe(name);
    expect(kept.input.n).toBeLessThanOrEqual(6);
    const finding = await checkProperty(asProperty(belief), run, kept.input, picksOf(kept.input));
    expect(finding).toMatchObject({ status: 'failed' });
    expect(compareOutput(await run(kept.input), kept.expected!)).toBeNull();
  });
});

test.each(named)('%s is refuted by random subnets', async (_, belief) => {
  const draws = fc.sample(fc.tuple(subnets({ neurons: 7 }), picks()), { seed: SEED, numRuns: 20_000 });
  const property = asProperty(belief);
  for (const [input, list] of draws) {
    if ((await checkProperty(property, wasm, input, list)).status === 'failed') return;
  }
  expect.unreachable('no counterexample');
});

test('"commit-reveal ends the gain of copying" fails where measuring errs more than the truth moves', async () => {
  const [scene] = fc.sample(scenes({ drift: 20, noise: 100 }), { seed: 1, numRuns: 1 });
  for (const mode of ['yuma2', 'yuma3', 'liquid'] as const) {
    expect(await copyingGain(wasm, scene!, { mode, delay: 3 })).toBeGreaterThan(0);
  }
});
