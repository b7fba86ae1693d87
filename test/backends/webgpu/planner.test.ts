import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, ENOUGH_CELLS, lanesFor, MOST_STEPS, plan, type Size } from '../../../src/backends/webgpu/planner.js';
import { SEED } from '../../counterexamples.js';

const DEFAULTS = {
  maxStorageBufferBindingSize: 2 ** 27,
  maxBufferSize: 2 ** 28,
  maxComputeWorkgroupsPerDimension: 65_535,
};

function dense(n: number, rows: number, liquid = false): Size {
  return { n, rows, weightRows: rows, bondRows: rows, weights: n * rows, bonds: n * rows, liquid };
}

const sizes: fc.Arbitrary<Size> = fc
  .tuple(fc.integer({ min: 1, max: 4_096 }), fc.nat(512), fc.boolean())
  .map(([n, rows, liquid]) => dense(n, Math.min(n, rows), liquid));

describe('the planner', () => {
  test('names every subnet once and in order, in batches that fit', () => {
    const property = fc.property(fc.array(sizes, { maxLength: 40 }), (list) => {
      const batches = plan(list, DEFAULTS);
      expect(batches.flat()).toEqual([...list.keys()]);
      for (const batch of batches) {
        expect(batch).not.toEqual([]);
        const { readBack, ...bytes } = bytesOf(batch.map((index) => list[index]!));
        for (const size of Object.values(bytes)) expect(size).toBeLessThanOrEqual(2 ** 27);
        expect(readBack).toBeLessThanOrEqual(2 ** 28);
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 300 });
  });

  test('nothing makes no batch', () => expect(plan([], DEFAULTS)).toEqual([]));

  test('many small subnets share one batch', () => {
    const list = Array.from({ length: 128 }, () => dense(256, 64));
    expect(plan(list, DEFAULTS)).toEqual([[...list.keys()]]);
  });

  test('a batch is closed where it holds enough to be computed while the next is packed', () => {
    const list = Array.from({ length: 256 }, () => dense(4_096, 64));
    const roomy = { ...DEFAULTS, maxStorageBufferBindingSize: 2 ** 31, maxBufferSize: 2 ** 32 };
    const batches = plan(list, roomy);
    expect(batches.map((batch) => batch.length)).toEqual([64, 64, 64, 64]);
    expect(64 * 64 * 4_096).toBe(ENOUGH_CELLS);
  });

  test('a subnet larger than that has a batch for itself', () => {
    const roomy = { ...DEFAULTS, maxStorageBufferBindingSize: 2 ** 31, maxBufferSize: 2 ** 32 };
    expect(plan([dense(8, 2), dense(8_192, 4_096), dense(8, 2)], roomy)).toEqual([[0], [1], [2]]);
  });

  test('a subnet that no buffer holds is refused with what it takes', () => {
    expect(() => plan([dense(8_192, 8_192)], DEFAULTS)).toThrow(
      expect.objectContaining({
        code: 'GPU_LIMIT',
        data: {
          what: 'a buffer (entries)',
          wanted: 536_870_928,
          limit: 2 ** 27,
          unit: 'bytes',
          name: 'maxStorageBufferBindingSize',
        },
      }),
    );
  });

  test('the message names the limit, what is needed, what there is, and what to do', () => {
    const refused = (size: Size, limits: object = {}) => expect(() => plan([size], { ...DEFAULTS, ...limits }));
    refused(dense(8_192, 8_192)).toThrow(
      'a buffer (entries) of this epoch takes 536870928 bytes, the GPU allows 134217728 (maxStorageBufferBindingSize). ' +
        'No result was taken over; take the backend "wasm" for this subnet, which has no such limit.',
    );
    refused(dense(8_192, 8_192), { maxBufferSize: 2 ** 26 }).toThrow('the GPU allows 67108864 (maxBufferSize).');
    const light = { ...dense(4_096, 4), weights: 0, bonds: 0 };
    refused(light, { maxBufferSize: 270_000 }).toThrow('the buffer that is read back of this epoch takes');
    refused(dense(4_096, 64), { maxComputeWorkgroupsPerDimension: 8 }).toThrow('allows 64 (maxComputeWorkgroups');
  });

  test('a dispatch of too many workgroups is refused', () => {
    expect(() => plan([dense(4_096, 64)], { ...DEFAULTS, maxComputeWorkgroupsPerDimension: 8 })).toThrow(
      expect.objectContaining({ code: 'GPU_LIMIT', data: expect.objectContaining({ unit: 'workgroups' }) }),
    );
  });
});

describe('threads that share a column', () => {
  test.each([
    [0, 1],
    [64, 1],
    [1_000, 1],
    [2_000, 8],
    [10_000, 8],
    [32_768, 32],
  ])('%i rows take %i', (rows, lanes) => expect(lanesFor(rows)).toBe(lanes));

  test('no thread walks more than an adapter may silently end, and none is asked for more than needed', () => {
    for (let rows = 0; rows <= 32_768; rows += 7) {
      const lanes = lanesFor(rows)!;
      // A median of 32 passes, what goes before and behind it, and the rounds of its divisions.
      expect(36 * (Math.ceil(rows / lanes) + 3 * lanes) + 500).toBeLessThanOrEqual(MOST_STEPS);
    }
  });

  test('there are rows beyond', () => {
    expect(lanesFor(100_000)).toBeUndefined();
    expect(() => plan([{ ...dense(1, 100_000), weights: 0, bonds: 0 }], DEFAULTS)).toThrow('steps of a thread');
  });
});
