/**
 * Subnet memory: one subnet's inputs and outputs in an arena, where they stay from one epoch to the next.
 * Layout  the state of docs/abi.md: inputs, outputs, and two places for bonds. An epoch reads the bonds of the one and
 *         writes the other; `turn` makes what was written what is read, so bonds are never copied back
 * Owns    its block of the arena; written by one thread at a time: this one, or the worker that runs the epoch
 */
import { changedInput } from '../../epoch/changed.js';
import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput, EpochMeta, SparseRows } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import type { RunOptions } from '../backend.js';
import type { Arenas, Place } from './arena.js';
import { STATUS } from './layout.js';
import { type Parameters, readIntermediates, type Views, viewsOf, writeInput, writeParams } from './views.js';

/** Entries that there is room for. The bonds' room has to hold all weights and all bonds read. */
export interface Room {
  readonly w: number;
  readonly b: number;
}

/** The arrays that an epoch reads, but for the weights. */
export type InputArrays = Pick<
  CheckedInput,
  'stake' | 'lastUpdate' | 'registeredAt' | 'commitBlock' | 'validatorPermit' | 'bonds'
>;

/** Just enough for one epoch. */
export const roomOnce = (w: number, b: number): Room => ({ w, b: w + b });

/** Enough for the epochs to come as long as the weights do not grow by more than an eighth. */
export function roomToStay(w: number, b: number): Room {
  const room = w + (w >> 3) + 64;
  return { w: room, b: room + Math.max(room, b) };
}

export class SubnetMemory {
  readonly n: number;
  readonly place: Place;
  /** Of its block. */
  readonly bytes: number;
  /** Tiles did not do for this subnet: it gets the scratch that any epoch needs. */
  needsLargeScratch = false;
  /** False once an epoch of it could not be split by columns. */
  splits = true;
  private turned = false;
  private kept: Views | undefined;

  /**
   * @throws YumaError OUT_OF_MEMORY; BAD_USAGE if the input is not what was checked any more, its caller having changed it
   *         since; then nothing is allocated
   */
  constructor(
    private readonly arenas: Arenas,
    input: CheckedInput,
    readonly room: Room,
  ) {
    this.n = input.n;
    this.bytes = arenas.first.exports.stateBytes(input.n, room.w, room.b);
    this.place = arenas.allocate(this.bytes);
    try {
      writeInput(this.views, input);
      const { w, b } = this.entries;
      if (w > room.w || b > room.b) throw new RangeError(`rows of ${w} weights and ${b} bonds in all`);
    } catch (cause) {
      this.free();
      throw changedInput(cause as Error);
    }
  }

  /** Views of all arrays; good until memory is allocated in this arena. */
  get views(): Views {
    if (this.kept !== undefined && this.kept.params.buffer.byteLength > 0) return this.kept;
    const { exports } = this.place.arena;
    const { at } = this.place;
    const status = exports.place(at, at, 0, this.n, this.room.w, this.room.b);
    if (status !== 0) throw new YumaError('CORE_FAULT', { status, reason: STATUS[status] ?? 'unknown' });
    this.kept = viewsOf(exports, this.n, this.room.w, this.room.b, this.room.b);
    return this.kept;
  }

  /** Rows of weights, in place, with what room there is behind the last entry. */
  get weights(): SparseRows {
    return this.views.weights;
  }

  /** Rows of the bonds that the next epoch reads. */
  get bonds(): SparseRows {
    return this.turned ? this.views.bondsOut : this.views.bonds;
  }

  /** Rows of the bonds that the last epoch wrote, if it was not taken over yet. */
  private get written(): SparseRows {
    return this.turned ? this.views.bonds : this.views.bondsOut;
  }

  get entries(): { readonly w: number; readonly b: number } {
    return { w: this.weights.offsets[this.n]!, b: this.bonds.offsets[this.n]! };
  }

