/**
 * Validation: one pass over an input before any backend sees it.
 * Spec   docs/spec/yuma-epoch.md 1 (types and ranges), 1.3 (vectors shorter than n)
 * Cost   O(n + entries); matrices are read once and never copied, vectors only where their length is not n
 *
 * Strict refuses what a healthy chain cannot hold. Lenient lets it pass in the form the chain's code would see it.
 * `alphaLow` below 1638 is accepted in both: today's setter refuses it, but a value stored under an earlier limit
 * stays in force.
 */
import { YumaError } from './errors.js';
import { HYPERPARAMETERS, type HyperparameterName, INTEGER_RANGE } from './hyperparameters.js';
import { type CheckedInput, type EpochInput, MAX_NEURONS, NO_COMMIT, type SparseRows, stakeRaw } from './input.js';
import { RULES } from './rules.js';
import { describe, wrongType } from './types.js';

export interface CheckOptions {
  /** Accept odd input and give what the chain's code makes of it. Default false. */
  readonly lenient?: boolean | undefined;
}

/** @throws YumaError WRONG_TYPE for options that are no object, or hold anything but a boolean where one belongs */
export function checkOptions(options: object): void {
  if (typeof options !== 'object' || options === null) throw wrongType({ field: 'options' }, 'an object', options);
  for (const field of ['lenient', 'intermediates'] as const) {
    const flag = (options as Readonly<Record<string, unknown>>)[field];
    if (flag !== undefined && typeof flag !== 'boolean') throw wrongType({ field }, 'a boolean', flag);
  }
}

/**
 * Checks an input and brings its vectors to length n.
 * @throws YumaError with field, uid, entry and value of the first fault
 */
export function checkEpochInput(input: EpochInput, options: CheckOptions = {}): CheckedInput {
  const checked = checkAllButColumns(input, options);
  if (!options.lenient) refuseOddColumns(checked);
  return { ...checked, columnsToCheck: false };
}

/**
 * The same without a look at single columns, for a backend that checks those itself: it reads them anyway, and faster.
 * Such a backend calls `refuseOddColumns` for the error.
 */
export function checkAllButColumns(input: EpochInput, options: CheckOptions = {}): CheckedInput {
  checkOptions(options);
  const lenient = options.lenient ?? false;
  if (typeof input !== 'object' || input === null) {
    throw new YumaError('WRONG_TYPE', { field: 'input', expected: 'an EpochInput', got: describe(input) });
  }
  if (!RULES.includes(input.rules)) throw new YumaError('UNKNOWN_RULES', { rules: String(input.rules), known: RULES });
  const n = checkNeurons(input.n);
  for (const field of ['currentBlock', 'lastStep', 'emission'] as const) checkInteger(field, input[field], 'u64');
  if (input.ownerUid !== null) checkInteger('ownerUid', input.ownerUid, 'u16');
  checkHyperparameters(input, lenient);
  const stake = fitted('stake', input.stake, BigUint64Array, 2 * n, lenient);
  if (!lenient) refuseNegativeStake(stake, n);
  const lastUpdate = fitted('lastUpdate', input.lastUpdate, BigUint64Array, n, lenient, { padShort: true });
  const registeredAt = fitted('registeredAt', input.registeredAt, BigUint64Array, n, lenient);
  const validatorPermit = fitted('validatorPermit', input.validatorPermit, Uint8Array, n, lenient);
  const commitBlock = checkCommitBlock(input, n, lenient);
  const weights = checkRows('weights', input.weights, n, lenient);
  const bonds = checkRows('bonds', input.bonds, n, lenient);
  // Field by field: spreading the input would cost more than the rest of the check of a small subnet.
  return {
    rules: input.rules,
    n,
    currentBlock: input.currentBlock,
    lastStep: input.lastStep,
    emission: input.emission,
    ownerUid: input.ownerUid,
    hyperparameters: input.hyperparameters,
    stake,
    lastUpdate,
    registeredAt,
    validatorPermit,
    commitBlock,
    weights,
    bonds,
    meta: input.meta,
    permitLength: Math.min(input.validatorPermit.length, n),
    columnsToCheck: !lenient,
  };
}

