/** Every fault that a check finds: its code, where it says it lies, and what a lenient check does with it. */
import { describe, expect, test } from 'vitest';
import { checkAllButColumns, checkEpochInput } from '../../src/epoch/validate.js';
import {
  type EpochInput,
  hyperparameters,
  NO_COMMIT,
  sparseRows,
  stakeFromRao,
  stakeFromRaw,
} from '../../src/index.js';

const input = (changes: Partial<EpochInput> = {}): EpochInput => ({
  rules: 'subtensor-425',
  n: 3,
  currentBlock: 100n,
  lastStep: 0n,
  emission: 0n,
  ownerUid: null,
  hyperparameters: hyperparameters(),
  stake: stakeFromRao([1n, 2n, 3n]),
  lastUpdate: BigUint64Array.of(1n, 2n, 3n),
  registeredAt: BigUint64Array.of(0n, 0n, 0n),
  validatorPermit: Uint8Array.of(1, 1, 0),
  weights: sparseRows([
    [
      [1, 5],
      [2, 6],
    ],
    [[2, 0]],
    [],
  ]),
  bonds: sparseRows([[], [[0, 9]], []]),
  ...changes,
});

const refused = (changes: object, lenient = false) => {
  try {
    checkEpochInput({ ...input(), ...changes } as EpochInput, { lenient });
  } catch (error) {
    const { code, data } = error as { code: string; data: object };
    return { code, ...data };
  }
  return 'accepted';
};

const NO_OFFSETS = { code: 'WRONG_LENGTH', field: 'weights.offsets', expected: 'n + 1 = 4', got: 0, odd: false };

test.each([null, undefined, 5, 'text'])('%j is no input', (given) => {
  const call = checkEpochInput as (input: unknown) => unknown;
  const data = expect.objectContaining({ field: 'input', expected: 'an EpochInput' });
  expect(() => call(given)).toThrow(expect.objectContaining({ code: 'WRONG_TYPE', data }));
});

test('the ends of every range are within it', () => {
  const ends = [0n, 2n ** 64n - 1n];
  for (const end of ends) expect(refused({ currentBlock: end, lastStep: end, emission: end })).toBe('accepted');
  for (const alphaSigmoidSteepness of [-32_768, 32_767]) {
    const parameters = { kappa: 65_535, tempo: 0, alphaSigmoidSteepness, alphaLow: 7, alphaHigh: 7 };
    expect(refused({ hyperparameters: hyperparameters(parameters) })).toBe('accepted');
  }
  expect(refused({ ownerUid: 65_535 })).toBe('accepted');
});

test('the largest subnet passes, one without neurons too', () => {
  const n = 32_768;
  const vectors = { lastUpdate: new BigUint64Array(n), registeredAt: new BigUint64Array(n) };
  const rows = { offsets: new Uint32Array(n + 1), columns: new Uint16Array(0), values: new Uint16Array(0) };
  const sized = { n, stake: new BigUint64Array(2 * n), validatorPermit: new Uint8Array(n), weights: rows, bonds: rows };
  expect(refused({ ...sized, ...vectors })).toBe('accepted');
  expect(checkEpochInput({ ...input(), ...sized, ...vectors }).commitBlock).toHaveLength(n);
  const none = {
    n: 0,
    ...Object.fromEntries(['lastUpdate', 'registeredAt', 'stake'].map((f) => [f, new BigUint64Array(0)])),
  };
  const empty = { ...none, validatorPermit: new Uint8Array(0), weights: sparseRows([]), bonds: sparseRows([]) };
  expect(refused(empty)).toBe('accepted');
});

test('columns in any order pass, each once a row', () => {
  const weights = sparseRows([
    [
      [2, 1],
      [0, 1],
      [1, 1],
    ],
    [
      [1, 1],
      [0, 1],
    ],
    [[0, 1]],
  ]);
  expect(refused({ weights })).toBe('accepted');
});

test('a check says whether columns are still to be looked at', () => {
  expect(checkEpochInput(input()).columnsToCheck).toBe(false);
  expect(checkAllButColumns(input()).columnsToCheck).toBe(true);
  expect(checkAllButColumns(input(), { lenient: true }).columnsToCheck).toBe(false);
});

