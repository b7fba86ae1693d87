/** Reading a line: every fault of its form with code and place, and the odd things that pass. */
import { describe, expect, test } from 'vitest';
import { HYPERPARAMETERS } from '../../src/epoch/hyperparameters.js';
import { MAX_NEURONS, NO_COMMIT, stakeRaw } from '../../src/epoch/input.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { NEURON_FIELDS, PARAM_FIELDS } from '../../src/formats/fields.js';
import { formatCase } from '../../src/formats/index.js';
import { faultOf, lineWith, lineWithText, readLine, readText } from './cases.js';

const PLACE = { file: 'x.jsonl', line: 1, case: 'a' };

test('a case is read into columns', async () => {
  const { file, line, name, input, expected } = await readLine(lineWith());
  expect({ file, line, name, expected }).toEqual({ file: 'x.jsonl', line: 1, name: 'a', expected: undefined });
  expect(checkEpochInput(input)).toMatchObject({
    rules: 'subtensor-425',
    n: 2,
    currentBlock: 1000n,
    lastStep: 899n,
    emission: 1_000_000_000n,
    ownerUid: null,
    lastUpdate: BigUint64Array.of(950n, 10n),
    registeredAt: BigUint64Array.of(10n, 10n),
    validatorPermit: Uint8Array.of(1, 0),
    weights: { offsets: Uint32Array.of(0, 1, 1), columns: Uint16Array.of(1), values: Uint16Array.of(65535) },
    bonds: { offsets: Uint32Array.of(0, 1, 1), columns: Uint16Array.of(1), values: Uint16Array.of(7) },
  });
  expect(stakeRaw(input.stake, 0)).toBe(922337203685477580800000000000n);
  expect(input.hyperparameters).toMatchObject({ tempo: 100, minStake: 1000n, activityCutoff: 500n, kappa: 32767 });
});

test('every hyperparameter of the table is a field of params', () => {
  expect(PARAM_FIELDS).toEqual(expect.arrayContaining(Object.keys(HYPERPARAMETERS)));
});

