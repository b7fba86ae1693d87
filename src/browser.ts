/**
 * `yuma-engine/browser`: the engine in windows and workers, without anything of Node. Backends, types and errors are those
 * of the whole package; there are no worker threads.
 */
import { type BackendName, BACKENDS as NAMES } from './backends/backends.js';
import type { CoreBuild } from './backends/wasm/module.js';
import { browserSource } from './backends/webgpu/source-browser.js';
import { createEngineOn, type Engine, type EngineOptions } from './engine/engine.js';
import type { Host } from './engine/host.js';
import { YumaError } from './epoch/errors.js';

export interface BrowserOptions extends EngineOptions {
  /** Where the WebAssembly core lies, or its bytes. Default `yuma.wasm` of this package, which bundlers carry along. */
  readonly core?: string | URL | Uint8Array<ArrayBuffer> | undefined;
}

/** Written out, so that bundlers find the files. */
const FILE: Record<Exclude<CoreBuild, 'shared'>, URL> = {
  simd: new URL('../wasm/yuma.wasm', import.meta.url),
  plain: new URL('../wasm/yuma-plain.wasm', import.meta.url),
};

export const BACKENDS: readonly BackendName[] = NAMES;

/** @throws YumaError UNKNOWN_BACKEND; BAD_USAGE; CORE_UNAVAILABLE if the core cannot be fetched; GPU_UNAVAILABLE */
export async function createEngine({ core, ...options }: BrowserOptions = {}): Promise<Engine> {
  return createEngineOn(hostWith(core), options);
}

const hostWith = (core: BrowserOptions['core']): Host => ({
  readCore: async (build) => {
    if (core instanceof Uint8Array) return core;
    if (core !== undefined) return fetched(core);
    if (build === 'plain') return fetched(FILE.plain);
    const simd = await fetched(FILE.simd);
    return WebAssembly.validate(simd) ? simd : fetched(FILE.plain);
  },
  gpu: browserSource,
  turn: nextTurn,
  warn: (message) => console.warn(message),
});

/** By a message: a timer would take 4 ms. */
function nextTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const here = port1 as unknown as { onmessage: (() => void) | null; close(): void }; // Node's type knows only its own way
  return new Promise((resolve) => {
    here.onmessage = () => {
      here.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function fetched(url: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const reason = `${String(url).slice(0, 200)}: ${(cause as Error).message}`;
    throw new YumaError('CORE_UNAVAILABLE', { reason }, { cause });
  }
}

export type * from './engine/engine.js';
export type { Progress } from './engine/sequence.js';
export type { GivenRow } from './engine/subnet/row.js';
export type { ScheduleOptions, Step } from './engine/subnet/state.js';
export type { Subnet } from './engine/subnet/subnet.js';
export * from './epoch/index.js';
