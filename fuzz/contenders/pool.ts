/**
 * Two worker threads: every other case whole by one of them, the others split between both where they can be.
 * Cost   some 100 us a case, so it is given one case in so many
 */
import { roomOnce, SubnetMemory } from '#yuma/backends/wasm/subnet-memory.js';
import { costOf } from '#yuma/engine/cost.js';
import { EpochRun } from '#yuma/engine/epoch-run.js';
import { EpochJob } from '#yuma/engine/pool/epoch-job.js';
import { WorkerPool } from '#yuma/engine/pool/pool.js';
import type { Contender } from '../contender.js';
import type { Drawn } from '../draw/case.js';

const THREADS = 2;

/** @param every one case in so many */
export async function poolContender(every: number): Promise<Contender> {
  const pool = new WorkerPool(THREADS);
  await pool.start();
  const run = async ({ index, input }: Drawn) => {
    const room = roomOnce(input.weights.columns.length, input.bonds.columns.length);
    const memory = new SubnetMemory(pool.arenas, input, room);
    try {
      const job = new EpochJob(new EpochRun(costOf(input), true, () => memory), 0);
      job.begin();
      await (Math.floor(index / every) % 2 === 0 ? pool.runSplit(job) : pool.runGroup([job]));
      await job.done;
      const out = memory.output(false, { intermediates: true });
      return { out, mid: out.intermediates };
    } finally {
      memory.free();
    }
  };
  return {
    name: 'wasm, two workers',
    takes: ({ index }) => index % every === 0,
    run: async (cases) => {
      const outcomes = [];
      for (const drawn of cases) outcomes.push(await run(drawn)); // one after the other: a split takes both workers
      return outcomes;
    },
    close: () => pool.close(),
  };
}
