/** Integers: draws that the generator is made of. */
import type { Random } from '#yuma/sample/random.js';

export const LAST_U64 = 2n ** 64n - 1n;

export const pick = <T>(random: Random, items: readonly T[]): T => items[random.below(items.length)]!;

/** True in one of so many calls. */
export const oneIn = (random: Random, times: number): boolean => random.below(times) === 0;

export const u16 = (random: Random): number => random.next() >>> 16;

export const u64 = (random: Random): bigint => (BigInt(random.next()) << 32n) | BigInt(random.next());

/** From 0 up to, but not including, `limit`, a positive u64; a little uneven. */
export const bigBelow = (random: Random, limit: bigint): bigint => u64(random) % limit;

/** The block, or the end of the u64 range that lies nearest. */
export const clampBlock = (block: bigint): bigint => (block < 0n ? 0n : block > LAST_U64 ? LAST_U64 : block);
