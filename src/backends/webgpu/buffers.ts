/** Buffers of held subnets: they are copied from and to, and no kernel sees them. */
import type { Device } from './device.js';

/** GPUBufferUsage: COPY_SRC, COPY_DST. */
const USAGE = 4 | 8;
const STEP = 16;

/** A buffer with so much room: the known one, or a new one in its place. */
export function bufferOf(device: Device, known: GPUBuffer | undefined, bytes: number): GPUBuffer {
  if (known !== undefined && known.size >= bytes) return known;
  known?.destroy();
  return device.gpu.createBuffer({ label: 'held', size: Math.max(STEP, Math.ceil(bytes / STEP) * STEP), usage: USAGE });
}
