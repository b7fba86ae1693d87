/** `yuma sample`: writes synthetic cases. */
import type { Command } from 'commander';
import { YumaError } from '../epoch/errors.js';
import { MAX_NEURONS } from '../epoch/input.js';
import { formatCase } from '../formats/index.js';
import { type Sample, type SampleOptions, sampleCases } from '../sample/sample.js';
import { createCommand } from './command.js';
import { interruptible } from './interruptible.js';
import { type Io, printLines } from './io.js';
import { flagOf, hyperparameterOptions, share, wholeNumber } from './options.js';
import { checkOut, writeCases } from './out.js';

interface Options extends Omit<SampleOptions, 'validators'> {
  readonly validators?: number;
  readonly out?: string;
}

/** Validators unless told. */
const usualValidators = (neurons: number): number => Math.min(32, Math.max(1, Math.floor(neurons / 8)));

export const sampleCommand = (io: Io): Command => {
  const command = createCommand(io, 'yuma sample')
    .description('Write realistic synthetic subnets as cases. One seed gives the same cases everywhere.')
    .option('--neurons <n>', 'neurons a subnet', wholeNumber(1, MAX_NEURONS), 256)
    .option(
      '--validators <n>',
      'how many of the neurons set weights (default: an eighth, at most 32)',
      wholeNumber(1, MAX_NEURONS),
    )
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
    .action(async ({ out, validators, ...options }: Options) => {
      if (out !== undefined) await checkOut(out, 'To print the cases, leave --out away.');
      const sizes = { ...options, validators: validators ?? usualValidators(options.neurons) };
      const lines = caseLines(interruptible(sampleCases(sizes), io.signal));
      if (out === undefined) await printLines(io, lines);
      else await writeCases(io, out, lines);
    });
};

async function* caseLines(cases: AsyncIterable<Sample>): AsyncGenerator<string> {
  try {
    for await (const given of cases) yield formatCase(given);
  } catch (fault) {
    throw fault instanceof YumaError ? ofFlag(fault) : fault;
  }
}

/** The fault with the flag in place of the option's name. */
function ofFlag(fault: YumaError): YumaError {
  const { code, data } = fault;
  return data.field === undefined
    ? fault
    : new YumaError(code, { ...data, field: flagOf(data.field) }, { cause: fault });
}
