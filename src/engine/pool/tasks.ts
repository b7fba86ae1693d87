/**
 * Tasks: what the main thread and its workers tell each other. Everything is plain values: an error would lose its class,
 * code and data on the way.
 */
import type { Arena } from '../../backends/wasm/arena.js';
import type { ErrorCode } from '../../epoch/errors.js';

/** What a worker knows from its start. */
export interface WorkerSetup {
  readonly module: WebAssembly.Module;
  /** The first arena, which hardly any engine outgrows: posting a memory costs as much as a small epoch. */
  readonly first: MappedArena;
  /** Workers wait here for each other after their start (barrier.ts). */
  readonly starting: SharedArrayBuffer;
  readonly threads: number;
}

/** An arena by its id, and its memory, which a worker may not know yet. */
export interface MappedArena {
  readonly id: number;
  readonly memory: WebAssembly.Memory;
}

export const mapped = ({ id, memory }: Arena): MappedArena => ({ id, memory });

/** Those of these arenas that a worker may not know. */
export const toMap = (arenas: readonly Arena[]): MappedArena[] => arenas.filter(({ id }) => id !== 0).map(mapped);

/** Numbers of one epoch in `EpochsTask.epochs`: arena, base, n, w, b, scratch, bytes of scratch. */
export const EPOCH_NUMBERS = 7;

/** Epochs to run one after the other. */
export interface EpochsTask {
  readonly kind: 'epochs';
  /** Those other than the first that the epochs lie in. */
  readonly arenas: readonly MappedArena[];
  readonly epochs: readonly number[];
}

/** A part of an epoch that all workers compute at the same time. */
export interface PartTask {
  readonly kind: 'part';
  readonly arena: number;
  /** That arena, if it is not the first. */
  readonly arenas: readonly MappedArena[];
  /** As `placePart` takes them (docs/abi.md). */
  readonly placed: readonly [
    base: number,
    scratch: number,
    scratchBytes: number,
    common: number,
    commonBytes: number,
    n: number,
    w: number,
    b: number,
    part: number,
  ];
  readonly control: number;
  readonly parts: number;
}

/** Comes back when all workers have started. */
export interface StartTask {
  readonly kind: 'start';
}

export type Task = EpochsTask | PartTask | StartTask;

/** A status of the core for each epoch of the task, 0 = done; or what broke the whole task. */
export type Reply =
  | { readonly ok: true; readonly statuses: readonly number[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly data: object; readonly stack: string };
