import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALIGNMENT, Blocks } from '../../src/backends/wasm/blocks.js';
import { runs, SEED } from '../counterexamples.js';

const START = 1_600;
const END = START + 4_096;

/** Allocates (a size) or frees (an index into what is held), as a row of numbers. */
const calls = fc.array(fc.oneof(fc.integer({ min: 1, max: 900 }), fc.integer({ min: -20, max: -1 })), {
  maxLength: 80,
});

function overlaps(held: readonly (readonly [at: number, bytes: number])[]): boolean {
  const sorted = [...held].sort(([one], [other]) => one - other);
  return sorted.some(([at], index) => index > 0 && sorted[index - 1]![0] + sorted[index - 1]![1] > at);
}

describe('blocks of an address range', () => {
  test('never overlap, lie within it, are aligned, and leave it whole when all are freed', () => {
    fc.assert(
      fc.property(calls, (sizes) => {
        const blocks = new Blocks(START, END);
        const held: (readonly [at: number, bytes: number])[] = [];
        for (const size of sizes) {
          if (size < 0) {
            const [freed] = held.splice(-size % Math.max(1, held.length), 1);
            if (freed !== undefined) blocks.free(freed[0]);
            continue;
          }
          const at = blocks.allocate(size);
          if (at === undefined) continue;
          expect(at % ALIGNMENT).toBe(0);
          expect(at).toBeGreaterThanOrEqual(START);
          expect(at + size).toBeLessThanOrEqual(END);
          expect(at + size).toBeLessThanOrEqual(blocks.extent);
          held.push([at, size]);
          expect(overlaps(held)).toBe(false);
        }
        for (const [at] of held) blocks.free(at);
        expect(blocks.empty).toBe(true);
        expect(blocks.extent).toBe(START);
        expect(blocks.allocate(END - START)).toBe(START);
      }),
      { seed: SEED, numRuns: runs(300) },
    );
  });

  test('take the first gap that is large enough', () => {
    const blocks = new Blocks(0, 1_024);
    const [a, b, c, d] = [64, 16, 32, 16].map((bytes) => blocks.allocate(bytes)!);
    blocks.free(a!);
    blocks.free(c!);
    expect(blocks.allocate(80)).toBe(d! + 16);
    expect(blocks.allocate(32)).toBe(a);
    expect(blocks.allocate(33)).toBe(d! + 96);
    expect(blocks.allocate(32)).toBe(a! + 32);
    expect(b).toBe(64);
  });

  test('join the gap before, the gap behind, and both', () => {
    const order = [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
    ];
    for (const frees of order) {
      const blocks = new Blocks(0, 48);
      const held = [0, 1, 2].map(() => blocks.allocate(16)!);
      expect(blocks.allocate(1)).toBeUndefined();
      for (const index of frees) blocks.free(held[index]!);
      expect(blocks.allocate(48)).toBe(0);
    }
  });

  test('refuse an address that was not given out, or was freed', () => {
    const blocks = new Blocks(0, 64);
    const at = blocks.allocate(16)!;
    blocks.free(at);
    expect(() => blocks.free(at)).toThrow(RangeError);
    expect(() => blocks.free(32)).toThrow(RangeError);
  });
});
