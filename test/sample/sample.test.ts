import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EpochInput, listRows, stakeRaw } from '../../src/epoch/input.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { type SampleOptions, sampleCases } from '../../src/sample/sample.js';

const SMALL = { neurons: 64, validators: 12, subnets: 4, fill: 0.5, seed: 7 } as const satisfies SampleOptions;
const SEED = Number(process.env.SEED ?? 20_260_731);

/** SHA-256 of all that a sample holds: names and scalars as text, columns as little-endian bytes. */
function hashOf(options: SampleOptions): string {
  const hash = createHash('sha256');
  for (const { name, input } of sampleCases(options)) {
    const { weights, bonds, stake, lastUpdate, registeredAt, validatorPermit, commitBlock, ...scalars } = input;
    hash.update(JSON.stringify({ name, ...scalars }, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)));
    const vectors = [stake, lastUpdate, registeredAt, validatorPermit, commitBlock ?? new Uint8Array(0)];
    for (const column of [...vectors, ...Object.values(weights), ...Object.values(bonds)]) {
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
  }
  return hash.digest('hex');
}

const inputs = (changes: Partial<SampleOptions> = {}): EpochInput[] =>
  Array.from(sampleCases({ ...SMALL, ...changes }), (sample) => sample.input);

describe('a sample is the same on every engine and for ever', () => {
  test('four small subnets', () => {
    expect(hashOf(SMALL)).toBe('2fd661d2486317a2bcbe01cffa3ded5f8c18a8056756d9260d8a67e88a60c83b');
  });
  test('subnets of the shape of the live chain, yuma2 throughout', () => {
    expect(hashOf({ neurons: 256, validators: 64, subnets: 3, fill: 1, seed: 20_240_229_000_001, yuma3: false })).toBe(
      '6122c65feb6e39f78b63ce5588ad87fe038533149ccc44158761c562308ee902',
    );
  });
  test('another seed gives another sample', () => {
    expect(hashOf({ ...SMALL, seed: 8 })).not.toBe(hashOf(SMALL));
    expect(hashOf({ ...SMALL, seed: 7 + 2 ** 32 })).not.toBe(hashOf(SMALL));
  });
});