function checkNeurons(n: unknown): number {
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 0) {
    throw new YumaError('WRONG_TYPE', { field: 'n', expected: 'an integer from 0', got: describe(n) });
  }
  if (n > MAX_NEURONS) throw new YumaError('TOO_MANY_NEURONS', { field: 'n', n: String(n), limit: MAX_NEURONS });
  return n;
}

/** @throws YumaError WRONG_TYPE, OUT_OF_RANGE, ALPHA_BOUNDS */
export function checkHyperparameters(input: Pick<EpochInput, 'hyperparameters'>, lenient: boolean): void {
  for (const name of Object.keys(HYPERPARAMETERS) as HyperparameterName[]) {
    const value: unknown = input.hyperparameters?.[name];
    const { type } = HYPERPARAMETERS[name];
    if (type !== 'bool') checkInteger(name, value, type);
    else if (typeof value !== 'boolean') {
      throw new YumaError('WRONG_TYPE', { field: name, expected: 'a boolean', got: describe(value) });
    }
  }
  const { alphaLow, alphaHigh } = input.hyperparameters;
  if (!lenient && alphaLow > alphaHigh) throw new YumaError('ALPHA_BOUNDS', { field: 'alphaLow', alphaLow, alphaHigh });
}

/** A u64 is a bigint, the smaller types are integral numbers. */
export function checkInteger(field: string, value: unknown, type: keyof typeof INTEGER_RANGE): void {
  const [least, largest] = INTEGER_RANGE[type];
  const fits = type === 'u64' ? typeof value === 'bigint' : typeof value === 'number' && Number.isInteger(value);
  if (!fits) {
    const expected = type === 'u64' ? 'a bigint (u64)' : `an integer (${type})`;
    throw new YumaError('WRONG_TYPE', { field, expected, got: describe(value) });
  }
  if ((value as number | bigint) < least || (value as number | bigint) > largest) {
    throw new YumaError('OUT_OF_RANGE', {
      field,
      value: String(value),
      least: String(least),
      largest: String(largest),
    });
  }
}

type Vector = BigUint64Array | Uint8Array;

/** The vector at the wanted length: itself, or lenient (or where the chain pads) a copy cut or padded with 0. */
function fitted<V extends Vector>(
  field: string,
  vector: V,
  kind: new (length: number) => V,
  length: number,
  lenient: boolean,
  { padShort = false } = {},
): V {
  if (!(vector instanceof kind)) {
    throw new YumaError('WRONG_TYPE', { field, expected: `a ${kind.name}`, got: describe(vector) });
  }
  if (vector.length === length) return vector;
  if (!lenient && !(padShort && vector.length < length)) {
    throw new YumaError('WRONG_LENGTH', { field, expected: `${length} elements`, got: vector.length, odd: true });
  }
  const copy = new kind(length);
  for (let at = 0; at < Math.min(length, vector.length); at++) copy[at] = vector[at]!;
  return copy;
}

/** The sign is the top bit of the high word, the last of four 32-bit words (typed arrays are little-endian on every host). */
function refuseNegativeStake(stake: BigUint64Array, n: number): void {
  const words = new Int32Array(stake.buffer, stake.byteOffset, 4 * n);
  for (let uid = 0; uid < n; uid++) {
    if (words[4 * uid + 3]! < 0) {
      throw new YumaError('NEGATIVE_STAKE', { field: 'stake', uid, value: String(stakeRaw(stake, uid)) });
    }
  }
}

/** As many `NO_COMMIT` as were asked for last; read by all, written by none. */
let noCommits = new BigUint64Array(0);

