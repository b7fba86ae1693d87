import { describe, expect, test } from 'vitest';
import { hyperparameters } from '../../../src/epoch/hyperparameters.js';
import { type CheckedInput, listRows, sparseRows, stakeFromRao } from '../../../src/epoch/input.js';
import { runEpoch, traceEpoch } from '../../../src/epoch/reference/epoch.js';
import type { Row } from '../../../src/epoch/reference/rows.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';

/** The worked example of spec 16. */
const example = (yuma3: boolean, liquidAlpha: boolean): CheckedInput =>
  checkEpochInput({
    rules: 'subtensor-425',
    n: 5,
    currentBlock: 10_000n,
    lastStep: 9_639n, // horizon 9640
    emission: 148_000_000_000n,
    ownerUid: null,
    hyperparameters: hyperparameters({ minStake: 1_000n, commitReveal: false, yuma3, liquidAlpha }),
    stake: stakeFromRao([600_000n, 300_000n, 100_000n, 0n, 0n]),
    lastUpdate: BigUint64Array.of(9_900n, 9_900n, 9_900n, 9_000n, 9_000n),
    registeredAt: BigUint64Array.of(100n, 100n, 100n, 100n, 9_700n),
    validatorPermit: Uint8Array.of(1, 1, 1, 0, 0),
    weights: rows('3:65535 4:32768', '4:65535 3:13107', '3:40000 2:65535', '', ''),
    bonds: rows('3:65535 4:30000', '4:65535 3:20000', '3:5000', '', ''),
    meta: { netuid: 31 },
  });

const MODES = [
  {
    mode: 'Yuma3, fixed alpha',
    input: () => example(true, false),
    bonds: ['3:4151800262 4:143167033', '3:1251248787 4:143167033', '3:581246195', '', ''],
    dividends: [3_381_359_892n, 857_985_761n, 55_621_641n, 0n, 0n],
    validatorEmission: [58_259_030_805n, 14_782_637_879n, 958_331_245n, 0n, 0n],
    dividends16: [51_594, 13_091, 848, 0, 0],
  },
  {
    mode: 'Yuma3, liquid alpha',
    input: () => example(true, true),
    bonds: ['3:3247296208 4:1004096543', '4:1004096543 3:879453892', '3:2106026814', '', ''],
    dividends: [3_216_507_526n, 855_196_077n, 223_263_692n, 0n, 0n],
    validatorEmission: [55_418_712_302n, 14_734_573_109n, 3_846_714_554n, 0n, 0n],
    dividends16: [49_079, 13_049, 3_406, 0, 0],
  },
  {
    mode: 'Yuma2',
    input: () => example(false, false),
    bonds: ['3:4294967296 4:4294967296', '3:1228544250 4:2147483639', '3:368911360', '', ''],
    dividends: [3_032_403_422n, 1_092_445_493n, 170_118_380n, 0n, 0n],
    validatorEmission: [52_246_696_601n, 18_822_254_242n, 2_931_049_121n, 0n, 0n],
    dividends16: [46_270, 16_669, 2_595, 0, 0],
  },
];

describe.each(MODES)('the worked example of spec 16, $mode', (example) => {
  const clipped = ['3:2863296966 4:1431670329', '4:1431670329 3:715827882', '3:2863296966', '', ''];
  const weights = ['3:2863296966 4:1431670329', '4:3579139413 3:715827882', '3:4294967296', '', ''];

  test('gives every raw value of the example', () => {
    const trace = traceEpoch(example.input());
    expect(trace.horizon).toBe(9_640n);
    expect(trace.stake).toEqual([2_576_980_377n, 1_288_490_188n, 429_496_729n, 0n, 0n]);
    expect(trace.newPermit).toEqual([true, true, true, false, false]);
    expect(trace.permit).toEqual([true, true, true, false, false]);
    expect(trace.active).toEqual([true, true, true, true, true]);
    expect(trace.activeStake).toEqual([2_576_980_378n, 1_288_490_188n, 429_496_729n, 0n, 0n]);
    expect(trace.weights.map(text)).toEqual(weights);
    expect(trace.consensus).toEqual([0n, 0n, 0n, 2_863_296_966n, 1_431_670_329n]);
    expect(trace.clipped.map(text)).toEqual(clipped);
    expect(trace.weightsForBonds.map(text)).toEqual(clipped);
    expect(trace.validatorTrust).toEqual([4_294_967_295n, 2_147_498_211n, 2_863_296_966n, 0n, 0n]);
    expect(trace.incentive).toEqual([0n, 0n, 0n, 2_717_209_467n, 1_577_757_828n]);
    expect(trace.bonds.map(text)).toEqual(example.bonds);
    expect(trace.dividends).toEqual(example.dividends);
  });

  test('gives every result of the example', () => {
    const output = runEpoch(example.input());
    expect([...output.stakeWeight]).toEqual([39_320, 19_660, 6_553, 0, 0]);
    expect([...output.consensus]).toEqual([0, 0, 0, 43_689, 21_845]);
    expect([...output.incentive]).toEqual([0, 0, 0, 41_460, 24_074]);
    expect([...output.validatorTrust]).toEqual([65_534, 32_767, 43_689, 0, 0]);
    expect([...output.dividends]).toEqual(example.dividends16);
    expect([...output.serverEmission]).toEqual([0n, 0n, 0n, 46_816_072_539n, 27_183_927_426n]);
    expect([...output.validatorEmission]).toEqual(example.validatorEmission);
    expect([...output.stake]).toEqual([600_000n, 300_000n, 100_000n, 0n, 0n]);
  });

  test('carries meta through and gives raw vectors only if asked', () => {
    const input = example.input();
    const output = runEpoch(input, { intermediates: true });
    expect(output.meta).toBe(input.meta);
    expect([...output.intermediates!.dividends]).toEqual(example.dividends);
    expect(runEpoch(input).intermediates).toBeUndefined();
  });
});

