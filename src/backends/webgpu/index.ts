/**
 * The `webgpu` backend: whole epochs as compute shaders, many subnets at a time.
 * What goes to the WebAssembly core instead, inside of this backend: subnets without neurons; a moving average above 10^6;
 * shares of stake that are negative or above 1 (negative stake, or 2^63 whole units and more in all); columns named twice
 * (lenient input). The bits are the same; `computedBy` counts them.
 * Ownership  the device is the backend's: `close` closes it
 */
import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { refuseOddColumns } from '../../epoch/validate.js';
import type { Backend, RunOptions } from '../backend.js';
import type { WasmCore } from '../wasm/core.js';
import type { Device } from './device.js';
import { Kernels } from './kernels.js';
import { type Lanes, ODD } from './layout.js';
import { pack } from './pack.js';
import { plan } from './planner.js';
import { type Prepared, prepare } from './prepare.js';
import { Slot } from './slot.js';
import { oddityOf, unpack } from './unpack.js';

export interface WebgpuBackend extends Backend {
  readonly name: 'webgpu';
  /** Epochs so far, by what computed them. */
  readonly computedBy: { webgpu: number; wasm: number };
}

/** So many batches are on their way at the same time. */
const SLOTS = 2;

/** Liquid alpha first, then Yuma3, then Yuma2: a batch then needs few kernels. */
const modeOf = ({ size, input }: Prepared): number => (size.liquid ? 0 : input.hyperparameters.yuma3 ? 1 : 2);

/**
 * @param core prepares what is by neuron, and takes what the kernels do not
 * @param lanes threads that share a column in every subnet; default as few as can bear it
 */
export function createWebgpuBackend(device: Device, core: WasmCore, lanes?: Lanes): WebgpuBackend {
  const kernels = new Kernels(device);
  const slots = Array.from({ length: SLOTS }, () => new Slot(device, kernels));
  const computedBy = { webgpu: 0, wasm: 0 };
  let closed = false;

  async function run(inputs: readonly CheckedInput[], { intermediates = false }: RunOptions): Promise<EpochOutput[]> {
    if (closed) throw new YumaError('CLOSED', { what: 'the backend' });
    const outputs = new Array<EpochOutput | undefined>(inputs.length).fill(undefined);
    const subnets = inputs
      .map((input, index) => ({ index, prepared: prepare(input, core) }))
      .filter((subnet): subnet is { index: number; prepared: Prepared } => subnet.prepared !== undefined)
      .sort((a, b) => modeOf(a.prepared) - modeOf(b.prepared));
    const batches = plan(
      subnets.map(({ prepared }) => prepared.size),
      device.limits,
    );
    const computed: Promise<void>[] = [];
    for (const [number, members] of batches.entries()) {
      const slot = slots[number % SLOTS]!;
      const batch = members.map((member) => subnets[member]!);
      const done = slot.free.then(() => compute(slot, batch, intermediates, outputs));
      slot.free = done.catch(() => {});
      computed.push(done);
    }
    await Promise.all(computed);
    return outputs.map((output, index) => {
      computedBy[output === undefined ? 'wasm' : 'webgpu'] += 1;
      return output ?? core.run(inputs[index]!, { intermediates });
    });
  }

  /** Leaves out the output of a subnet that the kernels do not take. */
  async function compute(
    slot: Slot,
    batch: readonly { index: number; prepared: Prepared }[],
    intermediates: boolean,
    outputs: (EpochOutput | undefined)[],
  ): Promise<void> {
    const packed = pack(
      batch.map(({ prepared }) => prepared),
      device.limits.maxComputeWorkgroupsPerDimension,
      lanes,
    );
    const read = await slot.compute(packed, intermediates);
    for (const [at, { index, prepared }] of batch.entries()) {
      const { input } = prepared;
      const oddity = oddityOf(read, at);
      if (input.columnsToCheck && (oddity & (ODD.DUPLICATE | ODD.BEYOND)) !== 0) refuseOddColumns(input);
      if ((oddity & ODD.DUPLICATE) === 0) outputs[index] = unpack(packed, at, read, intermediates);
    }
  }

  return {
    name: 'webgpu',
    adapter: device.adapter,
    checksColumns: true,
    computedBy,
    run,
    close: async () => {
      closed = true;
      await device.close();
    },
  };
}
