/**
 * Settings: the value of a hyperparameter as people write it, `kappa=0.6`.
 * Rule   a hyperparameter that is a share (unit `65535 = 1`, or millionths) takes a number from 0 to 1 or a percentage, and
 *        the stored integer is the nearest one, halves up; so `1` is all of it. The stored integer itself is written with
 *        its whole behind it: `39321/65535`, `900000/1000000`. A bool is `true` or `false`. Everything else is the stored
 *        integer as it is
 * Exact  decimals are read as integers, never as floats
 */
import {
  HYPERPARAMETERS,
  type HyperparameterName,
  type Hyperparameters,
  INTEGER_RANGE,
  type ParameterType,
  type ValueOf,
  YumaError,
} from '../index.js';

export type Setting<Name extends HyperparameterName> = ValueOf<(typeof HYPERPARAMETERS)[Name]['type']>;

/**
 * @param text `0.6`, `60%`, `39321/65535`, `360`, `true`
 * @throws YumaError UNKNOWN_FIELD for a name that is none, WRONG_TYPE, OUT_OF_RANGE
 */
export function parseSetting<Name extends HyperparameterName>(name: Name, text: string): Setting<Name> {
  if (!Object.hasOwn(HYPERPARAMETERS, name)) {
    throw new YumaError('UNKNOWN_FIELD', { field: name, known: Object.keys(HYPERPARAMETERS) });
  }
  const { type } = HYPERPARAMETERS[name];
  return (type === 'bool' ? parseBool(name, text) : parseInteger(name, type, text)) as Setting<Name>;
}

/**
 * Several at once, each as `kappa=0.6`; of two for one name the later one holds.
 * @throws YumaError as `parseSetting`; WRONG_TYPE for what has no `=`
 */
export function parseSettings(texts: readonly string[]): Partial<Hyperparameters> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined) throw wrong('setting', 'NAME=VALUE, for instance kappa=0.6', text);
      return [name, parseSetting(name as HyperparameterName, value!)];
    }),
  );
}

/** The stored integer that stands for a share of 1; `undefined` for a hyperparameter that is none. */
export function wholeOf(name: HyperparameterName): bigint | undefined {
  const { unit } = HYPERPARAMETERS[name];
  if (unit === 'millionths') return 1_000_000n;
  return unit.endsWith('65535 = 1') ? 65_535n : undefined;
}

function parseBool(name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrong(name, 'true or false', text);
}

function parseInteger(name: HyperparameterName, type: Exclude<ParameterType, 'bool'>, text: string): number | bigint {
  const value = storedInteger(name, text);
  const [least, largest] = INTEGER_RANGE[type];
  if (value < least || value > largest) {
    const range = { least: String(least), largest: String(largest) };
    throw new YumaError('OUT_OF_RANGE', { field: name, value: String(value), ...range });
  }
  return type === 'u64' ? value : Number(value);
}

function storedInteger(name: HyperparameterName, text: string): bigint {
  const whole = wholeOf(name);
  if (whole === undefined) {
    if (INTEGER.test(text)) return BigInt(text);
    throw wrong(name, `an integer (${HYPERPARAMETERS[name].unit})`, text);
  }
  const [, numerator, denominator] = FRACTION.exec(text) ?? [];
  if (numerator !== undefined && BigInt(denominator!) === whole) return BigInt(numerator);
  const stored = shareOf(text, whole);
  if (stored !== undefined) return stored;
  throw wrong(name, `a share from 0 to 1 (0.6, 60% or ${(whole * 3n) / 5n}/${whole})`, text);
}

const INTEGER = /^-?[0-9]{1,20}$/;
const FRACTION = /^([0-9]{1,20})\/([0-9]{1,7})$/;
const DECIMAL = /^(?=\.?[0-9])([0-9]{0,20})(?:\.([0-9]{0,40}))?(%?)$/;

/** `0.6` or `60%` of `whole`, rounded to the nearest integer; `undefined`: it is no share from 0 to 1. */
function shareOf(text: string, whole: bigint): bigint | undefined {
  const [, integer, decimals = '', percent] = DECIMAL.exec(text) ?? [];
  if (integer === undefined) return undefined;
  const numerator = BigInt(integer + decimals);
  const denominator = 10n ** BigInt(decimals.length) * (percent === '%' ? 100n : 1n);
  return numerator > denominator ? undefined : (2n * numerator * whole + denominator) / (2n * denominator);
}

const wrong = (field: string, expected: string, text: string): YumaError =>
  new YumaError('WRONG_TYPE', { field, expected, got: JSON.stringify(text.slice(0, 60)) });