test('a sound input passes, its matrices uncopied', () => {
  const sound = input();
  const checked = checkEpochInput(sound);
  expect(checked.weights).toBe(sound.weights);
  expect(checked.bonds).toBe(sound.bonds);
  expect(checked.stake).toBe(sound.stake);
  expect(checked.permitLength).toBe(3);
  expect([...checked.commitBlock]).toEqual([NO_COMMIT, NO_COMMIT, NO_COMMIT]);
});

describe('refused, lenient or not', () => {
  const parameters = (changes: object) => ({ hyperparameters: { ...hyperparameters(), ...changes } });
  test.each<[string, object, object]>([
    [
      'unknown rules',
      { rules: 'subtensor-1' },
      { code: 'UNKNOWN_RULES', rules: 'subtensor-1', known: ['subtensor-425'] },
    ],
    ['n above the limit', { n: 32_769 }, { code: 'TOO_MANY_NEURONS', field: 'n', n: '32769', limit: 32_768 }],
    ['a negative n', { n: -1 }, { code: 'WRONG_TYPE', field: 'n', expected: 'an integer from 0', got: 'number -1' }],
    ['half a neuron', { n: 2.5 }, { code: 'WRONG_TYPE', field: 'n' }],
    ['n as bigint', { n: 3n }, { code: 'WRONG_TYPE', field: 'n', got: 'bigint 3' }],
    ['n as text', { n: '3' }, { code: 'WRONG_TYPE', field: 'n', got: 'string 3' }],
    [
      'a block as number',
      { currentBlock: 100 },
      { code: 'WRONG_TYPE', field: 'currentBlock', expected: 'a bigint (u64)' },
    ],
    ['a negative block', { lastStep: -1n }, { code: 'OUT_OF_RANGE', field: 'lastStep', value: '-1', least: '0' }],
    [
      'an emission of 2^64',
      { emission: 2n ** 64n },
      { code: 'OUT_OF_RANGE', field: 'emission', largest: String(2n ** 64n - 1n) },
    ],
    ['an owner of 65536', { ownerUid: 65_536 }, { code: 'OUT_OF_RANGE', field: 'ownerUid', largest: '65535' }],
    ['a missing owner', { ownerUid: undefined }, { code: 'WRONG_TYPE', field: 'ownerUid', got: 'nothing' }],
    ['kappa of 65536', parameters({ kappa: 65_536 }), { code: 'OUT_OF_RANGE', field: 'kappa', value: '65536' }],
    ['kappa of 0.5', parameters({ kappa: 0.5 }), { code: 'WRONG_TYPE', field: 'kappa', expected: 'an integer (u16)' }],
    ['steepness of -32769', parameters({ alphaSigmoidSteepness: -32_769 }), { code: 'OUT_OF_RANGE', least: '-32768' }],
    ['a tempo of NaN', parameters({ tempo: Number.NaN }), { code: 'WRONG_TYPE', field: 'tempo' }],
    ['yuma3 as number', parameters({ yuma3: 1 }), { code: 'WRONG_TYPE', field: 'yuma3', expected: 'a boolean' }],
    ['no hyperparameters', { hyperparameters: undefined }, { code: 'WRONG_TYPE', field: 'tempo' }],
    [
      'stake as a list',
      { stake: [1, 2, 3] },
      { code: 'WRONG_TYPE', field: 'stake', expected: 'a BigUint64Array', got: 'Array' },
    ],
    ['permits of another type', { validatorPermit: [true] }, { code: 'WRONG_TYPE', field: 'validatorPermit' }],
    ['no weights', { weights: null }, { code: 'WRONG_TYPE', field: 'weights', got: 'null' }],
    ...(['offsets', 'columns', 'values'] as const).map((part): [string, object, object] => [
      `weights whose ${part} are a list`,
      { weights: { ...input().weights, [part]: [] } },
      { code: 'WRONG_TYPE', field: 'weights', expected: expect.stringContaining('sparse rows'), got: 'Object' },
    ]),
    ['weights without offsets', { weights: { ...input().weights, offsets: new Uint32Array(0) } }, NO_OFFSETS],
    [
      'more columns than values',
      { weights: { ...input().weights, values: new Uint16Array(2) } },
      { code: 'WRONG_LENGTH', field: 'weights.values', expected: 'as many as columns (3)', got: 2 },
    ],
    [
      'offsets that fall',
      { bonds: { offsets: Uint32Array.of(0, 1, 0, 1), columns: new Uint16Array(1), values: new Uint16Array(1) } },
      { code: 'BAD_ROW_OFFSETS', field: 'bonds.offsets', at: 2, reason: 'falls from 1 to 0' },
    ],
    [
      'offsets that start late',
      { bonds: { offsets: Uint32Array.of(1, 1, 1, 1), columns: new Uint16Array(1), values: new Uint16Array(1) } },
      { code: 'BAD_ROW_OFFSETS', at: 0, reason: 'is 1, not 0' },
    ],
    [
      'offsets that end early',
      { bonds: { offsets: Uint32Array.of(0, 0, 0, 0), columns: new Uint16Array(1), values: new Uint16Array(1) } },
      { code: 'BAD_ROW_OFFSETS', at: 3, reason: 'is 0, there are 1 entries' },
    ],
  ])('%s', (_, changes, fault) => {
    expect(refused(changes)).toMatchObject(fault);
    expect(refused(changes, true)).toMatchObject(fault);
  });
});

