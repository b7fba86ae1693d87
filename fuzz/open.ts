/** Opens a fuzzer with every contender at hand. */
import type { AdapterChoice } from '#yuma/backends/webgpu/source.js';
import type { Contender } from './contender.js';
import { commandContender } from './contenders/command.js';
import { poolContender } from './contenders/pool.js';
import { splitContender } from './contenders/split.js';
import { plainContender, wasmContenders } from './contenders/wasm.js';
import { webgpuContender } from './contenders/webgpu.js';
import { Fuzzer } from './fuzzer.js';
import { planted } from './plants.js';

/** What a fuzzer is made of; goes to a worker as it is. */
export interface Settings {
  readonly seed: number;
  /** The reference computes one case in so many; 0 = none. */
  readonly referenceEvery: number;
  /** The pool of workers gets one case in so many; 0 = none. */
  readonly poolEvery: number;
  readonly gpu: AdapterChoice | null;
  /** A command that speaks the case format. */
  readonly against: string | null;
  /** Name of a fault to plant. */
  readonly plant: string | null;
}

/** The contender that faults are planted in. */
const PLANTED = 'wasm, tiles';

/** @throws YumaError CORE_UNAVAILABLE, GPU_UNAVAILABLE */
export async function openFuzzer(settings: Settings): Promise<Fuzzer> {
  const { seed, referenceEvery, poolEvery, gpu, against, plant } = settings;
  const others: Contender[] = [...wasmContenders(), splitContender()];
  if (poolEvery > 0) others.push(await poolContender(poolEvery));
  if (gpu !== null) others.push(await webgpuContender(gpu));
  if (against !== null) others.push(commandContender(against));
  const contenders = others.map((one) => (plant !== null && one.name === PLANTED ? planted(one, plant) : one));
  return new Fuzzer(seed, plainContender(), contenders, referenceEvery);
}
