/** Local executor: resident subnets in the caller's thread, in the backend's arenas. */
import type { Arenas, Place } from '../backends/wasm/arena.js';
import { SCRATCH_TOO_SMALL_STATUS } from '../backends/wasm/layout.js';
import type { SubnetMemory } from '../backends/wasm/subnet-memory.js';
import { refuseIfCancelled } from './cancellation.js';
import type { EpochRun } from './epoch-run.js';
import type { Executor } from './subnet/resident.js';
import type { Computation, ScheduleOptions } from './subnet/state.js';

export class LocalExecutor implements Executor {
  /** One piece of scratch an arena: epochs run one after the other. */
  private readonly scratches = new Map<number, { readonly place: Place; readonly bytes: number }>();

  constructor(readonly arenas: Arenas) {}

  /** The host gives memory a page at a time when it is first touched, a third of a first epoch. */
  expect(memory: SubnetMemory): void {
    const { arena, at } = memory.place;
    const bytes = memory.scratchBytes;
    touch(arena, this.scratch(arena, bytes), bytes);
    touch(arena, at, memory.bytes);
  }

  compute(run: EpochRun, options: ScheduleOptions): Computation {
    const compute = async () => {
      refuseIfCancelled(options);
      this.computeNow(run);
    };
    return { done: compute(), whenOver: (callback) => callback() };
  }

  computeNow(run: EpochRun): void {
    const memory = run.start();
    let status = this.run(memory);
    if (status === SCRATCH_TOO_SMALL_STATUS && !memory.needsLargeScratch) {
      memory.needsLargeScratch = true;
      status = this.run(memory);
    }
    if (status !== 0) throw run.fault(status);
  }

  private run(memory: SubnetMemory): number {
    const { arena, at } = memory.place;
    const bytes = memory.scratchBytes;
    const scratch = this.scratch(arena, bytes);
    const status = arena.exports.place(at, scratch, bytes, memory.n, memory.room.w, memory.room.b);
    return status === 0 ? arena.exports.run() : status;
  }

  /** @throws YumaError OUT_OF_MEMORY */
  private scratch(arena: Place['arena'], bytes: number): number {
    const kept = this.scratches.get(arena.id);
    if (kept !== undefined && kept.bytes >= bytes) return kept.place.at;
    if (kept !== undefined) arena.free(kept.place.at);
    this.scratches.delete(arena.id);
    const at = arena.take(bytes);
    this.scratches.set(arena.id, { place: { arena, at }, bytes });
    return at;
  }
}

const HOST_PAGE = 4_096;

/** Writes what is there, once a page. */
function touch({ memory }: Place['arena'], at: number, bytes: number): void {
  const all = new Uint8Array(memory.buffer, at, bytes);
  for (let byte = 0; byte < bytes; byte += HOST_PAGE) all[byte] = all[byte]!;
}
