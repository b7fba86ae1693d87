/** `yuma sample`: writes synthetic cases. */
import type { Command } from 'commander';
import { MAX_NEURONS } from '../epoch/input.js';
import { formatCase, writeAtomically } from '../formats/index.js';
import { type Sample, type SampleOptions, sampleCases } from '../sample/sample.js';
import { count } from '../text/numbers.js';
import { createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { type Io, print } from './io.js';
import { hyperparameterOptions, share, wholeNumber } from './options.js';

interface Options extends SampleOptions {
  readonly out?: string;
}

export const sampleCommand = (io: Io): Command => {
  const command = createCommand(io, 'yuma sample')
    .description('Write realistic synthetic subnets as cases. One seed gives the same cases everywhere.')
    .option('--neurons <n>', 'neurons a subnet', wholeNumber(1, MAX_NEURONS), 256)
    .option('--validators <n>', 'neurons a subnet that set weights', wholeNumber(1, MAX_NEURONS), 32)
    .option('--subnets <n>', 'how many cases', wholeNumber(1, 65_535), 1)
    .option('--fill <share>', 'share of the miners that a validator weighs', share, 0.5)
    .option('--seed <n>', 'any whole number', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--out <file>', 'write them there, whole or not at all; gzipped if it ends in .gz');
  for (const option of hyperparameterOptions('Hyperparameters (they differ between subnets unless given):')) {
    command.addOption(option);
  }
  return command
    .addHelpText(
      'after',
      '\nExample:\n  yuma sample --subnets 4 --neurons 64 --validators 12 --seed 7 | yuma epoch -\n',
    )
    .action(async ({ out, ...options }: Options) => {
      const cases = interruptible(sampleCases(options), io.signal);
      if (out === undefined) {
        for await (const line of lines(cases)) await print(io, `${line}\n`);
      } else {
        await writeAtomically(out, lines(cases), { signal: io.signal });
        io.stderr.write(`${count(options.subnets, 'case')} written to ${out}\n`);
      }
    });
};

async function* lines(cases: AsyncIterable<Sample>): AsyncGenerator<string> {
  for await (const given of cases) yield formatCase(given);
}
