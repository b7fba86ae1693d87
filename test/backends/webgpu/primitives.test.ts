/**
 * Every primitive of kernels/fixed.wgsl, and what other kernels have of their own, against unbounded integers: on edge
 * operands (spec 2, 15.2) and on random ones of every length. RUNS sets how many.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Device, openDevice } from '../../../src/backends/webgpu/device.js';
import { nodeSource } from '../../../src/backends/webgpu/source-node.js';
import { ONE } from '../../../src/epoch/reference/fixed.js';
import { Random } from '../../../src/sample/random.js';
import { SEED } from '../../counterexamples.js';
import { ALL_ADAPTERS, describeOnGpu } from '../../gpu.js';
import { Draw, OPERATIONS } from './operations.js';
import { runProbe } from './probe.js';

const OPERANDS = Number(process.env.RUNS ?? 100_000);
const WORD = ONE - 1n;
console.info(`primitives: SEED=${SEED}`);

await describeOnGpu(`${OPERANDS} operands each`, ALL_ADAPTERS, (adapter) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(nodeSource(), adapter.adapter);
  });
  afterAll(() => device.close());

  test.each(Object.entries(OPERATIONS))('%s', async (_, { pass, body, widths, gives, draw, want }) => {
    const takes = widths.reduce<number>((sum, width) => sum + width, 0);
    const draws = new Draw(new Random(SEED, 1));
    const operands = Array.from({ length: OPERANDS }, () => draw(draws));
    const words = new Uint32Array(OPERANDS * takes);
    let at = 0;
    for (const list of operands) {
      for (const [which, value] of list.entries()) {
        words[at] = Number(value & WORD);
        if (widths[which] === 2) words[at + 1] = Number(value >> 32n);
        at += widths[which]!;
      }
    }
    const kernel = { pass, lanes: 1 } as const;
    const answers = await runProbe(device, { kernel, takes, gives, body }, words);
    for (const [index, list] of operands.entries()) {
      const low = BigInt(answers[index * gives]!);
      const got = gives === 2 ? low | (BigInt(answers[index * 2 + 1]!) << 32n) : low;
      const wanted = want(...list);
      if (got !== wanted) expect({ operands: list, got }).toEqual({ operands: list, got: wanted });
    }
  });
});
