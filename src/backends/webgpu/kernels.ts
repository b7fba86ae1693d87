/**
 * Kernels: which files each pass is made of, and their pipelines on a device.
 * PERF   a pipeline costs 3 to 500 ms to make: each is made once, when it is first needed, all of a batch at the same time
 */
import { TEXTS } from './built/texts.js';
import type { Device } from './device.js';
import { FORMS, type Lanes, layoutText } from './layout.js';

type Text = keyof typeof TEXTS;

interface Pass {
  readonly files: readonly Text[];
  /** A walk over rows that threads may share. */
  readonly shared?: boolean;
  readonly entry?: string;
}

/** In the order in which they run. */
export const PASSES = {
  weights: { files: ['rows', 'weights'] },
  horizon: { files: ['rows', 'horizon'] },
  carried: { files: ['rows', 'carried'] },
  votes: { files: ['totals', 'votes'] },
  consensus: { files: ['columns', 'consensus'], shared: true },
  incentive: { files: ['totals', 'incentive'] },
  weightCursor: { files: ['rows', 'cursor'], entry: 'of_weights' },
  bondCursor: { files: ['rows', 'cursor'], entry: 'of_bonds' },
  bracket: { files: ['cells', 'penalty', 'liquid', 'sigmoid', 'bracket'] },
  series: { files: ['cells', 'penalty', 'liquid', 'exponential', 'series'] },
  yuma3: { files: ['columns', 'penalty', 'ema', 'yuma3'], shared: true },
  yuma2: { files: ['columns', 'penalty', 'ema', 'yuma2'], shared: true },
  dividends: { files: ['dividends'] },
  emission: { files: ['totals', 'emission'] },
} as const satisfies Record<string, Pass>;
export type PassName = keyof typeof PASSES;

/** Every kernel there is. */
export const KERNELS: readonly Kernel[] = (Object.entries(PASSES) as [PassName, Pass][]).flatMap(([pass, { shared }]) =>
  FORMS.filter(({ lanes }) => shared || lanes === 1).map(({ lanes }) => ({ pass, lanes })),
);

/** A pass in one of its forms. */
export interface Kernel {
  readonly pass: PassName;
  readonly lanes: Lanes;
}

/** The whole text of a kernel. */
export function kernelText({ pass, lanes }: Kernel): string {
  const { files, shared }: Pass = PASSES[pass];
  const form: readonly Text[] = shared ? [lanes === 1 ? 'alone' : 'together'] : [];
  return [layoutText(), ...(['fixed', 'batch', ...form, ...files] as const).map((file) => TEXTS[file])].join('\n');
}

/** Number of storage buffers: those of the bindings 1 to 8. */
const STORAGE_BUFFERS = 8;
const READ_ONLY = 2;

export class Kernels {
  readonly groups: GPUBindGroupLayout;
  private readonly layout: GPUPipelineLayout;
  private readonly made = new Map<string, Promise<GPUComputePipeline>>();

  constructor(private readonly device: Device) {
    const { gpu } = device;
    const storage = Array.from({ length: STORAGE_BUFFERS }, (_, at): GPUBindGroupLayoutEntry => {
      const type = at < READ_ONLY ? 'read-only-storage' : 'storage';
      return { binding: at + 1, visibility: SHADER_STAGE_COMPUTE, buffer: { type } };
    });
    this.groups = gpu.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: SHADER_STAGE_COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } },
        ...storage,
      ],
    });
    this.layout = gpu.createPipelineLayout({ bindGroupLayouts: [this.groups] });
  }

  /**
   * The pipeline of a kernel.
   * @throws YumaError GPU_FAULT where the device does not take it
   */
  pipeline(kernel: Kernel): Promise<GPUComputePipeline> {
    const key = `${kernel.pass} ${kernel.lanes}`;
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const made = this.make(kernel);
    made.catch(() => {}); // a lost device is told by `until`
    const pipeline = this.device.until(made);
    this.made.set(key, pipeline);
    pipeline.catch(() => this.made.delete(key));
    return pipeline;
  }

  private make(kernel: Kernel): Promise<GPUComputePipeline> {
    const { entry = 'main' }: Pass = PASSES[kernel.pass];
    const module = this.device.gpu.createShaderModule({ label: kernel.pass, code: kernelText(kernel) });
    const { lanes, pairs } = FORMS.find((form) => form.lanes === kernel.lanes)!;
    const constants = lanes === 1 ? {} : { LANES: lanes, PAIRS: pairs };
    const compute = { module, entryPoint: entry, constants };
    return this.device.gpu.createComputePipelineAsync({ label: kernel.pass, layout: this.layout, compute });
  }
}

/** GPUShaderStage.COMPUTE; the names are no globals in Node. */
const SHADER_STAGE_COMPUTE = 4;
