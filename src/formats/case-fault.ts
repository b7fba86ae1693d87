/**
 * Case fault: what the engine found wrong with a case, in the words of its file. The engine knows vectors by the names
 * of the API, stake as pairs of words and rows by their offsets; who wrote the file knows none of that.
 */
import { type ErrorData, YumaError } from '../epoch/errors.js';
import type { EpochCase } from './case.js';
import { NEURON_FIELDS, PARAM_FIELDS } from './fields.js';

/** Fields of the API whose name in a file is another. */
const NAME_IN_FILE: ReadonlyMap<string, string> = new Map([
  ...PARAM_FIELDS.map((name) => [name, `params.${name}`] as const),
  ...NEURON_FIELDS.map((name) => [name, `neurons.${name}`] as const),
  ['stake', 'neurons.stakeBits'],
  ['weights.offsets', 'weights'],
  ['bonds.offsets', 'bonds'],
]);

/** The fault with file, line and case; one that is no `YumaError` as it came. */
export function caseFault(fault: unknown, { file, line, name, input }: EpochCase): unknown {
  if (!(fault instanceof YumaError)) return fault;
  const { code, data }: YumaError = fault;
  const { field } = data;
  const lengths = code === 'WRONG_LENGTH' ? lengthsInFile(data as ErrorData['WRONG_LENGTH'], field, input.n) : {};
  const named = field === undefined ? {} : { field: NAME_IN_FILE.get(field) ?? field };
  return new YumaError(code, { ...data, ...lengths, ...named, file, line, case: name }, { cause: fault });
}

/** Lengths of lists, where the engine counts words or offsets. */
function lengthsInFile({ got }: ErrorData['WRONG_LENGTH'], field: string | undefined, n: number): object {
  if (field === 'stake') return { expected: `${n} elements`, got: got / 2 };
  if (field === 'weights.offsets' || field === 'bonds.offsets') return { expected: `${n} rows`, got: got - 1 };
  return {};
}
