/**
 * Reads a case from a parsed line: its form, not its meaning. Fields, integer types and ranges and the shape of lists
 * are checked here; lengths, columns and what the chain's setters refuse are for `checkEpochInput`, strict or lenient.
 * Format docs/case-format.md
 * Takes  a value of `parseExactly`; gives columns that share nothing with it but `meta`
 */
import { type Place, YumaError } from '../epoch/errors.js';
import { HYPERPARAMETERS, type HyperparameterName, type Hyperparameters } from '../epoch/hyperparameters.js';
import { type EpochInput, MAX_NEURONS } from '../epoch/input.js';
import { DEFAULT_RULES, type RulesVersion } from '../epoch/rules.js';
import type { Case, ExpectedCase, ExpectedIntermediates, ExpectedOutput } from './case.js';
import { describe, printable } from './describe.js';
import { CASE_FIELDS, type Kind, MID_FIELDS, NEURON_FIELDS, OUT_FIELDS, PARAM_FIELDS } from './fields.js';
import { readBig, readCount, readSmall } from './integers.js';
import { readMeta } from './meta.js';
import { type Opened, open } from './objects.js';
import { READ_VECTOR, readCommits, readRows, readStake, readU64s } from './vectors.js';

const OPTIONAL = ['rules', 'meta', 'expected', 'commitBlock'];

/** @throws YumaError with `place`, the name of the case, and the field, uid and entry of the first fault */
export function readCase(value: unknown, place: Place): Case {
  let name: string | undefined;
  try {
    const line = open(value, '', CASE_FIELDS, OPTIONAL);
    name = readText(line.name, 'name');
    const input = readInput(line);
    return 'expected' in line ? { name, input, expected: readExpected(line.expected) } : { name, input };
  } catch (fault) {
    throw fault instanceof YumaError ? fault.within(name === undefined ? place : { ...place, case: name }) : fault;
  }
}

function readInput(line: Opened<(typeof CASE_FIELDS)[number]>): EpochInput {
  const params = open(line.params, 'params', PARAM_FIELDS, []);
  const neurons = open(line.neurons, 'neurons', NEURON_FIELDS, OPTIONAL);
  return {
    // A name that is not known is refused by `checkEpochInput`.
    rules: 'rules' in line ? (readText(line.rules, 'rules') as RulesVersion) : DEFAULT_RULES,
    n: readNeuronCount(params.n),
    currentBlock: readBig(params.currentBlock, 'u64', { field: 'params.currentBlock' }),
    lastStep: readBig(params.lastStep, 'u64', { field: 'params.lastStep' }),
    emission: readBig(params.emission, 'u64', { field: 'params.emission' }),
    ownerUid: params.ownerUid === null ? null : readSmall(params.ownerUid, 'u16', { field: 'params.ownerUid' }),
    hyperparameters: readHyperparameters(params),
    stake: readStake(neurons.stakeBits, 'neurons.stakeBits'),
    lastUpdate: readU64s(neurons.lastUpdate, 'neurons.lastUpdate'),
    registeredAt: readU64s(neurons.registeredAt, 'neurons.registeredAt'),
    validatorPermit: READ_VECTOR.bools(neurons.validatorPermit, 'neurons.validatorPermit'),
    ...('commitBlock' in neurons && { commitBlock: readCommits(neurons.commitBlock, 'neurons.commitBlock') }),
    weights: readRows(line.weights, 'weights'),
    bonds: readRows(line.bonds, 'bonds'),
    ...('meta' in line && { meta: readMeta(line.meta) }),
  };
}

/** Held against the limit here, before anything of that size is made. */
function readNeuronCount(value: unknown): number {
  const n = readCount(value, { field: 'params.n' });
  const text = printable(String(value));
  if (n > MAX_NEURONS) throw new YumaError('TOO_MANY_NEURONS', { field: 'params.n', n: text, limit: MAX_NEURONS });
  if (n >= 0) return Number(n) + 0; // -0 becomes 0
  throw new YumaError('OUT_OF_RANGE', { field: 'params.n', value: text, least: '0', largest: String(MAX_NEURONS) });
}

function readHyperparameters(params: Opened<HyperparameterName>): Hyperparameters {
  const values: Record<string, number | bigint | boolean> = {};
  for (const name of Object.keys(HYPERPARAMETERS) as HyperparameterName[]) {
    const field = `params.${name}`;
    const { type } = HYPERPARAMETERS[name];
    if (type === 'bool') values[name] = readFlag(params[name], field);
    else
      values[name] = type === 'u64' ? readBig(params[name], type, { field }) : readSmall(params[name], type, { field });
  }
  return values as unknown as Hyperparameters;
}

function readExpected(value: unknown): ExpectedCase {
  const expected = open(value, 'expected', ['out', 'mid'], ['out', 'mid']);
  return {
    ...('out' in expected && { out: readResults(expected.out, 'expected.out', OUT_FIELDS) as ExpectedOutput }),
    ...('mid' in expected && { mid: readResults(expected.mid, 'expected.mid', MID_FIELDS) as ExpectedIntermediates }),
  };
}

/** The results that are there, each as its kind of vector. */
function readResults(value: unknown, path: string, kinds: { readonly [field: string]: Kind }): object {
  const names = Object.keys(kinds);
  const results = Object.entries(open(value, path, names, names));
  return Object.fromEntries(results.map(([name, list]) => [name, READ_VECTOR[kinds[name]!](list, `${path}.${name}`)]));
}

function readText(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw new YumaError('WRONG_TYPE', { field, expected: 'a string', got: describe(value) });
}

function readFlag(value: unknown, field: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new YumaError('WRONG_TYPE', { field, expected: 'true or false', got: describe(value) });
}
