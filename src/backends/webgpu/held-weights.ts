/**
 * Held weights: the stored weights of a subnet in a buffer of its own on the device, row by row. A row has room for an even
 * number of entries, so it is written in whole words of its own, and one that outgrows its room moves behind all others:
 * whatever becomes of a row, the others stay where they are.
 *
 *   columns of all rows, room to grow | their values, room to grow                          u16, two a word
 *
 * Cost   what changed across the bus; the whole again once half of the places are empty, or the room to grow is used up
 */
import type { SparseRows } from '../../epoch/input.js';
import { bufferOf } from './buffers.js';
import type { Device } from './device.js';
import { even } from './layout.js';

const U16 = 2;
/** Room to grow: a quarter, and a little. */
const roomFor = (extent: number): number => even(Math.ceil(1.25 * extent)) + 64;

export class HeldWeights {
  /** Entries up to which there are rows; even. */
  extent = 0;
  private starts = new Uint32Array(0);
  private rooms = new Uint32Array(0);
  private buffer: GPUBuffer | undefined;
  /** Entries for which the buffer has room. */
  private capacity = 0;
  /** Uids whose rows are not there as they are now; `undefined` = all of them. */
  private changed: Set<number> | undefined;

  /** The row of the uid has other contents, or another length. */
  change(uid: number): void {
    this.changed?.add(uid);
  }

  /** Gives every row its place. Uids that are new have rows without entries, unless they changed. */
  arrange({ offsets }: SparseRows): void {
    const n = offsets.length - 1;
    const { changed } = this;
    if (changed === undefined) {
      this.arrangeAll(offsets);
      return;
    }
    if (n > this.starts.length) {
      this.starts = grown(this.starts, n);
      this.rooms = grown(this.rooms, n);
    }
    for (const uid of changed) {
      const room = even(lengthOf(offsets, uid));
      if (room <= this.rooms[uid]!) continue;
      this.starts[uid] = this.extent;
      this.rooms[uid] = room;
      this.extent += room;
    }
    if (this.extent > this.capacity || this.extent > 2 * offsets[n]! + 2 * n) this.arrangeAll(offsets);
  }

  /** First entry of the row on the device. */
  startOf(uid: number): number {
    return this.starts[uid]!;
  }

  /** Hands over what changed of the arranged rows, and records their copy to two places among u16 entries. */
  load(
    device: Device,
    encoder: GPUCommandEncoder,
    rows: SparseRows,
    to: GPUBuffer,
    columns: number,
    values: number,
  ): void {
    const bytes = U16 * this.extent;
    if (bytes === 0) return;
    const buffer = this.uploaded(device, rows);
    encoder.copyBufferToBuffer(buffer, 0, to, U16 * columns, bytes);
    encoder.copyBufferToBuffer(buffer, U16 * this.capacity, to, U16 * values, bytes);
  }

  /** Frees the buffer: all is handed over again. */
  release(): void {
    this.buffer?.destroy();
    this.buffer = this.changed = undefined;
  }

  /** One row after the other. */
  private arrangeAll(offsets: Uint32Array): void {
    const n = offsets.length - 1;
    this.starts = new Uint32Array(n);
    this.rooms = new Uint32Array(n);
    this.extent = 0;
    for (let uid = 0; uid < n; uid++) {
      this.starts[uid] = this.extent;
      this.rooms[uid] = even(lengthOf(offsets, uid));
      this.extent += this.rooms[uid]!;
    }
    this.changed = undefined;
  }

  private uploaded(device: Device, rows: SparseRows): GPUBuffer {
    const { changed } = this;
    const known = this.buffer;
    const some = sum([...(changed ?? [])].map((uid) => lengthOf(rows.offsets, uid)));
    if (changed === undefined || known === undefined || some > this.extent / 2) {
      this.capacity = Math.max(this.capacity, roomFor(this.extent));
      this.buffer = bufferOf(device, known, 2 * U16 * this.capacity);
      this.writeAll(device, this.buffer, rows);
    } else for (const uid of changed) this.writeRow(device, known, rows, uid);
    this.changed = new Set();
    return this.buffer!;
  }

  private writeRow(device: Device, buffer: GPUBuffer, { offsets, columns, values }: SparseRows, uid: number): void {
    const [from, to] = [offsets[uid]!, offsets[uid + 1]!];
    if (to === from) return;
    for (const [at, entries] of [columns, values].entries()) {
      const words = new Uint16Array(even(to - from));
      words.set(entries.subarray(from, to));
      device.gpu.queue.writeBuffer(buffer, U16 * (at * this.capacity + this.starts[uid]!), words);
    }
  }

  private writeAll(device: Device, buffer: GPUBuffer, { offsets, columns, values }: SparseRows): void {
    for (const [at, entries] of [columns, values].entries()) {
      const words = new Uint16Array(this.extent);
      for (let uid = 0; uid < this.starts.length; uid++) {
        words.set(entries.subarray(offsets[uid]!, offsets[uid + 1]!), this.starts[uid]!);
      }
      device.gpu.queue.writeBuffer(buffer, U16 * at * this.capacity, words);
    }
  }
}

const lengthOf = (offsets: Uint32Array, uid: number): number => offsets[uid + 1]! - offsets[uid]!;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function grown(words: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(length);
  longer.set(words);
  return longer;
}
