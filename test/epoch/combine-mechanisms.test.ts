import { describe, expect, test } from 'vitest';
import { combineMechanisms } from '../../src/epoch/combine-mechanisms.js';
import type { EpochOutput } from '../../src/epoch/output.js';

/** One neuron with the same share in all scores. */
function output(share: number, amount: bigint, changes: Partial<EpochOutput> = {}): EpochOutput {
  return {
    n: 1,
    active: Uint8Array.of(0),
    stakeWeight: Uint16Array.of(share),
    consensus: Uint16Array.of(share),
    incentive: Uint16Array.of(share),
    dividends: Uint16Array.of(share),
    validatorTrust: Uint16Array.of(share),
    serverEmission: BigUint64Array.of(amount),
    validatorEmission: BigUint64Array.of(amount),
    emission: BigUint64Array.of(2n * amount),
    newValidatorPermit: Uint8Array.of(0),
    stake: BigUint64Array.of(1_000n),
    bonds: { offsets: new Uint32Array(2), columns: new Uint16Array(0), values: new Uint16Array(0) },
    ...changes,
  };
}

describe('combining (spec 13.3)', () => {
  test('two halves of 65535 give 65534, in every score', () => {
    const { stakeWeight, consensus, dividends, validatorTrust } = combineMechanisms(
      [output(65_535, 250n), output(65_535, 250n)],
      [500n, 500n],
    );
    for (const vector of [stakeWeight, consensus, dividends, validatorTrust]) expect([...vector]).toEqual([65_534]);
  });

  test('sums what was paid, weights the stored emission once more, counts stake once a mechanism', () => {
    const combined = combineMechanisms([output(0, 250n), output(0, 251n)], [500n, 500n]);
    expect([...combined.serverEmission]).toEqual([501n]);
    expect([...combined.validatorEmission]).toEqual([501n]);
    expect([...combined.emission]).toEqual([501n]); // 250 + 251, half of the 1002 that were paid
    expect([...combined.stake]).toEqual([2_000n]);
  });

  test('truncates at every mechanism', () => {
    // Weights of one third: 1 * 0.33 is 0 three times, not 1.
    const combined = combineMechanisms([output(1, 0n), output(1, 0n), output(2, 0n)], [1n, 1n, 1n]);
    expect([...combined.consensus]).toEqual([0]);
    // 3 / 4 and 1 / 4: floor(2.25) + floor(0.75)
    expect([...combineMechanisms([output(3, 0n), output(3, 0n)], [3n, 1n]).consensus]).toEqual([2]);
  });

  test('flags are true where one mechanism says so', () => {
    const yes = output(0, 0n, { active: Uint8Array.of(1), newValidatorPermit: Uint8Array.of(1) });
    const combined = combineMechanisms([output(0, 0n), yes, output(0, 0n)], [1n, 1n, 1n]);
    expect([...combined.active, ...combined.newValidatorPermit]).toEqual([1, 1]);
  });

  test('one mechanism changes nothing', () => {
    const only = output(40_000, 7n);
    const { incentive: _, bonds: __, ...stored } = only;
    expect(combineMechanisms([only], [14n])).toEqual(stored);
    expect(combineMechanisms([only], [0n])).toEqual(stored);
  });

  test('where nothing is handed out, only the first mechanism counts', () => {
    expect([...combineMechanisms([output(7, 0n), output(9, 0n)], [0n, 0n]).consensus]).toEqual([7]);
  });

  test('a mechanism without a part adds nothing to the scores', () => {
    expect([...combineMechanisms([output(7, 0n), output(9, 5n)], [0n, 10n]).consensus]).toEqual([9]);
  });

  test('amounts saturate at u64', () => {
    const large = output(0, 2n ** 64n - 1n, { emission: BigUint64Array.of(2n ** 64n - 1n) });
    const combined = combineMechanisms([large, large], [2n ** 64n - 1n, 1n]);
    expect([...combined.serverEmission]).toEqual([2n ** 64n - 1n]);
  });

  test('writes to no input', () => {
    const first = output(65_535, 1n);
    combineMechanisms([first, output(65_535, 1n)], [1n, 1n]);
    expect(first).toEqual(output(65_535, 1n));
  });
});