describe('a sample is a healthy subnet', () => {
  test('whatever the size, it passes the strict check and has the asked number of voters', () => {
    const sizes = fc
      .record({ neurons: fc.integer({ min: 1, max: 90 }), seed: fc.nat(), fill: fc.double({ min: 0.01, max: 1 }) })
      .filter(({ fill }) => Number.isFinite(fill))
      .chain((size) => fc.record({ size: fc.constant(size), validators: fc.integer({ min: 1, max: size.neurons }) }));
    fc.assert(
      fc.property(sizes, ({ size, validators }) => {
        for (const { input } of sampleCases({ ...size, validators, subnets: 3 })) {
          checkEpochInput(input);
          const voters = listRows(input.weights).filter(
            (row, uid) => row.length > 0 && input.validatorPermit[uid] === 1,
          );
          expect(voters.length).toBeLessThanOrEqual(validators + 1); // and the fallen one
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('neighbouring subnets follow different bond algorithms', () => {
    const modes = inputs().map(({ hyperparameters: { yuma3, liquidAlpha } }) => `${yuma3} ${liquidAlpha}`);
    expect(modes).toEqual(['true false', 'false false', 'true true', 'true false']);
  });

  test('hyperparameters among the options hold in every subnet', () => {
    for (const input of inputs({ kappa: 40_000, liquidAlpha: true, yuma3: true, minStake: 5_000_000_000n })) {
      expect(input.hyperparameters).toMatchObject({ kappa: 40_000, liquidAlpha: true, minStake: 5_000_000_000n });
    }
  });

  test('each validator weighs the asked share of the miners, the largest weight is 65535', () => {
    for (const fill of [0.1, 1]) {
      const [input] = inputs({ neurons: 256, validators: 20, subnets: 1, fill });
      const rows = listRows(input!.weights).filter((row) => row.length > 0);
      expect(rows.length).toBeGreaterThanOrEqual(20);
      for (const row of rows) {
        expect(row.length).toBeGreaterThanOrEqual(Math.round(fill * 231));
        expect(row.length).toBeLessThanOrEqual(Math.round(fill * 236) + 1);
        expect(Math.max(...row.map(([, value]) => value))).toBe(65_535);
      }
    }
  });

  test('permits go to stake: nobody without one has more stake than a holder, but the newcomer', () => {
    for (const input of inputs({ maxValidators: 8 })) {
      const stake = Array.from({ length: input.n }, (_, uid) => stakeRaw(input.stake, uid));
      const held = stake.filter((_, uid) => input.validatorPermit[uid] === 1 && uid !== input.ownerUid);
      expect(held.length).toBeLessThanOrEqual(8);
      const least = held.sort((a, b) => Number(a > b) - Number(a < b))[0]!;
      const richer = stake.filter((value, uid) => value > least && input.validatorPermit[uid] === 0);
      // A fallen holder is poorer than the threshold; it is the only one that others may outdo.
      if (least >> 64n >= input.hyperparameters.minStake) expect(richer.length).toBeLessThanOrEqual(1);
    }
  });

  test('it has what the masks of an epoch are about', () => {
    const found = {
      unsorted: 0,
      inactive: 0,
      fresh: 0,
      selfWeight: 0,
      rowWithoutPermit: 0,
      openCommit: 0,
      belowStake: 0,
    };
    for (const input of inputs()) {
      const rows = listRows(input.weights);
      const { activityCutoff, minStake } = input.hyperparameters;
      for (const [uid, row] of rows.entries()) {
        const permit = input.validatorPermit[uid] === 1;
        if (row.some(([column], at) => at > 0 && column < row[at - 1]![0])) found.unsorted += 1;
        if (permit && input.lastUpdate[uid]! + activityCutoff < input.currentBlock) found.inactive += 1;
        if (input.registeredAt[uid]! > input.lastStep) found.fresh += 1;
        if (row.some(([column]) => column === uid)) found.selfWeight += 1;
        if (row.length > 0 && !permit) found.rowWithoutPermit += 1;
        if ((input.commitBlock?.[uid] ?? 2n ** 64n) <= input.currentBlock) found.openCommit += 1;
        if (permit && stakeRaw(input.stake, uid) >> 64n < minStake) found.belowStake += 1;
      }
    }
    for (const [what, count] of Object.entries(found)) expect(count, what).toBeGreaterThan(0);
  });

  test('under yuma2 the largest bond of every column is 65535', () => {
    const [input] = inputs({ subnets: 1, yuma3: false });
    const largest = new Map<number, number>();
    for (const [column, value] of listRows(input!.bonds).flat()) {
      largest.set(column, Math.max(value, largest.get(column) ?? 0));
    }
    expect(largest.size).toBeGreaterThan(20);
    for (const value of largest.values()) expect(value).toBe(65_535);
  });
});

describe('options are refused before the first case', () => {
  const refusal = (changes: Partial<SampleOptions>): string => {
    try {
      sampleCases({ ...SMALL, ...changes }).next();
      return 'accepted';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  test.each([
    ['no neurons', { neurons: 0 }, 'OUT_OF_RANGE'],
    ['n = 32 769', { neurons: 32_769 }, 'OUT_OF_RANGE'],
    ['half a neuron', { neurons: 1.5 }, 'WRONG_TYPE'],
    ['more validators than neurons', { validators: 65 }, 'OUT_OF_RANGE'],
    ['no validators', { validators: 0 }, 'OUT_OF_RANGE'],
    ['no subnets', { subnets: 0 }, 'OUT_OF_RANGE'],
    ['fill 0', { fill: 0 }, 'OUT_OF_RANGE'],
    ['fill above 1', { fill: 1.01 }, 'OUT_OF_RANGE'],
    ['fill that is no number', { fill: Number.NaN }, 'OUT_OF_RANGE'],
    ['a negative seed', { seed: -1 }, 'OUT_OF_RANGE'],
    ['a hyperparameter out of range', { kappa: 70_000 }, 'OUT_OF_RANGE'],
    ['alpha bounds the wrong way round', { alphaLow: 60_000, alphaHigh: 2_000 }, 'ALPHA_BOUNDS'],
  ])('%s', (_, changes, code) => {
    expect(refusal(changes)).toBe(code);
  });
});
