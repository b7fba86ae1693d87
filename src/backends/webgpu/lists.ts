/**
 * Lists: which part of a batch each workgroup of each kernel takes. Every dispatch reads a list in the tables, but those of
 * one workgroup a subnet.
 */
import { type Kernel, PASSES, type PassName } from './kernels.js';
import { BRACKET_ROWS, DIVIDEND_ROWS, FORMS, type Lanes, PADDING, padded, SERIES_WORDS } from './layout.js';
import { lanesFor } from './planner.js';
import type { Prepared } from './prepare.js';

export interface Dispatch {
  readonly kernel: Kernel;
  /** Workgroups. */
  readonly count: number;
  /** Where their list begins in the tables. */
  readonly list: number;
}

/** Where the columns of a subnet's stored weights and bonds begin among the entries. */
export interface Columns {
  readonly weights: number;
  readonly bonds: number;
}

interface List {
  readonly kernel: Kernel;
  readonly words: number[];
  count: number;
}

const NONE = 0xffff_ffff;
const OF_SUBNETS: readonly PassName[] = ['votes', 'incentive', 'emission'];

export class Lists {
  private readonly lists = new Map<string, List>();

  /** @param start of the lists in the tables @param lanes threads that share a column; default as few as can bear it */
  constructor(
    private readonly tables: Uint32Array,
    private readonly start: number,
    private readonly lanes?: Lanes,
  ) {}

  addSubnet(index: number, prepared: Prepared, columns: Columns): void {
    const { input, size } = prepared;
    this.addRows(index, prepared, columns);
    const stride = padded(size.n);
    const lanes = this.lanes ?? lanesFor(size.rows)!; // the planner refused what none can bear
    const { pairs } = FORMS.find((form) => form.lanes === lanes)!;
    for (let pair = 0; pair < stride / 2; pair += pairs) {
      this.add('consensus', lanes, index, pair);
      this.add(input.hyperparameters.yuma3 ? 'yuma3' : 'yuma2', lanes, index, pair);
    }
    for (let row = 0; row < size.rows; row += DIVIDEND_ROWS) this.add('dividends', 1, index, row);
    if (!size.liquid) return;
    for (let row = 0; row < size.rows; row += BRACKET_ROWS) {
      for (let column = 0; column < stride; column += 64) this.add('bracket', 1, index, column, row);
    }
    const words = (size.rows * stride) / PADDING;
    for (let word = 0; word < words; word += SERIES_WORDS) this.add('series', 1, index, word, 0);
  }

  private addRows(index: number, prepared: Prepared, at: Columns): void {
    const { input, held, carried, uids, weightRows, bondRows, checked, size } = prepared;
    const { weights, bonds } = input;
    const add = (pass: PassName, row: number, uid: number, { offsets }: typeof weights, start: number): void =>
      this.add(pass, 1, index, row, uid, start, start + offsets[uid + 1]! - offsets[uid]!);
    const addWeights = (pass: PassName, row: number, uid: number): void =>
      add(pass, row, uid, weights, at.weights + (held?.weights.startOf(uid) ?? weights.offsets[uid]!));
    for (const uid of checked) addWeights('weights', NONE, uid);
    for (const row of weightRows) {
      addWeights('weights', row, uids[row]!);
      if (size.liquid) addWeights('weightCursor', row, uids[row]!);
    }
    for (const row of bondRows) {
      if (carried !== undefined) {
        const start = at.bonds + carried.places.get(uids[row]!)! * carried.stride;
        this.add('carried', 1, index, row, uids[row]!, start, start + carried.stride);
        continue;
      }
      const start = at.bonds + bonds.offsets[uids[row]!]!;
      add('horizon', row, uids[row]!, bonds, start);
      if (size.liquid) add('bondCursor', row, uids[row]!, bonds, start);
    }
  }

  private add(pass: PassName, lanes: Lanes, ...item: number[]): void {
    const key = `${pass} ${lanes}`;
    let list = this.lists.get(key);
    if (list === undefined) {
      list = { kernel: { pass, lanes }, words: [], count: 0 };
      this.lists.set(key, list);
    }
    list.words.push(...item);
    list.count += 1;
  }

  /** Writes all lists and gives the dispatches in the order in which they are to run. */
  close(subnets: number): Dispatch[] {
    const dispatches: Dispatch[] = [];
    let at = this.start;
    for (const pass of Object.keys(PASSES) as PassName[]) {
      if (OF_SUBNETS.includes(pass)) dispatches.push({ kernel: { pass, lanes: 1 }, count: subnets, list: 0 });
      for (const { kernel, words, count } of this.lists.values()) {
        if (kernel.pass !== pass) continue;
        this.tables.set(words, at);
        dispatches.push({ kernel, count, list: at });
        at += words.length;
      }
    }
    return dispatches;
  }
}
