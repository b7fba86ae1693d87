/**
 * Held: what stays of a subnet on the device between its epochs: stored weights, and the bonds that its last epoch wrote.
 * Layout     weights: `held-weights.ts`. Bonds as `bondsOut`: rows of the last batch, a u16 a cell; the next one reads them
 *            with carried.wgsl
 * Ownership  buffers are this subnet's own. An epoch writes its bonds beside those it reads; `accept` changes places, so that
 *            an epoch that fails or is dropped leaves nothing behind. One epoch at a time
 * PERF       a batch copies them on the device: 4 bytes a weight and 4 a cell there, next to nothing across the bus
 */
import type { CheckedInput, SparseRows } from '../../epoch/input.js';
import { bufferOf } from './buffers.js';
import type { Device } from './device.js';
import { HeldWeights } from './held-weights.js';
import { padded } from './layout.js';

/** An epoch of a subnet that is held. Its `bonds` are empty where they lie on the device. */
export interface HeldInput extends CheckedInput {
  readonly held: Held;
  /** Nobody asks for the bonds: those of the output may be left empty (then `held.outcome` is there). */
  readonly bondsStay: boolean;
}

/** What an epoch has to know of bonds on the device. */
export interface Carried {
  readonly buffer: GPUBuffer;
  /** Cells of a row. */
  readonly stride: number;
  readonly rows: number;
  /** Row of each uid that still has one. */
  readonly places: Map<number, number>;
}

/** Where a batch has the subnet's stored weights and bonds, in u16 among its entries. */
export interface Entries {
  readonly columns: number;
  readonly values: number;
  readonly bonds: number;
}

const U16 = 2;

export class Held {
  /** Where the bonds lie that the next epoch reads; `undefined` = with the host. */
  carried: Carried | undefined;
  /** What the epoch on its way, or the last one, wrote and was not taken over yet. */
  outcome: Carried | undefined;
  /** Bonds that epochs write now have columns in ascending order: only then can they stay. */
  ordered = true;
  /** There was no room on the device once: bonds are with the host from then on. */
  private crowded = false;
  private device: Device | undefined;
  readonly weights = new HeldWeights();
  private spare: GPUBuffer | undefined;

  /** @param bondsOnHost the bonds, in rows, wherever they lie: they are computed again if need be */
  constructor(readonly bondsOnHost: () => SparseRows) {}

  /** Whether bonds that an epoch writes stay here. */
  get keeps(): boolean {
    return this.ordered && !this.crowded;
  }

  /** Where the next epoch runs: what lies on another device is gone. */
  moveTo(device: Device): void {
    if (this.device !== device) this.release();
    this.device = device;
  }

  /** There is no room for bonds by column, or for weights that moved: all comes from the host. */
  crowd(): void {
    this.crowded = true;
    this.release();
  }

  /** Someone else takes the uid over. */
  forget(uid: number): void {
    this.carried?.places.delete(uid);
  }

  /** Records what brings rows among the entries of a batch, and hands over what changed of them. */
  load(encoder: GPUCommandEncoder, weights: SparseRows, entries: GPUBuffer, at: Entries): void {
    this.weights.load(this.device!, encoder, weights, entries, at.columns, at.values);
    const { carried } = this;
    if (carried === undefined || carried.rows === 0) return;
    encoder.copyBufferToBuffer(carried.buffer, 0, entries, U16 * at.bonds, bytesOf(carried.rows, carried.stride));
  }

  /** Records what keeps the bonds that a batch writes from a cell on. @param uids of its rows @param permits the new ones */
  keep(
    encoder: GPUCommandEncoder,
    bondsOut: GPUBuffer,
    cell: number,
    uids: readonly number[],
    permits: Uint8Array,
  ): void {
    const stride = padded(permits.length);
    const bytes = bytesOf(uids.length, stride);
    this.spare = bufferOf(this.device!, this.spare, bytes);
    if (bytes > 0) encoder.copyBufferToBuffer(bondsOut, U16 * cell, this.spare, 0, bytes);
    const places = new Map<number, number>();
    for (const [row, uid] of uids.entries()) if (permits[uid] !== 0) places.set(uid, row);
    this.outcome = { buffer: this.spare, stride, rows: uids.length, places };
  }

  /** The bonds of the epoch are those that the next one reads: on the device, or else with the host. */
  accept(): void {
    const { carried, outcome } = this;
    this.outcome = undefined;
    this.carried = outcome;
    if (outcome === undefined) carried?.buffer.destroy();
    else this.spare = carried?.buffer;
  }

  /** What the epoch wrote is not taken over. */
  drop(): void {
    this.outcome = undefined;
  }

  /** Frees all of it. What the next epoch needs is uploaded again. */
  release(): void {
    this.weights.release();
    for (const buffer of [this.carried?.buffer, this.spare]) buffer?.destroy();
    this.carried = this.spare = this.outcome = undefined;
  }
}

const bytesOf = (rows: number, stride: number): number => U16 * rows * stride;
