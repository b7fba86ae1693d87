import { describe, expect, test } from 'vitest';
import type { EpochCase } from '../../src/formats/index.js';
import type { EpochInput } from '../../src/index.js';
import type { Change } from '../../src/replay/index.js';
import { engine, faultOf, replayed } from './by-hand.js';
import { makeSeries, validatorsOf } from './series.js';

const SERIES = await makeSeries();
const [VALIDATOR] = validatorsOf(SERIES[2]!).slice(1) as [number];

describe('refused before or where it happens', () => {
  const input = SERIES[0]!.input;
  test.each<[string, readonly Change[], string, string]>([
    [
      'a uid that is none',
      [{ kind: 'late', uid: 24, epochs: 1 }],
      'NO_SUCH_UID',
      'there is no uid 24, the subnet has n = 24.',
    ],
    ['a copied uid that is none', [{ kind: 'copy', uid: 1, of: 99 }], 'NO_SUCH_UID', 'there is no uid 99'],
    ['a uid that is no integer', [{ kind: 'stake', uid: 1.5, stake: 1n }], 'NO_SUCH_UID', 'there is no uid 1.5'],
    ['a neuron that copies itself', [{ kind: 'copy', uid: 1, of: 1 }], 'BAD_USAGE', 'uid 1 cannot copy itself'],
    [
      'a negative lateness',
      [{ kind: 'late', uid: 1, epochs: -1 }],
      'OUT_OF_RANGE',
      'late of uid 1: -1 is out of range',
    ],
    ['a stake beyond its type', [{ kind: 'stake', uid: 1, stake: 2n ** 63n }], 'OUT_OF_RANGE', '9223372036854775807'],
    [
      'a weight beyond its type',
      [{ kind: 'weights', uid: 1, row: [[2, 65_536]] }],
      'OUT_OF_RANGE',
      '65536 is out of range',
    ],
    [
      'a column that is none',
      [{ kind: 'weights', uid: 1, row: [[24, 1]] }],
      'COLUMN_OUT_OF_RANGE',
      'column 24 is no neuron',
    ],
    [
      'a column twice',
      [
        {
          kind: 'weights',
          uid: 1,
          row: [
            [2, 1],
            [2, 1],
          ],
        },
      ],
      'DUPLICATE_COLUMN',
      'entry 1: column 2',
    ],
    [
      'two changes of one row',
      [
        { kind: 'late', uid: 1, epochs: 1 },
        { kind: 'copy', uid: 1, of: 'mean' },
      ],
      'BAD_USAGE',
      'the row of weights of uid 1 is changed twice',
    ],
    ['another tempo', [{ kind: 'set', hyperparameters: { tempo: 100 } }], 'BAD_USAGE', 'tempo cannot be changed'],
    [
      'bounds that cross, with the place of the case',
      [{ kind: 'set', hyperparameters: { alphaLow: 60_000, alphaHigh: 50_000 } }],
      'ALPHA_BOUNDS',
      'made-up.jsonl:1: alphaLow 60000 is above alphaHigh 50000',
    ],
    [
      'a hyperparameter beyond its type',
      [{ kind: 'set', hyperparameters: { kappa: 70_000 } }],
      'OUT_OF_RANGE',
      'params.kappa: 70000 is out of range',
    ],
    ['a change of no known kind', [{ kind: 'move' } as never], 'WRONG_TYPE', 'kind: expected one of set, copy, late,'],
    ['nothing in place of a change', [undefined as never], 'WRONG_TYPE', 'got undefined'],
    [
      'changes that are no list',
      'kappa' as never,
      'WRONG_TYPE',
      'changes: expected an array of changes, got string kappa',
    ],
    [
      'another thing to copy',
      [{ kind: 'copy', uid: 1, of: 'best' as never }],
      'WRONG_TYPE',
      'consensus, mean or a uid',
    ],
    ['a row that is no list', [{ kind: 'weights', uid: 1, row: 'a' as never }], 'WRONG_TYPE', 'pairs [uid, value]'],
    ['a row of no pairs', [{ kind: 'weights', uid: 1, row: [3 as never] }], 'WRONG_TYPE', 'pairs [uid, value]'],
    [
      'a weight that is text',
      [{ kind: 'weights', uid: 1, row: [[2, '3' as never]] }],
      'WRONG_TYPE',
      'weights of uid 1: expected an integer, got string 3',
    ],
    [
      'a stake that is no bigint',
      [{ kind: 'stake', uid: 1, stake: 5 as never }],
      'WRONG_TYPE',
      'stake of uid 1: expected a bigint, got number 5',
    ],
    ['a name that is none', [{ kind: 'set', hyperparameters: { kapa: 1 } as never }], 'UNKNOWN_FIELD', 'no field kapa'],
  ])('%s', async (_, changes, code, message) => {
    const found = await faultOf(SERIES, changes);
    expect(found.code).toBe(code);
    expect(found.message).toContain(message);
  });

  test('another way to carry bonds', async () => {
    const found = await faultOf(SERIES, [], { bonds: 'kept' as never });
    expect(found.message).toBe('bonds: expected filed or chained, got kept.');
  });

  const second = (changes: Partial<EpochInput>): EpochCase[] => [
    SERIES[0]!,
    { ...SERIES[1]!, input: { ...SERIES[1]!.input, ...changes } },
  ];
  test.each<[string, EpochCase[], string]>([
    ['an epoch twice', [SERIES[0]!, SERIES[0]!], 'it runs in block'],
    ['an epoch left out', [SERIES[0]!, SERIES[2]!], `its previous epoch ran in block ${SERIES[1]!.input.currentBlock}`],
    ['another subnet', second({ meta: { netuid: 2 } }), 'it is of netuid 2, the case before it of netuid 1'],
    ['fewer neurons', second({ n: 23 }), 'it has n = 23, the case before it n = 24'],
    ['the wrong order', [SERIES[1]!, SERIES[0]!], `it runs in block ${input.currentBlock}, the case before it`],
  ])('%s is no series', async (_, cases, message) => {
    const found = await faultOf(cases, []);
    expect(found.code).toBe('NO_SERIES');
    expect(found.message).toContain(message);
    expect(found.data).toMatchObject({ file: 'made-up.jsonl', case: cases[1]!.name });
  });

  test('odd input, with its place, unless it is to be taken', async () => {
    const odd = { ...SERIES[1]!.input, validatorPermit: SERIES[1]!.input.validatorPermit.slice(0, 20) };
    const cases = [SERIES[0]!, { ...SERIES[1]!, input: odd }, SERIES[2]!];
    const found = await faultOf(cases, []);
    expect(found.message).toContain('made-up.jsonl:2: neurons.validatorPermit: expected 24 elements, got 20.');
    const changes: Change[] = [{ kind: 'copy', uid: VALIDATOR, of: 'mean' }];
    const [, baseline] = await replayed(cases, [], { lenient: true });
    expect(baseline!.changed).toEqual(await engine.runEpoch(odd, { lenient: true }));
    expect(await replayed(cases, changes, { lenient: true })).toHaveLength(3);
  });
});
