/**
 * Planner: which subnets are computed together. A function of sizes and limits, and of nothing else.
 * Errors GPU_LIMIT for a subnet that no batch could hold
 */
import { YumaError } from '../../epoch/errors.js';
import {
  BRACKET_ROWS,
  DIVIDEND_ROWS,
  FORMS,
  ITEM_WORDS,
  type Lanes,
  PADDING,
  padded,
  SERIES_WORDS,
  STATE_WORDS,
  SUBNET_WORDS,
} from './layout.js';
import { SIGMOID_WORDS } from './sigmoid.js';

/** What a subnet asks of a device; sizes of a batch are the sums. */
export interface Size {
  readonly n: number;
  /** Rows of its matrices. */
  readonly rows: number;
  /** Rows whose weights are read, and rows whose bonds are. */
  readonly weightRows: number;
  readonly bondRows: number;
  /** Stored weights and stored bonds, of each subnet an even number. */
  readonly weights: number;
  readonly bonds: number;
  readonly liquid: boolean;
}

interface PlannerLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** Some adapters end all loops of an invocation after 65 535 steps, and say nothing. */
export const MOST_STEPS = 65_535;
/** Walks over all rows that a median may take, how often threads that share a column meet in each, a few steps beside. */
const WALKS = 36;
const MEETINGS = 3;
const OTHER_STEPS = 1_024;
/** From so many cells on a batch is closed, so that copying one goes on while another is computed. */
export const ENOUGH_CELLS = 2 ** 24;

/** Bytes of every buffer of a batch. */
export interface Bytes {
  readonly tables: number;
  readonly entries: number;
  readonly matrix: number;
  readonly bondsOut: number;
  readonly marks: number;
  readonly vectors: number;
  readonly results: number;
  readonly readBack: number;
}

interface Totals {
  subnets: number;
  neurons: number;
  rows: number;
  cells: number;
  items: number;
  weights: number;
  bonds: number;
  liquid: boolean;
}

const none = (): Totals => ({
  subnets: 0,
  neurons: 0,
  rows: 0,
  cells: 0,
  items: 0,
  weights: 0,
  bonds: 0,
  liquid: false,
});

/** How many threads share a column of so many rows: as few as can bear it. */
export function lanesFor(rows: number): Lanes | undefined {
  const steps = (lanes: number): number => WALKS * (Math.ceil(rows / lanes) + MEETINGS * lanes) + OTHER_STEPS;
  return FORMS.find(({ lanes }) => steps(lanes) <= MOST_STEPS)?.lanes;
}

/** Bytes of a batch of these subnets. */
export const bytesOf = (sizes: readonly Size[]): Bytes => bytesOfTotals(sizes.reduce(plus, none()));

/** Whether a batch of its own can hold the subnet. */
export const fits = (size: Size, limits: PlannerLimits): boolean =>
  lanesFor(size.rows) !== undefined && tooLarge(plus(none(), size), limits) === undefined;

/**
 * Cuts a list of subnets into batches, in order.
 * @returns indices into `sizes`
 * @throws YumaError GPU_LIMIT
 */
export function plan(sizes: readonly Size[], limits: PlannerLimits): number[][] {
  const batches: number[][] = [];
  let batch: number[] = [];
  let totals = none();
  for (const [index, size] of sizes.entries()) {
    const single = plus(none(), size);
    refuse(size, single, limits);
    const more = plus(totals, size);
    if (batch.length > 0 && (more.cells > ENOUGH_CELLS || tooLarge(more, limits) !== undefined)) {
      batches.push(batch);
      batch = [];
      totals = single;
    } else {
      totals = more;
    }
    batch.push(index);
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

function plus(totals: Totals, size: Size): Totals {
  return {
    subnets: totals.subnets + 1,
    neurons: totals.neurons + padded(size.n),
    rows: totals.rows + size.rows,
    cells: totals.cells + size.rows * padded(size.n),
    items: totals.items + itemWords(size),
    weights: totals.weights + size.weights,
    bonds: totals.bonds + size.bonds,
    liquid: totals.liquid || size.liquid,
  };
}

/** Words of the lists of a subnet's workgroups, at most. */
function itemWords({ n, rows, weightRows, bondRows, liquid }: Size): number {
  const columnItems = 2 * 2 * Math.ceil(padded(n) / 8);
  const rowItems = ITEM_WORDS * (weightRows + bondRows) + 2 * Math.ceil(rows / DIVIDEND_ROWS);
  if (!liquid) return columnItems + rowItems;
  const brackets = 3 * Math.ceil(padded(n) / 64) * Math.ceil(rows / BRACKET_ROWS);
  return columnItems + 2 * rowItems + brackets + 3 * Math.ceil((rows * padded(n)) / PADDING / SERIES_WORDS);
}

const WORD = 4;
const EVEN = 2;

function bytesOfTotals({ subnets, neurons, rows, cells, items, weights, bonds, liquid }: Totals): Bytes {
  const bitmap = cells / PADDING;
  const marks = WORD * (subnets + (liquid ? 5 : 2) * bitmap);
  const results = WORD * 16 * neurons;
  return {
    tables: WORD * (EVEN + subnets * SUBNET_WORDS + rows + 11 * neurons + items + (liquid ? SIGMOID_WORDS : 0)),
    entries: 2 * 2 * (weights + bonds + 2 * EVEN),
    matrix: WORD * cells,
    bondsOut: 2 * cells,
    marks,
    vectors: WORD * (EVEN + subnets * STATE_WORDS + 7 * rows + 5 * neurons),
    results,
    readBack: results + 2 * cells + WORD * (subnets + bitmap),
  };
}

/** What of a batch is too large, if anything. */
function tooLarge(totals: Totals, limits: PlannerLimits): Excess | undefined {
  const { readBack, ...bound } = bytesOfTotals(totals);
  const whole = limits.maxBufferSize < limits.maxStorageBufferBindingSize;
  const most = { unit: 'bytes', name: whole ? 'maxBufferSize' : 'maxStorageBufferBindingSize' };
  const binding = limits[most.name as 'maxBufferSize'];
  const [buffer, bytes] = Object.entries(bound).sort(([, a], [, b]) => b - a)[0]!;
  if (bytes > binding) return { what: `a buffer (${buffer})`, wanted: bytes, limit: binding, ...most };
  if (readBack > limits.maxBufferSize) {
    const limit = { limit: limits.maxBufferSize, unit: 'bytes', name: 'maxBufferSize' };
    return { what: 'the buffer that is read back', wanted: readBack, ...limit };
  }
  const groups = limits.maxComputeWorkgroupsPerDimension ** 2;
  if (totals.items <= groups) return undefined;
  const name = 'maxComputeWorkgroupsPerDimension, squared';
  return { what: 'a dispatch', wanted: totals.items, limit: groups, unit: 'workgroups', name };
}

interface Excess {
  readonly what: string;
  readonly wanted: number;
  readonly limit: number;
  readonly unit: string;
  readonly name: string;
}

function refuse(size: Size, totals: Totals, limits: PlannerLimits): void {
  if (lanesFor(size.rows) === undefined) {
    const wanted = Math.ceil(size.rows / FORMS[FORMS.length - 1]!.lanes) * WALKS;
    const limit = { limit: MOST_STEPS, unit: 'steps of a thread', name: 'what some adapters stop at' };
    throw new YumaError('GPU_LIMIT', { what: 'a column', wanted, ...limit });
  }
  const excess = tooLarge(totals, limits);
  if (excess !== undefined) throw new YumaError('GPU_LIMIT', { ...excess });
}
