/** Machine: what a figure was measured on, and what its memory holds. */
import { availableParallelism, cpus } from 'node:os';

export interface Machine {
  readonly cpu: string;
  /** Threads that run at the same time. */
  readonly cores: number;
  readonly node: string;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
});

/** Bytes of memory that the process has had in use at most, workers included. */
export const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

/** Bytes that can still be had, as far as the system says. */
export const availableBytes = (): number => process.availableMemory();
