/** `yuma worker`: runs points of sweeps that come through Redis, until it is stopped. */
import type { Command } from 'commander';
import { servePoints } from '../sweep/index.js';
import { count } from '../text/numbers.js';
import { createCommand } from './command.js';
import { type Io, print } from './io.js';
import { wholeNumber } from './options.js';
import { progressOn } from './progress.js';

interface Options {
  readonly redis: string;
  readonly threads?: number;
}

export const workerCommand = (io: Io): Command =>
  createCommand(io, 'yuma worker')
    .description('Run points of sweeps that are given to Redis (yuma sweep --redis), until Ctrl-C.')
    .requiredOption('--redis <url>', 'redis://[user:password@]host[:port], rediss:// with TLS')
    .option('--threads <n>', 'points at a time (default: one a core)', wholeNumber(1, 1_024))
    .addHelpText('after', '\nCtrl-C finishes the points under way; a second one gives them up, and others run them.')
    .addHelpText('after', '\nExample:\n  yuma worker --redis redis://10.0.0.5:6379 --threads 8\n')
    .action(async ({ redis, threads }: Options) => {
      const progress = progressOn(io.stderr);
      const done = await servePoints(redis, {
        threads,
        signal: io.signal,
        onReady: () => void print(io, 'ready\n'),
        onPoint: (points) => progress.say(count(points, 'point')),
      });
      progress.clear();
      io.stderr.write(`${count(done, 'point')} run\n`);
    });
