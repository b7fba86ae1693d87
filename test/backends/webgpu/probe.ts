/** Runs one function of a kernel on many operands: the kernel's own text, with another entry point behind it. */
import type { Device } from '../../../src/backends/webgpu/device.js';
import { type Kernel, kernelText } from '../../../src/backends/webgpu/kernels.js';
import { TASK, TASK_STRIDE } from '../../../src/backends/webgpu/layout.js';

const MAP_READ = 1;
const COPY_SRC = 4;
const COPY_DST = 8;
const UNIFORM = 64;
const STORAGE = 128;

export interface Probe {
  readonly kernel: Kernel;
  /** Words of the operands and of the answer. */
  readonly takes: number;
  readonly gives: number;
  /** WGSL that calls `arg(0)` .. and `answer(0, word)` .. */
  readonly body: string;
  /** What the kernel reads as tables. */
  readonly tables?: Uint32Array<ArrayBuffer>;
}

export async function runProbe(device: Device, probe: Probe, operands: Uint32Array<ArrayBuffer>): Promise<Uint32Array> {
  const count = operands.length / probe.takes;
  const { gpu } = device;
  const code = `${kernelText(probe.kernel)}
@group(1) @binding(0) var<storage, read> probe_operands: array<u32>;
@group(1) @binding(1) var<storage, read_write> probe_answers: array<u32>;
var<private> probe_at: u32;
fn arg(word: u32) -> u32 { return probe_operands[probe_at * ${probe.takes}u + word]; }
fn arg64(word: u32) -> vec2u { return vec2u(arg(word), arg(word + 1u)); }
fn answer(word: u32, value: u32) { probe_answers[probe_at * ${probe.gives}u + word] = value; }
fn answer64(word: u32, value: vec2u) { answer(word, value.x); answer(word + 1u, value.y); }
@compute @workgroup_size(64) fn probe(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${count}u) { return; }
  probe_at = id.x;
  ${probe.body}
}`;
  const module = gpu.createShaderModule({ code });
  const pipeline = await gpu.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'probe' } });
  const buffer = (words: Uint32Array<ArrayBuffer> | number, usage: number): GPUBuffer => {
    const size = typeof words === 'number' ? 4 * words : words.byteLength;
    const made = gpu.createBuffer({ size, usage: usage | COPY_DST });
    if (typeof words !== 'number') gpu.queue.writeBuffer(made, 0, words);
    return made;
  };
  const answers = buffer(count * probe.gives, STORAGE | COPY_SRC);
  const readBack = buffer(count * probe.gives, MAP_READ);
  await device.submit(() => {
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const bind = (group: number, resources: readonly GPUBuffer[]): void => {
      const entries = resources.map((resource, binding) => ({ binding, resource: { buffer: resource } }));
      pass.setBindGroup(group, gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(group), entries }));
    };
    if (probe.tables === undefined) bind(0, []);
    else {
      const task = new Uint32Array(TASK_STRIDE / 4); // every offset 0
      if (TASK.length > task.length) throw new Error('a task has outgrown its stride');
      bind(0, [buffer(task, UNIFORM), buffer(probe.tables, STORAGE)]);
    }
    bind(1, [buffer(operands, STORAGE), answers]);
    pass.dispatchWorkgroups(Math.ceil(count / 64));
    pass.end();
    encoder.copyBufferToBuffer(answers, 0, readBack, 0, answers.size);
    gpu.queue.submit([encoder.finish()]);
  });
  await device.until(readBack.mapAsync(MAP_READ));
  const words = new Uint32Array(readBack.getMappedRange().slice(0));
  readBack.unmap();
  return words;
}