/** The commit blocks; where none are given `NO_COMMIT` for everyone. */
function checkCommitBlock(input: EpochInput, n: number, lenient: boolean): BigUint64Array {
  const given = input.commitBlock;
  if (given === undefined) {
    if (noCommits.length !== n) noCommits = new BigUint64Array(n).fill(NO_COMMIT);
    return noCommits;
  }
  const whole = fitted('commitBlock', given, BigUint64Array, n, lenient);
  if (given.length < n) whole.fill(NO_COMMIT, given.length);
  return whole;
}

/** Rows of n uids, or (lenient) rows cut or padded to that. Columns are not looked at. */
export function checkRows(field: 'weights' | 'bonds', rows: SparseRows, n: number, lenient: boolean): SparseRows {
  const { offsets, columns, values } = rows ?? {};
  if (!(offsets instanceof Uint32Array && columns instanceof Uint16Array && values instanceof Uint16Array)) {
    throw new YumaError('WRONG_TYPE', {
      field,
      expected: 'sparse rows { offsets: Uint32Array, columns: Uint16Array, values: Uint16Array }',
      got: describe(rows),
    });
  }
  if (columns.length !== values.length) {
    throw new YumaError('WRONG_LENGTH', {
      field: `${field}.values`,
      expected: `as many as columns (${columns.length})`,
      got: values.length,
    });
  }
  if (offsets.length !== n + 1 && !(lenient && offsets.length > 0)) {
    throw new YumaError('WRONG_LENGTH', {
      field: `${field}.offsets`,
      expected: `n + 1 = ${n + 1}`,
      got: offsets.length,
      odd: offsets.length > 0,
    });
  }
  checkOffsets(field, offsets, columns.length);
  return offsets.length === n + 1 ? rows : { offsets: fitOffsets(offsets, n), columns, values };
}

function checkOffsets(field: string, offsets: Uint32Array, entries: number): void {
  const refuse = (index: number, reason: string): never => {
    throw new YumaError('BAD_ROW_OFFSETS', { field: `${field}.offsets`, at: index, reason });
  };
  if (offsets[0] !== 0) refuse(0, `is ${offsets[0] ?? 'missing'}, not 0`);
  for (let row = 1; row < offsets.length; row++) {
    if (offsets[row]! < offsets[row - 1]!) refuse(row, `falls from ${offsets[row - 1]} to ${offsets[row]}`);
  }
  const last = offsets[offsets.length - 1]!;
  if (last !== entries) refuse(offsets.length - 1, `is ${last}, there are ${entries} entries`);
}

/** @throws YumaError COLUMN_OUT_OF_RANGE, DUPLICATE_COLUMN */
export function refuseOddColumns({ n, weights, bonds }: CheckedInput): void {
  refuseOddRows('weights', weights.offsets, weights.columns, n);
  refuseOddRows('bonds', bonds.offsets, bonds.columns, n);
}

/** Columns rise in most rows, which shows at a glance that none is there twice; other rows are marked off. */
function refuseOddRows(field: string, offsets: Uint32Array, columns: Uint16Array, n: number): void {
  let seenBy: Int32Array | undefined;
  for (let uid = 0; uid < n; uid++) {
    const start = offsets[uid]!;
    const end = offsets[uid + 1]!;
    let rising = true;
    let previous = -1;
    for (let at = start; at < end; at++) {
      const column = columns[at]!;
      if (column >= n) throw new YumaError('COLUMN_OUT_OF_RANGE', { field, uid, entry: at - start, column, n });
      rising &&= column > previous;
      previous = column;
    }
    if (rising) continue;
    seenBy ??= new Int32Array(n).fill(-1);
    for (let at = start; at < end; at++) {
      const column = columns[at]!;
      if (seenBy[column] === uid) throw new YumaError('DUPLICATE_COLUMN', { field, uid, entry: at - start, column });
      seenBy[column] = uid;
    }
  }
}

/** Rows beyond n are not read; rows that are missing are empty. */
function fitOffsets(offsets: Uint32Array, n: number): Uint32Array {
  const padded = new Uint32Array(n + 1).fill(offsets[offsets.length - 1]!);
  padded.set(offsets.subarray(0, n + 1));
  return padded;
}
