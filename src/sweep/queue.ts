/** Queue: whoever runs the points of a sweep. One interface, whether they run in threads here or on other machines. */
import type { PointResult, PointTask } from './run-point.js';

export interface PointQueue {
  /** How many points should wait or run at a time, so that nobody who could run one stands idle. */
  readonly ahead: number;
  /**
   * Runs one point, at some time, somewhere; a point whose worker dies is run again by another.
   * @throws YumaError of the scenario or its agents; WORKER_CRASHED where it failed again and again; ABORTED
   */
  run(task: PointTask, signal?: AbortSignal): Promise<PointResult>;
  /** Lets go of threads and connections. Always settles. */
  close(): Promise<void>;
}