test('an owner beyond the last uid is none (spec 1.1)', () => {
  const owners = [4, 5, 65_535, null].map((ownerUid) => traceEpoch({ ...example(true, false), ownerUid }).owner);
  expect(owners).toEqual([4, null, null, null]);
});

test('a moving average above 2^51 is saturated in Yuma2, wrapped in Yuma3 (spec 9.2)', () => {
  const alpha = (yuma3: boolean) => {
    const input = example(yuma3, false);
    return traceEpoch({ ...input, hyperparameters: { ...input.hyperparameters, bondsMovingAverage: 2n ** 64n - 1n } })
      .alpha;
  };
  expect(alpha(false)).toBe(2n ** 32n - (2n ** 63n - 1n));
  expect(alpha(true)).toBe(2n ** 32n + 4_295n);
});

describe('the bonds rule (spec 11)', () => {
  test('a validator without a new permit loses its row, the others keep theirs', () => {
    const { hyperparameters, ...rest } = example(true, false);
    const { bonds, newValidatorPermit } = runEpoch({
      ...rest,
      hyperparameters: { ...hyperparameters, maxValidators: 2 },
    });
    expect([...newValidatorPermit]).toEqual([1, 1, 0, 0, 0]);
    expect(listRows(bonds).map((row) => row.length)).toEqual([2, 2, 0, 0, 0]);
  });

  test('an entry whose u16 value is 0 is stored', () => {
    const input = { ...example(true, false), bonds: rows('2:1', '', '', '', '') };
    expect(listRows(runEpoch(input).bonds)[0]![0]).toEqual([2, 0]); // 0.9 of 1 / 65535
  });
});

describe('empty cases (spec 12)', () => {
  test('no neurons: everything is empty', () => {
    const none = { offsets: new Uint32Array(1), columns: new Uint16Array(0), values: new Uint16Array(0) };
    const vectors = { lastUpdate: new BigUint64Array(0), registeredAt: new BigUint64Array(0) };
    const input = { ...example(true, true), n: 0, ...vectors, weights: none, bonds: none, ownerUid: 0 };
    const empty = { stake: new BigUint64Array(0), validatorPermit: new Uint8Array(0), commitBlock: undefined };
    const output = runEpoch(checkEpochInput({ ...input, ...empty }), { intermediates: true });
    expect(output.n).toBe(0);
    expect([...output.bonds.offsets]).toEqual([0]);
    expect(output.intermediates!.stake).toHaveLength(0);
  });

  test('no weights: validators are paid by active stake, servers get nothing', () => {
    const output = runEpoch({ ...example(true, false), weights: rows('', '', '', '', '') });
    expect([...output.serverEmission]).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect([...output.validatorEmission.subarray(0, 3)]).toEqual([88_800_000_013n, 44_399_999_972n, 14_799_999_979n]);
    expect([...output.emission]).toEqual([...output.validatorEmission]);
  });

  test('nobody active: validators are paid by all stake', () => {
    const output = runEpoch({ ...example(true, false), currentBlock: 100_000n });
    expect([...output.validatorEmission.subarray(0, 3)]).toEqual([88_799_999_979n, 44_399_999_972n, 14_799_999_979n]);
  });

  test('no stake: nobody is paid', () => {
    const output = runEpoch({ ...example(true, false), stake: new BigUint64Array(10) });
    expect([...output.emission]).toEqual([0n, 0n, 0n, 0n, 0n]);
  });
});

/** Rows from "column:value column:value". */
function rows(...texts: string[]) {
  const pair = (entry: string): [number, number] => entry.split(':').map(Number) as [number, number];
  return sparseRows(texts.map((line) => line.split(' ').filter(Boolean).map(pair)));
}

const text = (row: Row): string => row.map(({ column, value }) => `${column}:${value}`).join(' ');
