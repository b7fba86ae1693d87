/** Worker: tries one fault after the other. One that never ends is ended from outside. */
import { parentPort } from 'node:worker_threads';
import { ASSEMBLY_FAULTS } from './assembly.js';
import { faultyCore } from './assembly-core.js';
import { caughtBy } from './catch.js';
import { listed } from './fault.js';
import { withFaultyKernel } from './kernel-engine.js';
import { KERNEL_FAULTS } from './kernels.js';

export type Room = 'assembly' | 'kernels';

export const FAULTS = { assembly: listed(ASSEMBLY_FAULTS), kernels: listed(KERNEL_FAULTS) };

export interface Order {
  readonly room: Room;
  readonly index: number;
  /** Puts there what stood there: no property may fail then. */
  readonly control: boolean;
}

const ON_CPU = { inputs: 40, cases: 3_000, atOnce: 1 };
/** A batch costs about the same for one epoch as for hundreds. */
const ON_GPU = { inputs: 6, cases: 4_000, atOnce: 500 };

async function tried({ room, index, control }: Order): Promise<string | null> {
  const listed = FAULTS[room][index]!;
  const fault = control ? { ...listed, put: listed.find } : listed;
  if (room === 'assembly') return caughtBy(await faultyCore(fault), ON_CPU);
  return withFaultyKernel(fault, (engine) =>
    caughtBy((input) => engine.runEpoch(input, { lenient: true, intermediates: true }), ON_GPU),
  );
}

parentPort?.on('message', async (order: Order) => {
  try {
    parentPort!.postMessage({ caught: await tried(order) });
  } catch (fault) {
    parentPort!.postMessage({ failed: String(fault) });
  }
});
