/** Epoch job: an epoch run as the scheduler sees it. */
import type { EpochRun } from '../epoch-run.js';
import { Job } from './job.js';

export class EpochJob extends Job {
  constructor(
    readonly run: EpochRun,
    priority: number,
  ) {
    super(priority, run.cost, run.splits);
  }
}
