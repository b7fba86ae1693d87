/**
 * Eight: eight elements of a vector by uid at once, since most vectors of an epoch are 0 but for a few uids.
 * Room   assembly (numeric core)
 * PERF   a block of zeros costs a test instead of eight rounds. Stages from stake to scores, n = 4096, 64 of them staked:
 *        144 us before, 36 with it and what each stage says
 */

export class Eight {
  /** Whether eight raw values follow element `first` of n, all of them 0. */
  @inline
  static zeros(vector: usize, first: i32, n: i32): bool {
    if (first + 8 > n) return false;
    const at = vector + ((<usize>first) << 3);
    if (ASC_FEATURE_SIMD) {
      const half = v128.or(v128.load(at), v128.load(at, 16));
      return !v128.any_true(v128.or(half, v128.or(v128.load(at, 32), v128.load(at, 48))));
    }
    const half = load<u64>(at) | load<u64>(at, 8) | load<u64>(at, 16) | load<u64>(at, 24);
    return (half | load<u64>(at, 32) | load<u64>(at, 40) | load<u64>(at, 48) | load<u64>(at, 56)) === 0;
  }

  /** Writes eight raw values of 0 from element `first` on. */
  @inline
  static clear(vector: usize, first: i32): void {
    const at = vector + ((<usize>first) << 3);
    if (ASC_FEATURE_SIMD) {
      const zero = i64x2.splat(0);
      v128.store(at, zero);
      v128.store(at, zero, 16);
      v128.store(at, zero, 32);
      v128.store(at, zero, 48);
    } else memory.fill(at, 0, 64);
  }
}