  /** Rows that hold any weight or bond. O(n) */
  get rows(): number {
    const weights = this.weights.offsets;
    const bonds = this.bonds.offsets;
    let rows = 0;
    for (let uid = 0; uid < this.n; uid++) {
      if (weights[uid + 1] !== weights[uid] || bonds[uid + 1] !== bonds[uid]) rows += 1;
    }
    return rows;
  }

  /** Scratch that the next epoch takes, as far as is known before it runs. */
  get scratchBytes(): number {
    const { w, b } = this.entries;
    const { exports } = this.arenas.first;
    if (this.needsLargeScratch) return exports.scratchBytes(this.n, w, b);
    return exports.tileScratchBytes(this.n, this.rows, w, b);
  }

  writeParameters(parameters: Parameters): void {
    writeParams(this.views.params, parameters, this.turned);
  }

  /** Takes the epoch's bonds and permits over: they are what the next one reads. */
  turn(): void {
    this.turned = !this.turned;
    this.views.validatorPermit.set(this.views.newValidatorPermit);
  }

  /**
   * Results in place. Each array is made when it is asked for: an unshared memory that grows voids those made before.
   * @param accepted `turn` was called since the run
   */
  view(accepted: boolean, meta?: EpochMeta): EpochOutput {
    const views = (): Views => this.views;
    const bonds = (): SparseRows => trimmed(accepted ? this.bonds : this.written, this.n);
    return {
      n: this.n,
      get active() {
        return views().active;
      },
      get stakeWeight() {
        return views().stakeWeight;
      },
      get consensus() {
        return views().consensus;
      },
      get incentive() {
        return views().incentive;
      },
      get dividends() {
        return views().dividends;
      },
      get validatorTrust() {
        return views().validatorTrust;
      },
      get serverEmission() {
        return views().serverEmission;
      },
      get validatorEmission() {
        return views().validatorEmission;
      },
      get emission() {
        return views().emission;
      },
      get newValidatorPermit() {
        return views().newValidatorPermit;
      },
      get stake() {
        return views().wholeStake;
      },
      get bonds() {
        return bonds();
      },
      ...(meta === undefined ? {} : { meta }),
    };
  }

  /** Results copied out for the caller. */
  output(accepted: boolean, options: RunOptions): EpochOutput {
    const view = this.view(accepted);
    return {
      n: this.n,
      active: view.active.slice(),
      stakeWeight: view.stakeWeight.slice(),
      consensus: view.consensus.slice(),
      incentive: view.incentive.slice(),
      dividends: view.dividends.slice(),
      validatorTrust: view.validatorTrust.slice(),
      serverEmission: view.serverEmission.slice(),
      validatorEmission: view.validatorEmission.slice(),
      emission: view.emission.slice(),
      newValidatorPermit: view.newValidatorPermit.slice(),
      stake: view.stake.slice(),
      bonds: ownedRows(view.bonds),
      ...(options.intermediates ? { intermediates: readIntermediates(this.views) } : {}),
    };
  }

  /** The arrays of the input as they are now, copied out. */
  inputs(): InputArrays {
    const { views } = this;
    return {
      stake: views.stakeIn.slice(),
      lastUpdate: views.lastUpdate.slice(),
      registeredAt: views.registeredAt.slice(),
      commitBlock: views.commitBlock.slice(),
      validatorPermit: views.validatorPermit.slice(),
      bonds: ownedRows(trimmed(this.bonds, this.n)),
    };
  }

  free(): void {
    this.kept = undefined;
    this.place.arena.free(this.place.at);
  }
}

/** Rows without the room behind their last entry. */
function trimmed({ offsets, columns, values }: SparseRows, n: number): SparseRows {
  return { offsets, columns: columns.subarray(0, offsets[n]!), values: values.subarray(0, offsets[n]!) };
}

const ownedRows = ({ offsets, columns, values }: SparseRows): SparseRows => ({
  offsets: offsets.slice(),
  columns: columns.slice(),
  values: values.slice(),
});
