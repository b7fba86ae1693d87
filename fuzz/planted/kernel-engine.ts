/** The GPU backend with a fault in one of its kernels, in this process only: the built texts are put back afterwards. */
import { TEXTS } from '#yuma/backends/webgpu/built/texts.js';
import { createEngine, type Engine } from '#yuma/index.js';
import { type Fault, planted } from './fault.js';

/** @throws YumaError GPU_UNAVAILABLE */
export async function withFaultyKernel<T>(fault: Fault, use: (engine: Engine) => Promise<T>): Promise<T> {
  const texts = TEXTS as Record<string, string>;
  const right = texts[fault.file]!;
  texts[fault.file] = planted(right, fault);
  try {
    await using engine = await createEngine({ backend: 'webgpu', adapter: 'gl', warm: false });
    return await use(engine);
  } finally {
    texts[fault.file] = right;
  }
}
