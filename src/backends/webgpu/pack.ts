/**
 * Pack: a batch as the device takes it: tables, entries, and what each dispatch is told.
 * Layout docs/gpu.md. What of a held subnet lies on the device is no part of it: `Slot` has it copied there
 * Cost   O(neurons + entries), all of it copies of whole arrays; lists of workgroups beside
 */
import type { SparseRows } from '../../epoch/input.js';
import { describeSubnet, type Place } from './describe.js';
import { type Lanes, padded, SUBNET_WORDS, TASK, TASK_STRIDE, type TaskField } from './layout.js';
import { type Columns, type Dispatch, Lists } from './lists.js';
import { type Offsets, offsetsOf } from './offsets.js';
import { type Bytes, bytesOf } from './planner.js';
import { isLiquid, type Prepared } from './prepare.js';
import { SIGMOID_WORDS, sigmoidTable } from './sigmoid.js';

export interface Packed {
  readonly subnets: readonly (Place & { readonly prepared: Prepared; readonly columns: Columns })[];
  readonly tables: Uint32Array<ArrayBuffer>;
  readonly entries: Uint16Array<ArrayBuffer>;
  /** The parts of the entries that are uploaded, in order. */
  readonly uploads: readonly Part[];
  readonly tasks: Uint32Array<ArrayBuffer>;
  readonly dispatches: readonly Dispatch[];
  readonly offsets: Offsets;
  readonly bytes: Bytes;
  readonly neurons: number;
  readonly cells: number;
}

/** From one entry up to another, even ones. */
interface Part {
  readonly from: number;
  readonly to: number;
}

const NONE = 0xffff_ffff;
let sigmoid: Uint32Array | undefined;

/** @param perDimension most workgroups in one dimension of a dispatch @param lanes see `Lists` */
export function pack(batch: readonly Prepared[], perDimension: number, lanes?: Lanes): Packed {
  const place = { cell: 0, row: 0, neuron: 0 };
  const places = batch.map((prepared) => {
    const here = { ...place, prepared };
    place.cell += prepared.size.rows * padded(prepared.size.n);
    place.row += prepared.size.rows;
    place.neuron += padded(prepared.size.n);
    return here;
  });
  const { cell: cells, row: rows, neuron: neurons } = place;
  const bytes = bytesOf(batch.map(({ size }) => size));
  const tables = new Uint32Array(bytes.tables / 4);
  const offsets = offsetsOf(batch, rows, neurons, cells);
  const { entries, uploads, columns } = writeEntries(batch, bytes, offsets);
  const subnets = places.map((here, index) => ({ ...here, columns: columns[index]! }));
  writeTables(tables, subnets, offsets);

  const sigmoidWords = batch.some(({ size }) => size.liquid) ? SIGMOID_WORDS : 0;
  const lists = new Lists(tables, offsets.sigmoid + sigmoidWords, lanes);
  for (const [index, each] of subnets.entries()) lists.addSubnet(index, each.prepared, each.columns);
  const dispatches = lists.close(batch.length);
  return {
    subnets,
    tables,
    entries,
    uploads,
    tasks: tasksOf(dispatches, offsets, perDimension),
    dispatches,
    offsets,
    bytes,
    neurons,
    cells,
  };
}

/** Columns of all weights, their values, columns of all bonds, their values; where each subnet's columns begin. */
function writeEntries(
  batch: readonly Prepared[],
  bytes: Bytes,
  { weight_values, bond_values }: Offsets,
): { entries: Uint16Array<ArrayBuffer>; uploads: Part[]; columns: Columns[] } {
  const isOnDevice = ({ held, carried }: Prepared): boolean => held !== undefined && carried !== undefined;
  const entries = new Uint16Array(batch.every(isOnDevice) ? 0 : bytes.entries / 2);
  const parts: Part[] = [];
  const put = ({ columns, values }: SparseRows, at: number, length: number, valuesAt: number): void => {
    entries.set(columns, at);
    entries.set(values, at + valuesAt);
    parts.push({ from: at, to: at + length }, { from: at + valuesAt, to: at + valuesAt + length });
  };
  let weightsAt = 0;
  let bondsAt = 2 * weight_values;
  const columns = batch.map(({ input, held, carried, size }) => {
    const at = { weights: weightsAt, bonds: bondsAt };
    if (held === undefined) put(input.weights, weightsAt, size.weights, weight_values);
    if (carried === undefined) put(input.bonds, bondsAt, size.bonds, bond_values);
    weightsAt += size.weights;
    bondsAt += size.bonds;
    return at;
  });
  return { entries, uploads: joined(parts), columns };
}

/** Parts in order; those that touch are one. */
function joined(parts: Part[]): Part[] {
  const whole: Part[] = [];
  for (const { from, to } of parts.sort((a, b) => a.from - b.from)) {
    if (to === from) continue;
    const last = whole.at(-1);
    if (last?.to === from) whole[whole.length - 1] = { from: last.from, to };
    else whole.push({ from, to });
  }
  return whole;
}

function writeTables(tables: Uint32Array<ArrayBuffer>, subnets: Packed['subnets'], offsets: Offsets): void {
  const words = new BigUint64Array(tables.buffer, 0, tables.length >> 1);
  for (const [index, { prepared, columns: _, ...place }] of subnets.entries()) {
    const { input, raw, uids } = prepared;
    const by64 = (field: TaskField, values: BigUint64Array | BigInt64Array): void => {
      const bits = new BigUint64Array(values.buffer, values.byteOffset, values.length);
      words.set(bits, offsets[field] / 2 + place.neuron);
    };
    by64('registered', input.registeredAt);
    by64('last_updates', input.lastUpdate);
    by64('commits', input.commitBlock);
    by64('stakes', raw.stake);
    by64('active_stakes', raw.activeStake);
    const rowsAt = offsets.neuron_rows + place.neuron;
    tables.fill(NONE, rowsAt, rowsAt + padded(input.n));
    for (const [row, uid] of uids.entries()) tables[rowsAt + uid] = place.row + row;
    tables.set(describeSubnet(prepared, place), offsets.subnets + index * SUBNET_WORDS);
    tables.set(uids, offsets.row_uids + place.row);
  }
  if (subnets.some(({ prepared }) => isLiquid(prepared.input))) {
    sigmoid ??= sigmoidTable();
    tables.set(sigmoid, offsets.sigmoid);
  }
}

/** What each dispatch is told, TASK_STRIDE bytes apart. */
function tasksOf(dispatches: readonly Dispatch[], offsets: Offsets, perDimension: number): Uint32Array<ArrayBuffer> {
  const words = TASK_STRIDE / 4;
  const tasks = new Uint32Array(dispatches.length * words);
  for (const [index, { list, count }] of dispatches.entries()) {
    const task: Offsets = { ...offsets, list, count, groups: Math.min(count, perDimension) };
    tasks.set(
      TASK.map((field) => task[field]),
      index * words,
    );
  }
  return tasks;
}
