import { describe, expect, test } from 'vitest';
import { Checksum, combinedChecksum } from '../../src/bench/checksum.js';
import { MODE_NAMES } from '../../src/bench/modes.js';
import { benchSubnet, type SubnetShape } from '../../src/bench/subnet.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { createCore } from '../../src/wasm.js';

const SHAPE: SubnetShape = { validators: 20, neurons: 50, fill: 1, pattern: 'columns' };

const made = (changes: Partial<SubnetShape> = {}, seed = 1, netuid = 1) =>
  benchSubnet({ ...SHAPE, ...changes }, 'yuma3', seed, netuid);

describe('a made subnet', () => {
  test('is pinned: one seed gives it on every engine', () => {
    const { stake, weights, bonds } = made({ fill: 0.3, pattern: 'random' }, 2 ** 53 - 1, 3);
    expect([stake[0], stake[1]]).toEqual([12_049_184_402_765_250_560n, 4_667_135_498_240n]);
    expect([...weights.columns.subarray(0, 6)]).toEqual([6, 7, 12, 13, 14, 21]);
    expect([...weights.values.subarray(0, 4)]).toEqual([50_177, 50_095, 49_187, 13_972]);
    expect([...bonds.values.subarray(0, 4)]).toEqual([41_361, 35_951, 9_532, 28_830]);
  });

  test('is the same again, and another one by seed, by the high half of the seed and by netuid', () => {
    expect(made()).toEqual(made());
    const firsts = [made(), made({}, 2), made({}, 1 + 2 ** 32), made({}, 1, 2)].map(({ weights }) => weights.values[0]);
    expect(new Set(firsts).size).toBe(4);
  });

  test.each([
    [{}, 20 * 50],
    [{ fill: 0 }, 0],
    [{ neurons: 1, validators: 1 }, 1],
    [{ validators: 50 }, 50 * 50],
  ])('holds as many entries as its shape says: %o', (changes, entries) => {
    const { weights, bonds } = made(changes);
    expect(weights.columns).toHaveLength(entries);
    expect(bonds.columns).toHaveLength(entries);
  });

  test('columns are the same in every row, or drawn for each entry', () => {
    const rowsOf = (pattern: SubnetShape['pattern']) => {
      const { weights } = made({ fill: 0.4, pattern, neurons: 200 });
      return Array.from({ length: 20 }, (_, uid) =>
        weights.columns.subarray(weights.offsets[uid], weights.offsets[uid + 1]).join(' '),
      );
    };
    expect(new Set(rowsOf('columns')).size).toBe(1);
    expect(new Set(rowsOf('random')).size).toBe(20);
  });

  test('a share of the entries is near to what was asked for', () => {
    for (const fill of [0.01, 0.1, 0.5, 0.9]) {
      const { weights } = made({ fill, pattern: 'random', validators: 200, neurons: 1000 });
      expect(weights.columns.length / 200_000).toBeCloseTo(fill, 2);
    }
  });

  test('weights and bonds are above 0 and cover the whole range', () => {
    const { weights, bonds } = made({ validators: 500, neurons: 500 });
    for (const { values } of [weights, bonds]) {
      const [least, largest] = [Math.min(...values.subarray(0, 60_000)), Math.max(...values.subarray(0, 60_000))];
      expect(least).toBeGreaterThan(0);
      expect(least).toBeLessThan(20);
      expect(largest).toBeGreaterThan(65_515);
    }
  });

  test.each(MODE_NAMES)('is a proper input in %s, in which nothing is masked and miners earn', (mode) => {
    for (const pattern of ['columns', 'random'] as const) {
      const input = benchSubnet({ ...SHAPE, fill: 0.5, pattern }, mode, 1, 1);
      checkEpochInput(input);
      const output = createCore().runEpochSync(input);
      expect(output.active.every((active) => active === 1)).toBe(true);
      expect(output.newValidatorPermit.reduce((sum, permit) => sum + permit, 0)).toBe(20);
      expect(output.incentive.filter((share) => share > 0).length).toBeGreaterThan(10);
    }
  });
});

describe('the checksum', () => {
  const output = () => createCore().runEpochSync(made({ neurons: 51 }));
  const digits = (changed: ReturnType<typeof output>) => String(new Checksum().output(changed));

  test('is the same for the same results, wherever they lie in memory', () => {
    const one = output();
    const moved = new Uint16Array(new ArrayBuffer(2 * 51 + 2), 2, 51);
    moved.set(one.incentive);
    expect(digits({ ...one, incentive: moved })).toBe(digits(one));
  });

  test('changes with one bit of any result', () => {
    const seen = new Set([digits(output())]);
    const flip = (list: Uint8Array | Uint16Array | Uint32Array | BigUint64Array, at: number) => {
      if (list instanceof BigUint64Array) list[at]! ^= 1n << 63n;
      else list[at]! ^= 1;
    };
    const { bonds: _, n, intermediates: __, meta: ___, ...vectors } = output();
    for (const field of Object.keys(vectors) as (keyof typeof vectors)[]) {
      for (const at of [0, n - 1]) {
        const changed = output();
        flip(changed[field], at);
        seen.add(digits(changed));
      }
    }
    for (const field of ['columns', 'values', 'offsets'] as const) {
      const changed = output();
      flip(changed.bonds[field], 7);
      seen.add(digits(changed));
    }
    expect(seen.size).toBe(1 + 2 * 11 + 3);
  });

  test('of a network depends on the order of the subnets', () => {
    expect(combinedChecksum(['0011223344556677', '8899aabbccddeeff'])).not.toBe(
      combinedChecksum(['8899aabbccddeeff', '0011223344556677']),
    );
  });
});
