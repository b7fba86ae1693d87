/** Writing: names, order and forms of the case format. */
import { describe, expect, test } from 'vitest';
import { hyperparameters } from '../../src/epoch/hyperparameters.js';
import { type EpochInput, NO_COMMIT, sparseRows, stakeFromRaw } from '../../src/epoch/input.js';
import type { EpochOutput } from '../../src/epoch/output.js';
import type { RulesVersion } from '../../src/epoch/rules.js';
import { formatCase, intermediatesToJson, MID_FIELDS, OUT_FIELDS, outputToJson } from '../../src/formats/index.js';
import { readLine } from './cases.js';

const SAFE = 9_007_199_254_740_991n;

const input: EpochInput = {
  rules: 'subtensor-425',
  n: 2,
  currentBlock: SAFE,
  lastStep: SAFE + 1n,
  emission: 5n,
  ownerUid: 1,
  hyperparameters: hyperparameters({ activityCutoff: 7n, minStake: 8n, bondsMovingAverage: (1n << 64n) - 1n }),
  stake: stakeFromRaw([-1n, 1n << 70n]),
  lastUpdate: BigUint64Array.of(1n, SAFE + 1n),
  registeredAt: BigUint64Array.of(0n, SAFE),
  validatorPermit: Uint8Array.of(1, 0),
  commitBlock: BigUint64Array.of(NO_COMMIT, 3n),
  weights: sparseRows([[[1, 5]], []]),
  bonds: sparseRows([
    [],
    [
      [1, 0],
      [0, 65535],
    ],
  ]),
};

const output: EpochOutput = {
  n: 2,
  active: Uint8Array.of(1, 0),
  stakeWeight: Uint16Array.of(1, 2),
  consensus: Uint16Array.of(3, 4),
  incentive: Uint16Array.of(5, 6),
  dividends: Uint16Array.of(7, 8),
  validatorTrust: Uint16Array.of(9, 65535),
  serverEmission: BigUint64Array.of(0n, 1n),
  validatorEmission: BigUint64Array.of(2n, (1n << 64n) - 1n),
  emission: BigUint64Array.of(3n, 4n),
  newValidatorPermit: Uint8Array.of(0, 1),
  stake: BigUint64Array.of(1n, 2n),
  bonds: sparseRows([
    [],
    [
      [1, 5],
      [0, 6],
    ],
  ]),
  intermediates: {
    stake: BigInt64Array.of(1n, -1n),
    activeStake: BigInt64Array.of(1n << 32n, 0n),
    consensus: BigInt64Array.of(0n, 1n),
    validatorTrust: BigInt64Array.of(0n, 1n),
    incentive: BigInt64Array.of(0n, 1n),
    dividends: BigInt64Array.of(-(1n << 63n), (1n << 63n) - 1n),
  },
};

test('results have the names, the order and the forms of expected.out', () => {
  expect(Object.keys(outputToJson(output))).toEqual(Object.keys(OUT_FIELDS));
  expect(outputToJson(output)).toEqual({
    active: [true, false],
    stakeWeight: [1, 2],
    consensus: [3, 4],
    incentive: [5, 6],
    dividends: [7, 8],
    validatorTrust: [9, 65535],
    serverEmission: ['0', '1'],
    validatorEmission: ['2', '18446744073709551615'],
    emission: ['3', '4'],
    newValidatorPermit: [false, true],
    bonds: [
      [],
      [
        [1, 5],
        [0, 6],
      ],
    ],
  });
});

test('intermediates have those of expected.mid', () => {
  const json = intermediatesToJson(output.intermediates!);
  expect(Object.keys(json)).toEqual(Object.keys(MID_FIELDS));
  expect(json).toMatchObject({ stake: ['1', '-1'], dividends: ['-9223372036854775808', '9223372036854775807'] });
});

describe('a case', () => {
  test('is written in the order of the format, amounts as strings, the rest as numbers up to 2^53 - 1', () => {
    expect(formatCase({ name: 'x "y"', input })).toBe(
      '{"name":"x \\"y\\"","params":{"n":2,"currentBlock":9007199254740991,"tempo":360,"lastStep":"9007199254740992",' +
        '"activityCutoff":7,"minStake":"8","ownerUid":1,"maxValidators":64,"kappa":32767,"bondsPenalty":65535,' +
        '"bondsMovingAverage":"18446744073709551615","yuma3":true,"liquidAlpha":false,"alphaLow":45875,' +
        '"alphaHigh":58982,"alphaSigmoidSteepness":1000,"commitReveal":true,"emission":"5"},' +
        '"neurons":{"stakeBits":["-1","1180591620717411303424"],"lastUpdate":[1,"9007199254740992"],' +
        '"registeredAt":[0,9007199254740991],"validatorPermit":[true,false],"commitBlock":[null,3]},' +
        '"weights":[[[1,5]],[]],"bonds":[[],[[1,0],[0,65535]]]}',
    );
  });

  test('reads back as it was, with rules, meta and expected results', async () => {
    const meta = { netuid: 1, big: 1n << 70n, hotkeys: ['a', 'ü'] };
    const rules = 'subtensor-999' as RulesVersion;
    const { intermediates: mid, n: _n, stake: _stake, ...out } = output;
    const whole = { name: 'x', input: { ...input, rules, meta }, expected: { out, mid } };
    const line = formatCase(whole);
    expect(Object.keys(JSON.parse(line))).toEqual([
      ...['name', 'rules', 'meta', 'params', 'neurons', 'weights', 'bonds', 'expected'],
    ]);
    expect(await readLine(line)).toEqual({ file: 'x.jsonl', line: 1, ...whole });
  });

  test('takes an output as the expected results', () => {
    const line = formatCase({ name: 'x', input, expected: { out: output, mid: output.intermediates } });
    expect(JSON.parse(line).expected).toEqual({
      out: outputToJson(output),
      mid: intermediatesToJson(output.intermediates!),
    });
  });

  test('is a line that can be read, also where meta has nothing to say', () => {
    const meta = { toJSON: () => undefined };
    expect(JSON.parse(formatCase({ name: 'x', input: { ...input, meta } })).meta).toEqual({});
  });

  test('keeps fields out that are not there', () => {
    const { commitBlock: _, ...bare } = input;
    const line = formatCase({ name: 'x', input: bare, expected: { out: { consensus: Uint16Array.of(1) } } });
    expect(JSON.parse(line)).toMatchObject({ expected: { out: { consensus: [1] } } });
    expect(Object.keys(JSON.parse(line).expected)).toEqual(['out']);
    const mid = formatCase({ name: 'x', input: bare, expected: { mid: { stake: BigInt64Array.of(7n) } } });
    expect(JSON.parse(mid).expected).toEqual({ mid: { stake: ['7'] } });
    expect(line).not.toContain('commitBlock');
  });
});
