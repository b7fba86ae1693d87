/**
 * The `webgpu` backend: whole epochs as compute shaders, many subnets at a time.
 * What goes to the WebAssembly core instead, inside of this backend: subnets without neurons; a moving average above 10^6;
 * shares of stake that are negative or above 1 (negative stake, or 2^63 whole units and more in all); columns named twice
 * (lenient input). The bits are the same; `computedBy` counts them.
 * Ownership  the device is the backend's: `close` closes it. Of a subnet that is held (`held.ts`) rows stay on it
 * Errors     DEVICE_LOST for what a device had; with `reopen` the next epoch opens another one (`workplace.ts`).
 *            BAD_USAGE for an input that its caller changed or gave away: each time before its arrays are read
 */
import { refuseChanged } from '../../epoch/changed.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { refuseOddColumns } from '../../epoch/validate.js';
import type { Backend, RunOptions } from '../backend.js';
import type { WasmCore } from '../wasm/core.js';
import type { Device } from './device.js';
import { Held, type HeldInput } from './held.js';
import { type Lanes, ODD } from './layout.js';
import { pack } from './pack.js';
import { fits, plan } from './planner.js';
import { type Prepared, prepare } from './prepare.js';
import type { Slot, Wanted } from './slot.js';
import { keepsOrder, oddityOf, unpack } from './unpack.js';
import { Workplace } from './workplace.js';

export interface WebgpuBackend extends Backend {
  readonly name: 'webgpu';
  /** Epochs so far, by what computed them. */
  readonly computedBy: { webgpu: number; wasm: number };
}

export interface WebgpuSettings {
  /** Threads that share a column in every subnet; default as few as can bear it. */
  readonly lanes?: Lanes | undefined;
  /** Opens a device in the place of one that broke; without it the backend stays as broken. */
  readonly reopen?: (() => Promise<Device>) | undefined;
}

/** Liquid alpha first, then Yuma3, then Yuma2: a batch then needs few kernels. */
const modeOf = ({ size, input }: Prepared): number => (size.liquid ? 0 : input.hyperparameters.yuma3 ? 1 : 2);

/** @param core prepares what is by neuron, and takes what the kernels do not */
export function createWebgpuBackend(first: Device, core: WasmCore, settings: WebgpuSettings = {}): WebgpuBackend {
  const { lanes, reopen } = settings;
  const workplace = new Workplace(first, reopen);
  const computedBy = { webgpu: 0, wasm: 0 };

  async function run(inputs: readonly CheckedInput[], { intermediates = false }: RunOptions): Promise<EpochOutput[]> {
    const { device, slots } = await workplace.now();
    const outputs = new Array<EpochOutput | undefined>(inputs.length).fill(undefined);
    const subnets = inputs
      .map((input, index) => ({ index, prepared: prepareFor(device, input, core) }))
      .filter((subnet): subnet is { index: number; prepared: Prepared } => subnet.prepared !== undefined)
      .sort((a, b) => modeOf(a.prepared) - modeOf(b.prepared));
    const batches = plan(
      subnets.map(({ prepared }) => prepared.size),
      device.limits,
    );
    const computed: Promise<void>[] = [];
    for (const members of batches) {
      const slot = leastBusy(slots);
      const batch = members.map((member) => subnets[member]!);
      slot.batches += 1;
      const done = slot.free
        .then(() => compute(device, slot, batch, intermediates, outputs))
        .finally(() => {
          slot.batches -= 1;
        });
      slot.free = done.catch(() => {});
      computed.push(done);
    }
    await allOf(computed);
    return outputs.map((output, index) => {
      computedBy[output === undefined ? 'wasm' : 'webgpu'] += 1;
      return output ?? core.run(onHost(inputs[index]!), { intermediates });
    });
  }

  /** Leaves out the output of a subnet that the kernels do not take. */
  async function compute(
    device: Device,
    slot: Slot,
    batch: readonly { index: number; prepared: Prepared }[],
    intermediates: boolean,
    outputs: (EpochOutput | undefined)[],
  ): Promise<void> {
    for (const { prepared } of batch) refuseIfChanged(prepared.input);
    const packed = pack(
      batch.map(({ prepared }) => prepared),
      device.limits.maxComputeWorkgroupsPerDimension,
      lanes,
    );
    const wanted: Wanted = { intermediates, bondsStay: batch.every(({ prepared }) => staysOf(prepared)) };
    const read = await slot.compute(packed, wanted).catch((fault) => {
      for (const { prepared } of batch) prepared.held?.release(); // whatever became of it
      throw fault;
    });
    for (const [at, { index, prepared }] of batch.entries()) {
      const { input } = prepared;
      const oddity = oddityOf(read, at);
      const isOdd = input.columnsToCheck && (oddity & (ODD.DUPLICATE | ODD.BEYOND)) !== 0;
      if (isOdd || keepsOrder(input, oddity)) refuseIfChanged(input); // its rows are read once more
      if (isOdd) refuseOddColumns(input);
      if ((oddity & ODD.DUPLICATE) === 0) outputs[index] = unpack(packed, at, read, wanted);
      else prepared.held?.drop();
    }
  }

  return {
    name: 'webgpu',
    get adapter() {
      return workplace.device.adapter;
    },
    checksColumns: true,
    computedBy,
    run,
    hold: (bonds) => new Held(bonds),
    runOnCore: (input) => core.run(input, {}),
    close: () => workplace.close(),
  };
}

/** Of equal ones the first: where batches come one by one it holds what the last one left there. */
const leastBusy = (slots: readonly Slot[]): Slot =>
  slots.reduce((best, slot) => (slot.batches < best.batches ? slot : best));

/** The subnet for a device. Held rows take more room than others: where there is none for them they are packed again. */
function prepareFor(device: Device, input: CheckedInput, core: WasmCore): Prepared | undefined {
  refuseIfChanged(input);
  const { held } = input as Partial<HeldInput>;
  held?.moveTo(device);
  held?.weights.arrange(input.weights);
  const prepared = prepare(input, core);
  if (prepared === undefined || held === undefined || fits(prepared.size, device.limits)) return prepared;
  held.crowd();
  held.weights.arrange(input.weights);
  return prepare(input, core);
}

/** Arrays of a held subnet are the engine's own. */
function refuseIfChanged(input: CheckedInput): void {
  if ((input as Partial<HeldInput>).held === undefined) refuseChanged(input);
}

/** The bonds of the subnet are not asked for, and can stay. */
const staysOf = ({ input, held }: Prepared): boolean => held?.keeps === true && (input as HeldInput).bondsStay;

/** The input with all of its rows. @throws YumaError BAD_USAGE */
function onHost(input: CheckedInput): CheckedInput {
  const { held } = input as Partial<HeldInput>;
  refuseIfChanged(input);
  return held === undefined ? input : { ...input, bonds: held.bondsOnHost() };
}

/** Throws the first fault, once all have settled: until then they are at what is held. */
async function allOf(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) if (result.status === 'rejected') throw result.reason;
}
