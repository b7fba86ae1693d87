/**
 * Memcpy: how fast this machine copies memory right now, the yardstick for the traffic of an epoch. Only ratios hold on
 * shared machines, so it is measured in every run.
 * Takes  two buffers larger than a last-level cache, one thread
 * Units  GB/s of bytes copied; each is read once and written once
 */
import { timesOf } from './statistics.js';

/** With its copy above the last-level cache of anything we have met (32 to 96 MiB). */
const BYTES = 64 * 2 ** 20;
const RUNS = 7;

/** @param bytes smaller ones for tests; they stay in the cache and say nothing */
export function memcpyGbPerSecond(bytes = BYTES): number {
  const source = new Uint8Array(bytes).fill(1);
  const target = new Uint8Array(bytes).fill(2); // touched, so that no page is handed out while the clock runs
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    target.set(source);
    times.push(performance.now() - start);
  }
  return bytes / timesOf(times).median / 1e6;
}
