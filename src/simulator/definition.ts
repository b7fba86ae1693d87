/**
 * Definition: a built-in agent, evaluation or scenario, with the parameters that it takes. One table makes the check, the
 * help and docs/simulator.md.
 */
import { type Place, YumaError } from '../epoch/index.js';

/** What a parameter may be. Numbers need not be whole unless `whole` says so. */
export type Parameter =
  | {
      readonly default: number;
      readonly least: number;
      readonly largest: number;
      readonly whole?: boolean;
      readonly says: string;
    }
  | { readonly default: string; readonly oneOf: readonly string[]; readonly says: string }
  | { readonly default: boolean; readonly says: string }
  /** `is` says what is wrong with a value, or `null`. Such a value is plain JSON. */
  | { readonly default: unknown; readonly is: (value: unknown) => string | null; readonly says: string };

export type Parameters = Readonly<Record<string, Parameter>>;

type Widened<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T;

export type ValuesOf<P extends Parameters> = { readonly [K in keyof P]: Widened<P[K]['default']> };

export interface Definition<Made, P extends Parameters = Parameters> {
  /** What it does, in a sentence. */
  readonly says: string;
  readonly parameters: P;
  create(values: ValuesOf<P>): Made;
}

/** `define<Made>()({...})`: a definition whose values are typed by its parameters. */
export const define =
  <Made>() =>
  <const P extends Parameters>(definition: Definition<Made, P>): Definition<Made> =>
    definition as unknown as Definition<Made>;

/**
 * What the definition makes of given values, defaults where there is none.
 * @throws YumaError UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE, with `field` as the path in front
 */
export function make<Made>(
  definition: Definition<Made>,
  given: Readonly<Record<string, unknown>>,
  field: string,
): Made {
  return definition.create(valuesOf(definition.parameters, given, field));
}

/** @throws YumaError UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE */
export function valuesOf(parameters: Parameters, given: Readonly<Record<string, unknown>>, field: string) {
  const known = Object.keys(parameters);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw new YumaError('UNKNOWN_FIELD', { field: `${field}.${name}`, known });
  }
  return Object.fromEntries(
    known.map((name) => [name, checkedValue(parameters[name]!, given[name], { field: `${field}.${name}` })]),
  );
}

function checkedValue(parameter: Parameter, given: unknown, place: Place): unknown {
  if (given === undefined) return parameter.default;
  if ('is' in parameter) {
    const wrong = parameter.is(given);
    if (wrong !== null) throw new YumaError('WRONG_TYPE', { ...place, expected: wrong, got: shown(given) });
    return given;
  }
  if ('oneOf' in parameter) {
    if (parameter.oneOf.includes(given as string)) return given;
    throw new YumaError('WRONG_TYPE', {
      ...place,
      expected: `one of ${parameter.oneOf.join(', ')}`,
      got: shown(given),
    });
  }
  if ('least' in parameter) return numberWithin(given, parameter.least, parameter.largest, parameter.whole, place);
  if (typeof given === 'boolean') return given;
  throw new YumaError('WRONG_TYPE', { ...place, expected: 'true or false', got: shown(given) });
}

/** @throws YumaError WRONG_TYPE, OUT_OF_RANGE */
export function numberWithin(
  value: unknown,
  least: number,
  largest: number,
  whole: boolean | undefined,
  place: Place,
): number {
  if (typeof value !== 'number' || Number.isNaN(value) || (whole && !Number.isInteger(value))) {
    throw new YumaError('WRONG_TYPE', { ...place, expected: whole ? 'an integer' : 'a number', got: shown(value) });
  }
  if (value >= least && value <= largest) return value;
  throw new YumaError('OUT_OF_RANGE', {
    ...place,
    value: String(value),
    least: String(least),
    largest: String(largest),
  });
}

const LONGEST = 60;

/** A value in a message, cut where it is long. */
export function shown(value: unknown): string {
  let text: string;
  try {
    const isNumber = typeof value === 'number'; // JSON has no NaN
    text =
      (typeof value === 'bigint' ? `${value}n` : isNumber ? String(value) : JSON.stringify(value)) ?? String(value);
  } catch {
    text = String(value);
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
