/** Source: where a GPU comes from. Node and browsers have one each; tests make theirs up. */

/** Value of `--adapter`: `auto` takes the host's own choice first, then OpenGL. */
export const ADAPTERS = ['auto', 'vulkan', 'gl'] as const;
export type AdapterChoice = (typeof ADAPTERS)[number];

/** A way to an adapter. */
export interface Route {
  /** For people: "Vulkan". */
  readonly name: string;
  readonly options: GPURequestAdapterOptions;
  /** The object that adapters are asked of. It has to outlive the device. */
  open(): GPU;
}

export interface GpuSource {
  /**
   * Ways to an adapter, in the order in which they are to be tried.
   * @throws YumaError GPU_UNAVAILABLE where there is none
   */
  routes(choice: AdapterChoice): Promise<readonly Route[]>;
  /** What may help where no way leads to a device. A sentence. */
  readonly mend: string;
}
