/**
 * Timing: milliseconds of single epochs through the public API.
 * Resident  subnets are open; bonds and permits are written back, as on a chain
 * Fresh     the whole call `runEpochSync`: the input checked and copied in, the output copied out
 */
import { setImmediate } from 'node:timers/promises';
import { createEngine, type EpochInput, type Subnet } from 'yuma-engine';
import { emissionOf } from 'yuma-engine/bench';

/** How much is enough. */
export interface Effort {
  /** Calls before the clock counts, so that V8 has compiled everything; and their milliseconds at least. */
  readonly warmUp: number;
  readonly warmUpMs: number;
  /** Samples at least, and then until so many milliseconds are over. */
  readonly samples: number;
  readonly sampleMs: number;
}

export const THOROUGH: Effort = { warmUp: 6, warmUpMs: 300, samples: 10, sampleMs: 1_000 };
export const QUICK: Effort = { warmUp: 3, warmUpMs: 50, samples: 3, sampleMs: 100 };

/** What resident epochs took, and the bonds that the last of each subnet left. */
export interface Resident {
  readonly times: readonly number[];
  /** Entries of all subnets. */
  readonly bonds: number;
}

/**
 * Epochs of open subnets: all of them together as one sample, or each by itself, in turn, so that no branch predictor
 * learns one by heart.
 * @param threads 0 = this one
 */
export async function residentTimes(
  inputs: AsyncIterable<EpochInput>,
  threads: number,
  together: boolean,
  effort: Effort,
): Promise<Resident> {
  await using engine = await createEngine({ threads });
  const subnets: Subnet[] = [];
  let block = 0n;
  for await (const input of inputs) {
    subnets.push(await engine.open(input));
    block = input.currentBlock;
  }
  let epoch = 0;
  // The block stays, so that nobody of a real subnet becomes inactive however long this takes.
  const step = () => ({ currentBlock: block, emission: emissionOf(epoch++) });
  const one = async (subnet: Subnet): Promise<void> =>
    threads === 0 ? subnet.advanceSync(step()) : subnet.advance(step());
  const all = async (): Promise<void> => {
    if (threads > 0) await Promise.all(subnets.map(one));
    else for (const subnet of subnets) subnet.advanceSync(step());
  };
  const times = await sample(effort, (at) => (together ? all() : one(subnets[at % subnets.length]!)));
  const bonds = subnets.reduce((sum, subnet) => sum + subnet.view().bonds.columns.length, 0);
  for (const subnet of subnets) subnet.close();
  return { times, bonds };
}

/** Whole calls in this thread, inputs in turn. */
export async function freshTimes(inputs: readonly EpochInput[], effort: Effort): Promise<number[]> {
  await using engine = await createEngine({ threads: 0 });
  return await sample(effort, async (at) => void engine.runEpochSync(inputs[at % inputs.length]!));
}

async function sample({ warmUp, warmUpMs, samples, sampleMs }: Effort, run: (at: number) => Promise<void>) {
  let at = 0;
  const until = performance.now() + warmUpMs;
  while (at < warmUp || performance.now() < until) await run(at++);
  const times: number[] = [];
  const end = performance.now() + sampleMs;
  while (times.length < samples || performance.now() < end) {
    const start = performance.now();
    await run(at++);
    times.push(performance.now() - start);
    if (at % 64 === 0) await setImmediate(); // lets the collector and the compiler have their say between two samples
  }
  return times;
}