describe('refused strictly, accepted leniently', () => {
  test.each<[string, object, object]>([
    [
      'stake too short',
      { stake: stakeFromRao([1n, 2n]) },
      { code: 'WRONG_LENGTH', field: 'stake', expected: '6 elements', got: 4, odd: true },
    ],
    [
      'a negative stake',
      { stake: stakeFromRaw([1n, -2n, 3n]) },
      { code: 'NEGATIVE_STAKE', field: 'stake', uid: 1, value: '-2' },
    ],
    ['permits too short', { validatorPermit: Uint8Array.of(1) }, { code: 'WRONG_LENGTH', field: 'validatorPermit' }],
    ['last updates too long', { lastUpdate: new BigUint64Array(4) }, { code: 'WRONG_LENGTH', field: 'lastUpdate' }],
    [
      'registrations too short',
      { registeredAt: new BigUint64Array(1) },
      { code: 'WRONG_LENGTH', field: 'registeredAt' },
    ],
    ['commits too short', { commitBlock: new BigUint64Array(1) }, { code: 'WRONG_LENGTH', field: 'commitBlock' }],
    [
      'a row too few',
      { weights: sparseRows([[], []]) },
      { code: 'WRONG_LENGTH', field: 'weights.offsets', expected: 'n + 1 = 4', got: 3, odd: true },
    ],
    [
      'a row too many',
      { bonds: sparseRows([[], [], [], []]) },
      { code: 'WRONG_LENGTH', field: 'bonds.offsets', got: 5 },
    ],
    ...[0, 2].map((uid): [string, object, object] => [
      `a negative stake of uid ${uid}`,
      { stake: stakeFromRaw([0, 1, 2].map((at) => (at === uid ? -1n : 1n))) },
      { code: 'NEGATIVE_STAKE', uid, value: '-1' },
    ]),
    [
      'a column of no neuron behind other rows',
      {
        weights: sparseRows([
          [[1, 1]],
          [[0, 1]],
          [
            [0, 1],
            [9, 1],
          ],
        ]),
      },
      { code: 'COLUMN_OUT_OF_RANGE', field: 'weights', uid: 2, entry: 1, column: 9, n: 3 },
    ],
    [
      'a column twice behind other rows',
      {
        weights: sparseRows([
          [[1, 1]],
          [[0, 1]],
          [
            [2, 1],
            [0, 1],
            [2, 2],
          ],
        ]),
      },
      { code: 'DUPLICATE_COLUMN', field: 'weights', uid: 2, entry: 2, column: 2 },
    ],
    [
      'a column of the next uid',
      { bonds: sparseRows([[], [], [[3, 1]]]) },
      { code: 'COLUMN_OUT_OF_RANGE', field: 'bonds', uid: 2, entry: 0, column: 3, n: 3 },
    ],
    [
      'a column twice in a row',
      {
        weights: sparseRows([
          [],
          [],
          [
            [1, 1],
            [1, 1],
          ],
        ]),
      },
      { code: 'DUPLICATE_COLUMN', field: 'weights', uid: 2, entry: 1, column: 1 },
    ],
    [
      'a column of no neuron',
      {
        weights: sparseRows([
          [
            [1, 1],
            [3, 1],
          ],
          [],
          [],
        ]),
      },
      { code: 'COLUMN_OUT_OF_RANGE', field: 'weights', uid: 0, entry: 1, column: 3, n: 3 },
    ],
    [
      'a column twice',
      {
        bonds: sparseRows([
          [],
          [
            [2, 1],
            [0, 1],
            [2, 4],
          ],
          [],
        ]),
      },
      { code: 'DUPLICATE_COLUMN', field: 'bonds', uid: 1, entry: 2, column: 2 },
    ],
    [
      'alpha bounds the wrong way round',
      { hyperparameters: hyperparameters({ alphaLow: 3_000, alphaHigh: 2_000 }) },
      { code: 'ALPHA_BOUNDS', field: 'alphaLow', alphaLow: 3_000, alphaHigh: 2_000 },
    ],
  ])('%s', (_, changes, fault) => {
    expect(refused(changes)).toMatchObject(fault);
    expect(refused(changes, true)).toBe('accepted');
  });
});

