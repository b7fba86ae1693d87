/**
 * Split: one epoch by all workers at once, each taking columns until none is left (docs/abi.md).
 * Exact  the same bits as in one thread
 * Owns   the parts' scratch, what they share, and the words of their barrier, until every part has come back
 */

import type { SharedExports } from '../../backends/wasm/exports.js';
import type { SubnetMemory } from '../../backends/wasm/subnet-memory.js';
import { CONTROL_BYTES, fail } from './barrier.js';
import { type PartTask, toMap } from './tasks.js';

/** The head of what the parts share is zero when they begin. */
const ZEROED_BYTES = 64;

/**
 * Gives false where this epoch cannot be split, or not in the memory there is: nothing is written then, run it whole.
 * @throws YumaError WORKER_CRASHED
 */
export async function runInParts(
  memory: SubnetMemory,
  parts: number,
  post: (task: PartTask) => Promise<readonly number[]>,
): Promise<boolean> {
  const { arena, at: base } = memory.place;
  const { w, b } = memory.entries;
  const { n, rows, room } = memory;
  const core = arena.exports as SharedExports;
  const scratchBytes = core.tileScratchBytes(n, rows, w, b);
  const commonBytes = core.splitBytes(n, rows);
  const taken: number[] = [];
  const take = (bytes: number): number | undefined => {
    const at = arena.allocate(bytes);
    if (at !== undefined) taken.push(at);
    return at;
  };
  try {
    const control = take(CONTROL_BYTES);
    const common = take(commonBytes);
    const scratches = Array.from({ length: parts }, () => take(scratchBytes));
    if (control === undefined || common === undefined || scratches.includes(undefined)) return false;
    const { buffer } = arena.memory;
    new Uint8Array(buffer, common, ZEROED_BYTES).fill(0);
    const words = new Int32Array(buffer, control, CONTROL_BYTES / Int32Array.BYTES_PER_ELEMENT).fill(0);
    const tasks = scratches.map(async (scratch, part) => {
      try {
        const placed = [base, scratch!, scratchBytes, common, commonBytes, n, room.w, room.b, part] as const;
        return (await post({ kind: 'part', arena: arena.id, arenas: toMap([arena]), placed, control, parts }))[0];
      } catch (fault) {
        fail(words); // the others must not wait for it
        throw fault;
      }
    });
    const results = await Promise.allSettled(tasks);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return results.every((result) => result.status === 'fulfilled' && result.value === 0);
  } finally {
    for (const at of taken) arena.free(at);
  }
}
