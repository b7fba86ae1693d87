/**
 * Writes cases and results as JSON, in exactly the forms of the case format: u64 amounts, stake and intermediates are
 * decimal strings, other integers numbers up to 2^53 - 1 and strings above.
 * Format docs/case-format.md
 * Takes  columns as `readCases` and the engine give them; writes what it is given, checked or not
 */
import { type EpochInput, listRows, NO_COMMIT, stakeRaw } from '../epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '../epoch/output.js';
import { DEFAULT_RULES } from '../epoch/rules.js';
import type { Case, ExpectedCase, ExpectedIntermediates, ExpectedOutput } from './case.js';
import {
  type JsonOf,
  type Kind,
  MID_FIELDS,
  type MidField,
  OUT_FIELDS,
  type OutField,
  PARAM_FIELDS,
  STRING_PARAMS,
  type VectorOf,
} from './fields.js';
import { metaText } from './meta.js';

/** `expected.out` as JSON values. */
export type OutputJson = { [K in OutField]: JsonOf<(typeof OUT_FIELDS)[K]> };

/** `expected.mid` as JSON values. */
export type IntermediatesJson = { [K in MidField]: JsonOf<(typeof MID_FIELDS)[K]> };

/** JSON values of each kind of vector. */
const TO_JSON: { readonly [K in Kind]: (vector: VectorOf<K>) => JsonOf<K> } = {
  bools: (vector) => Array.from(vector, (flag) => flag !== 0),
  u16s: (vector) => Array.from(vector),
  u64s: (vector) => Array.from(vector, String),
  i64s: (vector) => Array.from(vector, String),
  rows: listRows,
};

/** The results of an epoch under the names, in the order and in the forms of `expected.out`. */
export function outputToJson(output: EpochOutput): OutputJson {
  return resultsToJson(output, OUT_FIELDS) as unknown as OutputJson;
}

/** The raw I32F32 intermediates likewise, as `expected.mid`. */
export function intermediatesToJson(intermediates: EpochIntermediates): IntermediatesJson {
  return resultsToJson(intermediates, MID_FIELDS) as unknown as IntermediatesJson;
}

/** One line of a case file, without the line break. `rules` is left out where it is the default. */
export function formatCase({ name, input, expected }: Case): string {
  const parts = [`"name":${JSON.stringify(name)}`];
  if (input.rules !== DEFAULT_RULES) parts.push(`"rules":${JSON.stringify(input.rules)}`);
  if (input.meta !== undefined) parts.push(`"meta":${metaText(input.meta)}`);
  parts.push(`"params":${JSON.stringify(paramsToJson(input))}`);
  parts.push(`"neurons":${JSON.stringify(neuronsToJson(input))}`);
  parts.push(`"weights":${JSON.stringify(listRows(input.weights))}`);
  parts.push(`"bonds":${JSON.stringify(listRows(input.bonds))}`);
  if (expected !== undefined) parts.push(`"expected":${JSON.stringify(expectedToJson(expected))}`);
  return `{${parts.join(',')}}`;
}

function paramsToJson(input: EpochInput): object {
  const values = { ...input.hyperparameters, ...input };
  return Object.fromEntries(PARAM_FIELDS.map((name) => [name, paramToJson(name, values[name])]));
}

function paramToJson(name: string, value: number | bigint | boolean | null): number | string | boolean | null {
  if (STRING_PARAMS.has(name)) return String(value);
  return typeof value === 'bigint' ? integerToJson(value) : value;
}

function neuronsToJson(input: EpochInput): object {
  const { stake, lastUpdate, registeredAt, validatorPermit, commitBlock } = input;
  return {
    stakeBits: Array.from({ length: stake.length / 2 }, (_, uid) => String(stakeRaw(stake, uid))),
    lastUpdate: Array.from(lastUpdate, integerToJson),
    registeredAt: Array.from(registeredAt, integerToJson),
    validatorPermit: TO_JSON.bools(validatorPermit),
    ...(commitBlock !== undefined && {
      commitBlock: Array.from(commitBlock, (block) => (block === NO_COMMIT ? null : integerToJson(block))),
    }),
  };
}

function expectedToJson({ out, mid }: ExpectedCase): object {
  return {
    ...(out !== undefined && { out: resultsToJson(out, OUT_FIELDS) }),
    ...(mid !== undefined && { mid: resultsToJson(mid, MID_FIELDS) }),
  };
}

/** The results that are there, in order. */
function resultsToJson(results: ExpectedOutput | ExpectedIntermediates, kinds: { readonly [field: string]: Kind }) {
  const vectors = results as { readonly [field: string]: VectorOf<Kind> | undefined };
  const json: { [field: string]: JsonOf<Kind> } = {};
  for (const [field, kind] of Object.entries(kinds)) {
    const vector = vectors[field];
    if (vector !== undefined) json[field] = (TO_JSON[kind] as (vector: VectorOf<Kind>) => JsonOf<Kind>)(vector);
  }
  return json;
}

/** A number where a double holds it, else a decimal string. */
function integerToJson(integer: bigint): number | string {
  return integer <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(integer) : String(integer);
}
