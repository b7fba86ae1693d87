/** A backend that stands for a GPU: it computes on the WebAssembly core, when and as a test wants it to. */
import type { Backend, RunOptions } from '../../../src/backends/backend.js';
import { createBackend } from '../../../src/backends/backends.js';
import { nodeHost } from '../../../src/engine/node.js';
import { YumaError } from '../../../src/epoch/errors.js';
import type { CheckedInput } from '../../../src/epoch/input.js';
import type { EpochOutput } from '../../../src/epoch/output.js';
import { checkEpochInput } from '../../../src/epoch/validate.js';
import { WORKED_EXAMPLE } from '../../worked-example.js';

const core = await createBackend('wasm', nodeHost);

export class FakeBackend implements Backend {
  readonly name = 'webgpu';
  readonly computedBy = { webgpu: 0, wasm: 0 };
  /** Sizes of the batches so far. */
  readonly batches: number[] = [];
  closed = 0;
  /** Batches wait until `release`. */
  held = false;
  /** What the next batches reject with; asked for each. */
  fault: (inputs: readonly CheckedInput[]) => YumaError | undefined = () => undefined;
  private readonly waiting: { release: () => void; reject: (fault: YumaError) => void }[] = [];

  constructor(readonly adapter = { name: 'fake', route: 'made up', software: false }) {}

  async run(inputs: readonly CheckedInput[], options: RunOptions) {
    this.batches.push(inputs.length);
    if (this.held) await new Promise<void>((release, reject) => void this.waiting.push({ release, reject }));
    const fault = this.fault(inputs);
    if (fault !== undefined) throw fault;
    this.computedBy.webgpu += inputs.length;
    return core.run(inputs, options);
  }

  release(): void {
    this.held = false;
    for (const { release } of this.waiting.splice(0)) release();
  }

  /** As a real one: what is on its way rejects. */
  async close(): Promise<void> {
    this.closed += 1;
    for (const { reject } of this.waiting.splice(0)) reject(new YumaError('CLOSED', { what: 'the GPU device' }));
  }
}

export const lost = () => new YumaError('DEVICE_LOST', { reason: 'the driver was reset' });

/** The worked example under a number of its own, so that results can be told apart. */
export const inputOf = (number: number): CheckedInput =>
  checkEpochInput({ ...WORKED_EXAMPLE, meta: { netuid: number } });

export const numberOf = ({ meta }: EpochOutput): number => (meta as { netuid: number }).netuid;
