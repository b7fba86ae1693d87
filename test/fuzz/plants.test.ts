/** Every planted fault is found within some thousand cases, which take seconds. */
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { plainContender, wasmContenders } from '../../fuzz/contenders/wasm.js';
import { Fuzzer } from '../../fuzz/fuzzer.js';
import { PLANTS, planted } from '../../fuzz/plants.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { readCases } from '../../src/formats/index.js';
import { runEpoch } from '../../src/reference.js';
import { compareOutput } from '../../src/verify/index.js';

const MOST_CASES = 4_096;
const BLOCK = 64;
const tiles = wasmContenders().find(({ name }) => name === 'wasm, tiles')!;

/** @param referenceEvery as the fuzzer takes it */
async function find(fuzzer: Fuzzer) {
  for (let from = 0; from < MOST_CASES; from += BLOCK) {
    const { finding } = await fuzzer.block(from, from + BLOCK);
    if (finding !== null) return finding;
  }
  throw new Error(`not found in ${MOST_CASES} cases`);
}

async function read(line: string) {
  for await (const one of readCases({ name: 'finding', stream: Readable.from([Buffer.from(line)]) })) return one;
  throw new Error('no case in it');
}

describe.each(Object.keys(PLANTS))('the planted fault %s', (name) => {
  test('is found, and its smallest case is a case file with what the reference gives', async () => {
    const finding = await find(new Fuzzer(1, plainContender(), [planted(tiles, name)], 1));
    expect(finding.contender).toBe(`wasm, tiles, planted ${name}`);
    const { input, expected } = await read(finding.line);
    expect(input.n).toBeLessThanOrEqual(8);
    const checked = checkEpochInput(input, { lenient: finding.odd });
    expect(compareOutput(runEpoch(checked, { intermediates: true }), expected!)).toBeNull();
  });
});

test('a fault is found where the plain build stands in for the reference', async () => {
  const finding = await find(new Fuzzer(1, plainContender(), [planted(tiles, 'owner-like-others')], 0));
  expect(finding.contender).toBe('wasm, tiles, planted owner-like-others');
});

test('where the plain build itself errs, it is the one that is named', async () => {
  const finding = await find(new Fuzzer(1, planted(plainContender(), 'kappa-one-more'), [tiles], 0));
  expect(finding.contender).toBe('wasm, plain build, planted kappa-one-more');
});

test('without a fault there is nothing to find', async () => {
  const { finding, cases, ran } = await new Fuzzer(1, plainContender(), [tiles], 2).block(0, 200);
  expect({ finding, cases }).toEqual({ finding: null, cases: 200 });
  expect(ran).toMatchObject({ reference: 100, 'wasm, plain build': 200, 'wasm, tiles': 200 });
});
