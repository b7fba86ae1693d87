/** Last results: the vectors that an epoch leaves for the agents of the next one. */
import type { EpochOutput } from '../epoch/index.js';
import type { LastResults } from './agent.js';

const LAST = [
  'incentive',
  'dividends',
  'consensus',
  'validatorTrust',
  'serverEmission',
  'validatorEmission',
  'newValidatorPermit',
] as const satisfies (keyof LastResults)[];

/** Vectors of the caller's own: those of the epoch before, written over, where they are as long. */
export function lastOf(output: EpochOutput, before: LastResults | undefined): LastResults {
  if (before === undefined || before.incentive.length !== output.n) {
    return Object.fromEntries(LAST.map((name) => [name, output[name].slice()])) as unknown as LastResults;
  }
  for (const name of LAST) before[name].set(output[name] as never); // of one type, as they have one name
  return before;
}
