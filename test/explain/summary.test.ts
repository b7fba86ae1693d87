import { describe, expect, test } from 'vitest';
import { runEpoch } from '../../src/epoch/reference/epoch.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { summarizeEpoch } from '../../src/explain/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const summary = (changes: Partial<typeof WORKED_EXAMPLE> = {}) => {
  const input = { ...WORKED_EXAMPLE, ...changes };
  return summarizeEpoch(input, runEpoch(checkEpochInput(input)));
};

test('miners come by incentive, validators by dividends', () => {
  const { miners, validators } = summary();
  expect(miners).toEqual([
    { uid: 3, incentive: 41_460, consensus: 43_689, emission: 46_816_072_539n },
    { uid: 4, incentive: 24_074, consensus: 21_845, emission: 27_183_927_426n },
  ]);
  expect(validators.map(({ uid, dividends }) => [uid, dividends])).toEqual([
    [0, 51_594],
    [1, 13_091],
    [2, 848],
  ]);
});

test('what was paid is the sum of both sides', () => {
  const { mined, validated } = summary();
  expect(mined).toBe(46_816_072_539n + 27_183_927_426n);
  expect(validated).toBe(58_259_030_805n + 14_782_637_879n + 958_331_245n);
});

test('masks are counted', () => {
  expect(summary().masks).toEqual({
    permits: 3,
    voters: 3,
    inactive: 0,
    belowThreshold: 0,
    rowsWithoutPermit: 0,
    weights: { permit: 0, diagonal: 1, outdated: 0, commit: 0 },
    bonds: 2,
  });
});

test('a validator is marked by what keeps it from earning', () => {
  const hyperparameters = { ...WORKED_EXAMPLE.hyperparameters, minStake: 100_001n };
  const lastUpdate = BigUint64Array.of(9_900n, 1n, 9_900n, 0n, 0n);
  const { validators, masks, permitsLost } = summary({ hyperparameters, lastUpdate });
  expect(validators.find(({ uid }) => uid === 1)).toMatchObject({ active: false, staked: true, permit: true });
  expect(validators.find(({ uid }) => uid === 2)).toMatchObject({ active: true, staked: false, permit: true });
  expect(masks).toMatchObject({ inactive: 1, belowThreshold: 1 });
  expect(permitsLost).toEqual([2]);
});

test('permits that change hands are named', () => {
  const { permitsGained, permitsLost, masks } = summary({ validatorPermit: Uint8Array.of(0, 1, 1, 0, 1) });
  expect(permitsGained).toEqual([0]);
  expect(permitsLost).toEqual([4]);
  expect(masks).toMatchObject({ permits: 3, rowsWithoutPermit: 1, weights: { permit: 2 } });
});

test('without stake that counts nobody is listed by dividends, and the permits still are', () => {
  const { miners, validators } = summary({ stake: new BigUint64Array(10) });
  expect(miners).toEqual([]);
  expect(validators.map(({ uid }) => uid).sort()).toEqual([0, 1, 2]);
});

describe('what validators are paid by (spec 10)', () => {
  const noWeights = { weights: { ...WORKED_EXAMPLE.weights, values: new Uint16Array(6) } };
  const late = { lastUpdate: new BigUint64Array(5) };

  test.each([
    ['scores, where somebody has incentive', {}, 'scores'],
    ['active stake, where no weights are usable', noWeights, 'active stake'],
    ['plain stake, where nobody is active either', late, 'stake'],
    ['plain stake, where nobody has a permit', { ...noWeights, validatorPermit: new Uint8Array(5) }, 'stake'],
    ['nothing, where there is no stake', { stake: new BigUint64Array(10) }, 'nothing'],
    [
      'nothing, where no stake reaches the threshold',
      { hyperparameters: { ...WORKED_EXAMPLE.hyperparameters, minStake: 600_001n } },
      'nothing',
    ],
  ])('%s', (_, changes, paidBy) => {
    expect(summary(changes).paidBy).toBe(paidBy);
  });

  test('active stake, where the chain stores no permits at all', () => {
    const input = { ...WORKED_EXAMPLE, ...noWeights, validatorPermit: new Uint8Array(0) };
    const checked = checkEpochInput(input, { lenient: true });
    expect(summarizeEpoch(input, runEpoch(checked)).paidBy).toBe('active stake');
  });
});
