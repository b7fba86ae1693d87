import { describe, expect, test } from 'vitest';
import { HYPERPARAMETERS, type HyperparameterName, YumaError } from '../../src/index.js';
import { parseSetting, parseSettings, wholeOf } from '../../src/simulator/index.js';

const fault = (run: () => unknown): YumaError => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof YumaError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

describe('a setting of a hyperparameter', () => {
  test.each([
    ['kappa', '0', 0],
    ['kappa', '1', 65_535],
    ['kappa', '0.6', 39_321],
    ['kappa', '.6', 39_321],
    ['kappa', '60%', 39_321],
    ['kappa', '33.3%', 21_823], // 21823.155
    ['kappa', '0.5', 32_768], // 32767.5 goes up
    ['kappa', '0.49999999999999999999', 32_767], // a double would say 0.5
    ['kappa', '100%', 65_535],
    ['kappa', '32767/65535', 32_767],
    ['kappa', '1/65535', 1],
    ['bondsPenalty', '0.5', 32_768],
    ['alphaLow', '0.7', 45_875], // 45874.5
    ['alphaHigh', '90%', 58_982], // 58981.5
    ['bondsMovingAverage', '0.9', 900_000n],
    ['bondsMovingAverage', '1', 1_000_000n],
    ['bondsMovingAverage', '1/1000000', 1n],
    ['bondsMovingAverage', '2000000/1000000', 2_000_000n], // the chain stores such a value
    ['tempo', '1', 1],
    ['tempo', '65535', 65_535],
    ['maxValidators', '128', 128],
    ['alphaSigmoidSteepness', '-32768', -32_768],
    ['minStake', '18446744073709551615', 18_446_744_073_709_551_615n],
    ['activityCutoff', '0', 0n],
    ['yuma3', 'false', false],
    ['liquidAlpha', 'true', true],
  ] as const)('%s %s is stored as %s', (name, text, stored) => {
    expect(parseSetting(name, text)).toBe(stored);
  });

  test('is a share of 65535 or of a million where the table says so, and nowhere else', () => {
    const names = Object.keys(HYPERPARAMETERS) as HyperparameterName[];
    const wholes = names.map((name) => [name, wholeOf(name)]).filter(([, whole]) => whole !== undefined);
    expect(Object.fromEntries(wholes)).toEqual({
      kappa: 65_535n,
      bondsPenalty: 65_535n,
      bondsMovingAverage: 1_000_000n,
      alphaLow: 65_535n,
      alphaHigh: 65_535n,
    });
  });

  test.each(['39321', '1.1', '101%', '-0.1', '0.6/65535', '6/10', '', '.', '%', '1e-1', ' 0.6', '0,6', 'NaN'])(
    'refuses "%s" as a share, and says how to write one',
    (text) => {
      const { code, message } = fault(() => parseSetting('kappa', text));
      expect(code).toBe('WRONG_TYPE');
      expect(message).toBe(
        `kappa: expected a share from 0 to 1 (0.6, 60% or 39321/65535), got ${JSON.stringify(text)}.`,
      );
    },
  );

  test.each([
    ['tempo', '0.5', 'WRONG_TYPE', 'tempo: expected an integer (blocks), got "0.5".'],
    ['tempo', '70000', 'OUT_OF_RANGE', 'tempo: 70000 is out of range, it must be from 0 to 65535.'],
    ['kappa', '65536/65535', 'OUT_OF_RANGE', 'kappa: 65536 is out of range, it must be from 0 to 65535.'],
    [
      'alphaSigmoidSteepness',
      '32768',
      'OUT_OF_RANGE',
      'alphaSigmoidSteepness: 32768 is out of range, it must be from -32768 to 32767.',
    ],
    ['yuma3', '1', 'WRONG_TYPE', 'yuma3: expected true or false, got "1".'],
  ] as const)('%s refuses %s with %s', (name, text, code, message) => {
    expect(fault(() => parseSetting(name, text))).toMatchObject({ code, message });
  });

  test.each(['kapa', '', 'toString', '__proto__'])('refuses the name "%s" and lists those there are', (name) => {
    const { code, message } = fault(() => parseSetting(name as HyperparameterName, '1'));
    expect(code).toBe('UNKNOWN_FIELD');
    expect(message).toContain('tempo, activityCutoff, minStake, maxValidators, kappa, bondsPenalty');
  });
});

describe('several settings', () => {
  test('give a change of hyperparameters', () => {
    expect(parseSettings(['kappa=0.6', 'yuma3=false', 'kappa=0.7'])).toEqual({ kappa: 45_875, yuma3: false });
    expect(parseSettings([])).toEqual({});
  });

  test.each(['kappa', 'kappa:0.6', ''])('refuse "%s", which has no =', (text) => {
    expect(fault(() => parseSettings([text])).message).toBe(
      `setting: expected NAME=VALUE, for instance kappa=0.6, got ${JSON.stringify(text)}.`,
    );
  });

  test('refuse a value with another = in it', () => {
    expect(fault(() => parseSettings(['kappa=0.6=1'])).message).toContain('got "0.6=1"');
  });
});
