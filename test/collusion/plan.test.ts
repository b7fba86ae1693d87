import { describe, expect, test } from 'vitest';
import { type CollusionOptions, cellsOf, collusionPlan, gridAxis } from '../../src/collusion/index.js';

describe('a plan', () => {
  test('is that of the standard map unless told: 9 stakes, 51 x 51 points, 3 repeats', () => {
    const plan = collusionPlan();
    expect(cellsOf(plan) * plan.repeats).toBe(70_227);
    expect(plan).toMatchObject({ neurons: 512, validators: 64, kappa: 0.5, bondsPenalty: 1, stakeDeviation: 0.3 });
    expect([plan.stakes[0], plan.stakes.at(-1)]).toEqual([0.51, 0.95]);
  });

  test('has its lists in order, each value once', () => {
    const plan = collusionPlan({ stakes: [0.7, 0.6, 0.7], honestUtilities: [1, 0], cabalSelfWeights: [0.5, 0.5] });
    expect(plan).toMatchObject({ stakes: [0.6, 0.7], honestUtilities: [0, 1], cabalSelfWeights: [0.5] });
  });

  test('takes an option that is undefined for one that is not given', () => {
    expect(collusionPlan({ kappa: undefined })).toEqual(collusionPlan());
  });

  test('is the same again as options', () => {
    const plan = collusionPlan({ stakes: [0.6], sigma: 0.2, yuma3: true, honestServers: 0.5 });
    expect(JSON.stringify(collusionPlan(plan))).toBe(JSON.stringify(plan));
  });

  test('has axes that go from 0 to 1', () => {
    expect(gridAxis(5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe('bad options are refused:', () => {
  test.each<[string, object, string, object]>([
    ['an unknown one', { kapa: 0.5 }, 'UNKNOWN_FIELD', { field: 'kapa' }],
    ['stakes that are none', { stakes: 0.6 }, 'WRONG_TYPE', { field: 'stakes' }],
    ['no stakes', { stakes: [] }, 'WRONG_LENGTH', { field: 'stakes' }],
    ['a stake of 0', { stakes: [0.6, 0] }, 'OUT_OF_RANGE', { field: 'stakes', entry: 1, value: '0' }],
    ['a stake of 1', { stakes: [1] }, 'OUT_OF_RANGE', { field: 'stakes', entry: 0 }],
    ['a stake that is no number', { stakes: [Number.NaN] }, 'WRONG_TYPE', { field: 'stakes', got: 'NaN' }],
    ['a utility above 1', { honestUtilities: [1.5] }, 'OUT_OF_RANGE', { field: 'honestUtilities' }],
    ['a self-weight below 0', { cabalSelfWeights: [-0.1] }, 'OUT_OF_RANGE', { field: 'cabalSelfWeights' }],
    ['a text for a number', { kappa: '0.5' }, 'WRONG_TYPE', { field: 'kappa', got: 'string' }],
    ['kappa above 1', { kappa: 1.01 }, 'OUT_OF_RANGE', { field: 'kappa', largest: '1' }],
    ['a negative penalty', { bondsPenalty: -1 }, 'OUT_OF_RANGE', { field: 'bondsPenalty' }],
    ['an infinite sigma', { sigma: Number.POSITIVE_INFINITY }, 'OUT_OF_RANGE', { field: 'sigma' }],
    ['a negative deviation', { stakeDeviation: -0.3 }, 'OUT_OF_RANGE', { field: 'stakeDeviation' }],
    ['no repeats', { repeats: 0 }, 'OUT_OF_RANGE', { field: 'repeats' }],
    ['half a repeat', { repeats: 1.5 }, 'WRONG_TYPE', { field: 'repeats', expected: 'an integer' }],
    ['three neurons', { neurons: 3 }, 'OUT_OF_RANGE', { field: 'neurons' }],
    ['one server', { neurons: 8, validators: 7 }, 'OUT_OF_RANGE', { field: 'validators', largest: '6' }],
    ['one validator', { validators: 1 }, 'OUT_OF_RANGE', { field: 'validators' }],
    ['a negative seed', { seed: -1 }, 'OUT_OF_RANGE', { field: 'seed' }],
    ['all servers honest', { honestServers: 1 }, 'OUT_OF_RANGE', { field: 'honestServers' }],
    ['a mode that is no boolean', { yuma3: 'yes' }, 'WRONG_TYPE', { field: 'yuma3' }],
    ['too many points', { honestUtilities: gridAxis(1_001), cabalSelfWeights: gridAxis(1_000) }, 'BAD_USAGE', {}],
  ])('%s', (_, options, code, data) => {
    expect(() => collusionPlan(options as CollusionOptions)).toThrow(
      expect.objectContaining({ code, data: expect.objectContaining(data) }),
    );
  });
});