describe('refuses', () => {
  test('no mechanism, and more than 16', () => {
    expect(() => combineMechanisms([], [])).toThrow('outputs: expected 1 to 16 mechanisms, got 0.');
    const many = new Array<EpochOutput>(17).fill(output(0, 0n));
    expect(() => combineMechanisms(many, new Array<bigint>(17).fill(0n))).toThrow(
      'outputs: expected 1 to 16 mechanisms, got 17.',
    );
    expect(combineMechanisms(many.slice(1), new Array<bigint>(16).fill(0n)).n).toBe(1);
  });

  test('parts that are not one a mechanism', () => {
    expect(() => combineMechanisms([output(0, 0n)], [])).toThrow(
      'parts: expected one part for each of 1 mechanisms, got 0.',
    );
  });

  test('outputs of different subnets', () => {
    expect(() => combineMechanisms([output(0, 0n), output(0, 0n, { n: 2 })], [0n, 0n])).toThrow(
      'outputs[1]: expected n = 1 as in the first, got 2.',
    );
  });

  const { consensus: _, ...without } = output(0, 0n);
  test.each([
    ['a missing vector', { ...without } as EpochOutput, 'outputs[1].consensus'],
    ['a short vector', output(0, 0n, { stake: new BigUint64Array(0) }), 'outputs[1].stake'],
    ['a long vector', output(0, 0n, { active: new Uint8Array(2) }), 'outputs[1].active'],
    ['a short list of what is stored', output(0, 0n, { emission: new BigUint64Array(0) }), 'outputs[1].emission'],
  ])('%s', (_, second, field) => {
    expect(() => combineMechanisms([output(0, 0n), second], [0n, 0n])).toThrow(
      expect.objectContaining({ code: 'WRONG_LENGTH', data: expect.objectContaining({ field, expected: 'n = 1' }) }),
    );
  });

  const call = combineMechanisms as (...args: unknown[]) => unknown;
  test.each([
    ['outputs', 'an array of EpochOutput, got null', [null, []]],
    ['outputs', 'an array of EpochOutput, got nothing', [undefined, []]],
    ['outputs', 'an array of EpochOutput, got Object', [{ length: 1 }, [0n]]],
    ['parts', 'an array of bigint, got null', [[output(0, 0n)], null]],
    ['outputs[0]', 'an EpochOutput, got null', [[null], [0n]]],
    ['outputs[0]', 'an EpochOutput, got number 3', [[3], [0n]]],
    ['outputs[0].n', 'an integer from 0, got nothing', [[{}], [0n]]],
    ['outputs[0].n', 'an integer from 0, got number -1', [[output(0, 0n, { n: -1 })], [0n]]],
    [
      'outputs[0].consensus',
      'a Uint16Array, got Array',
      [[output(0, 0n, { consensus: [1] as unknown as Uint16Array })], [0n]],
    ],
    [
      'outputs[0].stake',
      'a BigUint64Array, got Uint16Array',
      [[output(0, 0n, { stake: Uint16Array.of(1) as unknown as BigUint64Array })], [0n]],
    ],
    ['parts[0]', 'a bigint (u64), got number 5', [[output(0, 0n)], [5]]],
  ])('another type of %s', (field, types, args) => {
    const message = `${field}: expected ${types}.`;
    expect(() => call(...args)).toThrow(expect.objectContaining({ code: 'WRONG_TYPE', message }));
  });

  test('no neurons are no fault', () => {
    const empty = Object.fromEntries(Object.entries(output(0, 0n)).map(([name, value]) => [name, emptied(value)]));
    expect(combineMechanisms([{ ...empty, n: 0 } as EpochOutput], [0n])).toMatchObject({ n: 0 });
  });

  test('a part that is no u64', () => {
    expect(() => combineMechanisms([output(0, 0n)], [-1n])).toThrow(
      'parts[0]: -1 is out of range, it must be from 0 to 18446744073709551615.',
    );
    expect(() => combineMechanisms([output(0, 0n)], [2n ** 64n])).toThrow('parts[0]: 18446744073709551616 is out of');
  });
});

const emptied = (value: unknown): unknown => (ArrayBuffer.isView(value) ? (value as Uint8Array).subarray(0, 0) : value);