describe('what the chain makes of vectors of another length', () => {
  test('last updates that are missing are block 0, strict or not', () => {
    const short = input({ lastUpdate: BigUint64Array.of(7n) });
    expect([...checkEpochInput(short).lastUpdate]).toEqual([7n, 0n, 0n]);
  });

  test('an owner that is no neuron is accepted', () => {
    expect(refused({ ownerUid: 3 })).toBe('accepted');
  });

  test('permits that are missing are none, and how many there were is remembered', () => {
    const checked = checkEpochInput(input({ validatorPermit: Uint8Array.of(1) }), { lenient: true });
    expect([...checked.validatorPermit]).toEqual([1, 0, 0]);
    expect(checked.permitLength).toBe(1);
  });

  test('commits that are missing are none', () => {
    const checked = checkEpochInput(input({ commitBlock: BigUint64Array.of(5n) }), { lenient: true });
    expect([...checked.commitBlock]).toEqual([5n, NO_COMMIT, NO_COMMIT]);
    const whole = BigUint64Array.of(5n, 6n, 7n);
    expect(checkEpochInput(input({ commitBlock: whole })).commitBlock).toBe(whole);
    const many = checkEpochInput(input({ commitBlock: BigUint64Array.of(5n, 6n, 7n, 8n) }), { lenient: true });
    expect([...many.commitBlock]).toEqual([5n, 6n, 7n]);
  });

  test('stake of neurons beyond the last is not read', () => {
    const checked = checkEpochInput(input({ stake: stakeFromRao([1n, 2n, 3n, 4n]) }), { lenient: true });
    expect([...checked.stake]).toEqual([...stakeFromRao([1n, 2n, 3n])]);
  });

  test('permits beyond the last neuron do not count', () => {
    expect(checkEpochInput(input({ validatorPermit: new Uint8Array(9) }), { lenient: true }).permitLength).toBe(3);
  });

  test('the caller keeps its vectors as they were', () => {
    const commitBlock = BigUint64Array.of(5n);
    checkEpochInput(input({ commitBlock }), { lenient: true });
    expect([...commitBlock]).toEqual([5n]);
  });

  test('rows that are missing are empty, rows beyond n are not read', () => {
    const few = checkEpochInput(input({ weights: sparseRows([[[1, 4]]]) }), { lenient: true });
    expect([...few.weights.offsets]).toEqual([0, 1, 1, 1]);
    expect([...few.weights.columns, ...few.weights.values]).toEqual([1, 4]);
    const many = checkEpochInput(input({ weights: sparseRows([[[1, 4]], [], [], [[2, 2]]]) }), { lenient: true });
    expect([...many.weights.offsets]).toEqual([0, 1, 1, 1]);
  });

  test('an alphaLow below what the setter takes today is accepted: it may have been stored before', () => {
    expect(refused({ hyperparameters: hyperparameters({ alphaLow: 0, alphaHigh: 0 }) })).toBe('accepted');
  });
});