describe('fields', () => {
  test.each(PARAM_FIELDS)('params.%s must be there', async (name) => {
    const line = lineWith((object) => delete object.params[name]);
    expect(await faultOf(line)).toEqual({ ...PLACE, code: 'MISSING_FIELD', field: `params.${name}` });
  });

  test.each(NEURON_FIELDS.filter((name) => name !== 'commitBlock'))('neurons.%s must be there', async (name) => {
    const line = lineWith((object) => delete object.neurons[name]);
    expect(await faultOf(line)).toEqual({ ...PLACE, code: 'MISSING_FIELD', field: `neurons.${name}` });
  });

  test.each(['name', 'params', 'neurons', 'weights', 'bonds'] as const)('%s must be there', async (name) => {
    const line = lineWith((object) => delete (object as { [field: string]: unknown })[name]);
    expect(await faultOf(line)).toMatchObject({ file: 'x.jsonl', line: 1, code: 'MISSING_FIELD', field: name });
  });

  test.each([
    ['kapa', 'kapa', '1'],
    ['params.kapa', 'params.kapa', '1'],
    ['neurons.stake', 'neurons.stake', '[]'],
    ['expected.outs', 'expected', '{"outs":{}}'],
    ['expected.out.bond', 'expected', '{"out":{"bond":[]}}'],
    ['expected.mid.bonds', 'expected', '{"mid":{"bonds":[]}}'],
  ])('%s is no field', async (wrong, field, text) => {
    expect(await faultOf(lineWithText(field, text))).toMatchObject({ code: 'UNKNOWN_FIELD', field: wrong });
  });

  test('an unknown field is answered with the known ones', async () => {
    const { known } = await faultOf(lineWithText('expected', '{"outs":{}}'));
    expect(known).toEqual(['out', 'mid']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is no field, and does no harm', async (name) => {
    const line = lineWith().replace('"params":{', () => `"params":{"${name}":{"n":1},`);
    expect(await faultOf(line)).toMatchObject({ code: 'UNKNOWN_FIELD', field: `params.${name}` });
    const slow = line.replace('"n":2', '"n":2.5');
    expect(await faultOf(slow)).toMatchObject({ code: 'UNKNOWN_FIELD', field: `params.${name}` });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('a field of the prototype is not taken for one of the line', async () => {
    const line = lineWith((object) => delete object.params.n).replace('{', () => '{"meta":{"__proto__":{"n":2}},');
    expect(await faultOf(line)).toMatchObject({ code: 'MISSING_FIELD', field: 'params.n' });
  });

  test('rules, meta, expected and its fields may be left out, or be empty', async () => {
    const bare = await readLine(lineWith());
    expect(bare).not.toHaveProperty('expected');
    expect(bare.input).not.toHaveProperty('meta');
    expect(bare.input).not.toHaveProperty('commitBlock');
    expect((await readLine(lineWithText('expected', '{}'))).expected).toEqual({});
    expect((await readLine(lineWithText('expected', '{"out":{},"mid":{}}'))).expected).toEqual({ out: {}, mid: {} });
  });

  test('rules that are not known are passed on, for the engine to refuse', async () => {
    const { input } = await readLine(lineWithText('rules', '"subtensor-1"'));
    expect(() => checkEpochInput(input)).toThrow(expect.objectContaining({ code: 'UNKNOWN_RULES' }));
  });
});

describe('types', () => {
  test.each([
    ['name', '7', 'a string'],
    ['rules', 'null', 'a string'],
    ['meta', '[]', 'an object'],
    ['meta', '5', 'an object'],
    ['meta', 'null', 'an object'],
    ['params', '[]', 'an object'],
    ['neurons', 'null', 'an object'],
    ['expected', '1', 'an object'],
    ['weights', '{}', 'a list'],
    ['bonds', '"x"', 'a list'],
    ['neurons.stakeBits', 'null', 'a list'],
    ['neurons.commitBlock', 'null', 'a list'],
    ['params.yuma3', '1', 'true or false'],
    ['params.commitReveal', '"true"', 'true or false'],
    ['params.ownerUid', '"none"', 'an integer (u16)'],
    ['params.kappa', 'null', 'an integer (u16)'],
    ['params.n', 'true', 'an integer'],
  ])('%s: %s is not %s', async (field, text, expected) => {
    expect(await faultOf(lineWithText(field, text))).toMatchObject({ code: 'WRONG_TYPE', field, expected });
  });

  test('a permit is true or false, and the fault names the uid', async () => {
    const fault = await faultOf(lineWithText('neurons.validatorPermit', '[true,1]'));
    expect(fault).toMatchObject({
      code: 'WRONG_TYPE',
      field: 'neurons.validatorPermit',
      uid: 1,
      expected: 'true or false',
      got: '1',
    });
  });

  test.each([
    ['[[],7]', { uid: 1, expected: 'a list of [column, value]', got: '7' }],
    ['[[[1,2],[3]],[]]', { uid: 0, entry: 1, expected: 'a pair [column, value]', got: 'a list of 1' }],
    ['[[[1,2,3]],[]]', { uid: 0, entry: 0, expected: 'a pair [column, value]', got: 'a list of 3' }],
    ['[[5],[]]', { uid: 0, entry: 0, expected: 'a pair [column, value]', got: '5' }],
    ['[[],[[1,2],[1,null]]]', { uid: 1, entry: 1, expected: 'an integer (u16)', got: 'null' }],
  ])('weights %s: the fault names uid and entry', async (text, fault) => {
    expect(await faultOf(lineWithText('weights', text))).toMatchObject({
      code: 'WRONG_TYPE',
      field: 'weights',
      ...fault,
    });
  });
});

describe('ranges', () => {
  test.each([
    ['params.kappa', '65536'],
    ['params.kappa', '-1'],
    ['params.kappa', '"65536"'],
    ['params.tempo', '18446744073709551616'],
    ['params.alphaSigmoidSteepness', '32768'],
    ['params.alphaSigmoidSteepness', '-32769'],
    ['params.ownerUid', '65536'],
    ['params.currentBlock', '18446744073709551616'],
    ['params.currentBlock', '-1'],
    ['params.lastStep', '-1'],
    ['params.emission', '"18446744073709551616"'],
    ['params.emission', '"-1"'],
    ['params.minStake', `"${'9'.repeat(300)}"`],
    ['params.minStake', '9'.repeat(300)],
    ['params.n', '-1'],
  ])('%s = %.30s is out of range', async (field, text) => {
    expect(await faultOf(lineWithText(field, text))).toMatchObject({ ...PLACE, code: 'OUT_OF_RANGE', field });
  });

  test.each([
    ['neurons.lastUpdate', '[0,-1]', { uid: 1 }],
    ['neurons.registeredAt', '["18446744073709551616",0]', { uid: 0 }],
    ['neurons.stakeBits', '["170141183460469231731687303715884105728"]', { uid: 0 }],
    ['neurons.stakeBits', '["0","-170141183460469231731687303715884105729"]', { uid: 1 }],
    ['weights', '[[[1,65536]],[]]', { uid: 0, entry: 0 }],
    ['weights', '[[],[[0,1],[-1,1]]]', { uid: 1, entry: 1 }],
    ['bonds', '[[[65536,1]],[]]', { uid: 0, entry: 0 }],
  ])('%s = %s: the fault names the place', async (field, text, place) => {
    expect(await faultOf(lineWithText(field, text))).toMatchObject({ code: 'OUT_OF_RANGE', field, ...place });
  });

  test.each([
    ['{"out":{"dividends":[1,65536]}}', 'OUT_OF_RANGE', 'expected.out.dividends', { uid: 1, largest: '65535' }],
    ['{"out":{"emission":["0","-1"]}}', 'OUT_OF_RANGE', 'expected.out.emission', { uid: 1, least: '0' }],
    ['{"out":{"active":[true,0]}}', 'WRONG_TYPE', 'expected.out.active', { uid: 1, expected: 'true or false' }],
    ['{"mid":{"stake":["0","x"]}}', 'WRONG_TYPE', 'expected.mid.stake', { uid: 1, expected: 'an integer (i64)' }],
  ])('expected = %s: the fault names the place', async (text, code, field, place) => {
    expect(await faultOf(lineWithText('expected', text))).toMatchObject({ ...PLACE, code, field, ...place });
  });

  test('a count of neurons below 0 is told with its range', async () => {
    const range = { value: '-1', least: '0', largest: '32768' };
    expect(await faultOf(lineWithText('params.n', '-1'))).toMatchObject({ code: 'OUT_OF_RANGE', ...range });
  });

  test('a long number is cut short in the message', async () => {
    const { value } = await faultOf(lineWithText('params.emission', '9'.repeat(100_000)));
    expect(String(value).length).toBeLessThan(80);
  });

  test.each([String(MAX_NEURONS + 1), '"32769"', '18446744073709551616'])('n = %s is too many', async (text) => {
    expect(await faultOf(lineWithText('params.n', text))).toMatchObject({
      code: 'TOO_MANY_NEURONS',
      field: 'params.n',
    });
  });

  test('the ends of the ranges are within them', async () => {
    const { input } = await readLine(
      lineWith((object) => {
        Object.assign(object.params, {
          n: MAX_NEURONS,
          emission: '18446744073709551615',
          alphaSigmoidSteepness: -32768,
        });
        Object.assign(object.params, { kappa: 65535, ownerUid: 65535, currentBlock: 0, tempo: '0' });
        object.neurons.stakeBits = [
          '170141183460469231731687303715884105727',
          '-170141183460469231731687303715884105728',
        ];
      }),
    );
    expect(input).toMatchObject({ n: MAX_NEURONS, emission: (1n << 64n) - 1n, ownerUid: 65535, currentBlock: 0n });
    expect(input.hyperparameters).toMatchObject({ alphaSigmoidSteepness: -32768, kappa: 65535, tempo: 0 });
    expect([stakeRaw(input.stake, 0), stakeRaw(input.stake, 1)]).toEqual([(1n << 127n) - 1n, -(1n << 127n)]);
  });
});

describe('odd cases pass the reader: whether they run is for the check of the input', () => {
  test.each([
    ['a short permit list', 'neurons.validatorPermit', '[]', 'WRONG_LENGTH'],
    ['a long lastUpdate', 'neurons.lastUpdate', '[1,2,3]', 'WRONG_LENGTH'],
    ['a short stake list', 'neurons.stakeBits', '["1"]', 'WRONG_LENGTH'],
    ['a negative stake', 'neurons.stakeBits', '["-1","0"]', 'NEGATIVE_STAKE'],
    ['a row too few', 'weights', '[[]]', 'WRONG_LENGTH'],
    ['a row too many', 'bonds', '[[],[],[]]', 'WRONG_LENGTH'],
    ['a column twice', 'weights', '[[[1,2],[1,3]],[]]', 'DUPLICATE_COLUMN'],
    ['a column that is no neuron', 'weights', '[[],[[65535,1]]]', 'COLUMN_OUT_OF_RANGE'],
    ['alphaLow above alphaHigh', 'params.alphaLow', '60000', 'ALPHA_BOUNDS'],
  ])('%s', async (_, field, text, code) => {
    const { input } = await readLine(lineWithText(field, text));
    expect(() => checkEpochInput(input)).toThrow(expect.objectContaining({ code }));
    expect(() => checkEpochInput(input, { lenient: true })).not.toThrow();
  });

  test('a short lastUpdate and an owner beyond n pass even the strict check', async () => {
    const { input } = await readLine(
      lineWithText('neurons.lastUpdate', '[5]').replace('"ownerUid":null', '"ownerUid":9'),
    );
    expect(checkEpochInput(input)).toMatchObject({ ownerUid: 9, lastUpdate: BigUint64Array.of(5n, 0n) });
  });
});

describe('meta', () => {
  const lists = (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  const objects = (depth: number) => `${'{"x":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;

  test.each([
    ['lists', lists],
    ['objects', objects],
  ])('may nest %s to 100 levels, itself the first', async (_, nested) => {
    const line = lineWithText('meta', nested(100));
    const { name, input } = await readLine(line);
    expect(formatCase({ name, input })).toContain(`"meta":${nested(100)}`);
    const reason = 'meta is nested too deeply, beyond 100 levels';
    const fault = await faultOf(lineWithText('meta', nested(101)));
    expect(fault).toEqual({ ...PLACE, code: 'BAD_JSON', field: 'meta', reason });
  });

  test('may hold anything of JSON, null too', async () => {
    const text = '{"a":null,"list":[null,true,"x",{"b":[]}],"deep":{"c":-1.25}}';
    const { name, input } = await readLine(lineWithText('meta', text));
    expect(input.meta).toEqual({ a: null, list: [null, true, 'x', { b: [] }], deep: { c: -1.25 } });
    expect(formatCase({ name, input })).toContain(`"meta":${text}`);
  });

  test.each([101, 1_000, 2_000, 3_000, 4_000, 5_000, 20_000])('of %i levels is refused on every way', async (depth) => {
    for (const nested of [lists(depth), objects(depth), lists(depth).replace('[]', '[0.5]')]) {
      const fault = await faultOf(lineWithText('meta', nested));
      expect(fault).toMatchObject({ file: 'x.jsonl', line: 1, code: 'BAD_JSON' });
      expect(fault.reason).toContain('nested too deeply');
    }
  });
});

test('an open commit is a block or null, and null is NO_COMMIT', async () => {
  const { input } = await readLine(lineWithText('neurons.commitBlock', '[null,17,"18446744073709551614"]'));
  expect(input.commitBlock).toEqual(BigUint64Array.of(NO_COMMIT, 17n, NO_COMMIT - 1n));
  const fault = await faultOf(lineWithText('neurons.commitBlock', '[null,-1]'));
  expect(fault).toMatchObject({ code: 'OUT_OF_RANGE', field: 'neurons.commitBlock', uid: 1 });
});

test('two cases of one name are refused, the first is given', async () => {
  const { cases, fault } = await readText(`${lineWith()}\n\n${lineWith(undefined, 'b')}\n${lineWith()}\n`);
  expect(cases.map(({ name, line }) => [name, line])).toEqual([
    ['a', 1],
    ['b', 3],
  ]);
  expect(fault).toMatchObject({
    code: 'DUPLICATE_NAME',
    data: { file: 'x.jsonl', line: 4, case: 'a', field: 'name', first: 1 },
  });
});
