/** Values: parameters of scenarios as people write them, `noise=0.1`, and lists of them, `kappa=0.4,0.5` or `0.4:0.6:0.05`. */
import { HYPERPARAMETERS, type HyperparameterName, YumaError } from '../index.js';
import type { Parameters } from './definition.js';
import { parseSetting } from './settings.js';

/**
 * The value of a parameter of a scenario, else of a hyperparameter by the rule of `parseSetting`; one of type u64 as
 * decimal text, so that it stays JSON. Without `parameters` any other name takes a number, `true`, `false` or a text.
 * @throws YumaError UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE
 */
export function parseValue(name: string, text: string, parameters?: Parameters): number | string | boolean {
  const parameter = parameters && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined && Object.hasOwn(HYPERPARAMETERS, name)) {
    const value = parseSetting(name as HyperparameterName, text);
    return typeof value === 'bigint' ? String(value) : value;
  }
  if (parameter === undefined && parameters !== undefined) {
    throw new YumaError('UNKNOWN_FIELD', {
      field: name,
      known: [...Object.keys(parameters), ...Object.keys(HYPERPARAMETERS)],
    });
  }
  if (parameter !== undefined && 'oneOf' in parameter) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return NUMBER.test(text) ? Number(text) : text;
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const RANGE = /^(-?\d+(?:\.\d+)?):(-?\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/;

const MOST_VALUES = 100_000;

/**
 * Texts of a list: between commas single ones, or ranges `first:last:step`, the last one included where a step meets it.
 * Steps are counted in decimals, not in floats: `0:1:0.1` gives eleven.
 * @throws YumaError OUT_OF_RANGE for a step of 0, or more than 100 000 values
 */
export function listTexts(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [, first, last, step] = RANGE.exec(part) ?? [];
    if (first === undefined) return [part];
    const decimals = Math.max(...[first, last!, step!].map((number) => number.split('.')[1]?.length ?? 0));
    const scaled = (number: string): bigint => {
      const [whole, fraction = ''] = number.split('.');
      return BigInt(whole + fraction.padEnd(decimals, '0'));
    };
    const [from, to, by] = [scaled(first), scaled(last!), scaled(step!)];
    const count = by === 0n ? 0n : (to - from) / by + 1n;
    if (count < 1n || count > MOST_VALUES) {
      const range = { least: '1', largest: String(MOST_VALUES) };
      throw new YumaError('OUT_OF_RANGE', { field: `values of ${part}`, value: String(count), ...range });
    }
    return Array.from({ length: Number(count) }, (_, k) => decimal(from + BigInt(k) * by, decimals));
  });
}

function decimal(scaled: bigint, decimals: number): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = scaled < 0n ? '-' : '';
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - decimals)}`;
}
