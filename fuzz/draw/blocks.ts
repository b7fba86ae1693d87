/** Blocks: when the epoch runs, and the blocks at the edges of its masks. */
import type { Random } from '#yuma/sample/random.js';
import { bigBelow, clampBlock, LAST_U64, oneIn, pick, u16, u64 } from './integers.js';

export interface Blocks {
  readonly now: bigint;
  readonly lastStep: bigint;
  readonly tempo: number;
  readonly cutoff: bigint;
  /** Many updates, registrations and commits of a case lie here, or one block beside. */
  readonly hot: bigint;
}

export function drawBlocks(random: Random): Blocks {
  const now = oneIn(random, 4) ? pick(random, [0n, 1n, LAST_U64, u64(random)]) : 900n + bigBelow(random, 201n);
  const usual = 1n + bigBelow(random, 100n);
  const lastStep = oneIn(random, 4) ? pick(random, [0n, 0n, 1n, LAST_U64]) : now > usual ? now - usual : usual;
  return {
    now,
    lastStep,
    tempo: oneIn(random, 2) ? pick(random, [0, 1, 99, 360, 65_535]) : u16(random),
    cutoff: oneIn(random, 5) ? pick(random, [0n, 1n, LAST_U64]) : 1n + bigBelow(random, 600n),
    hot: clampBlock(now - bigBelow(random, 8n)),
  };
}

/** A block at most one away from where a mask turns. */
export function drawEdge(random: Random, { now, lastStep, tempo, cutoff, hot }: Blocks): bigint {
  const edge = pick(random, [
    hot,
    hot,
    hot,
    0n,
    now,
    now - cutoff,
    lastStep,
    lastStep + 1n,
    now - BigInt(tempo),
    LAST_U64,
  ]);
  return clampBlock(edge + BigInt(random.below(3) - 1));
}
