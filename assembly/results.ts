/**
 * Results: the scores as u16, and the averaged bonds of those who hold a permit from now on.
 * Room   assembly (numeric core). In src/epoch/reference/ they are made in epoch.ts
 * Spec   docs/spec/yuma-epoch.md 11
 */
import { Eight } from './eight';
import { Fixed } from './fixed';
import * as at from './layout';
import { Lanes } from './tile/lanes';

export function storeScores(n: i32): void {
  storeU16(n, at.stake, at.stakeWeightOut);
  storeU16(n, at.consensus, at.consensusOut);
  storeU16(n, at.incentive, at.incentiveOut);
  storeU16(n, at.dividends, at.dividendsOut);
  storeU16(n, at.trust, at.trustOut);
}

function storeU16(n: i32, raw: usize, out: usize): void {
  for (let first = 0; first < n; first += 8) {
    if (ASC_FEATURE_SIMD) {
      if (first + 8 <= n) {
        const from = raw + ((<usize>first) << 3);
        v128.store(out + ((<usize>first) << 1), i16x8.narrow_i32x4_u(Scores.four(from), Scores.four(from + 32)));
        continue;
      }
    } else if (Eight.zeros(raw, first, n)) {
      store<u64>(out + ((<usize>first) << 1), 0);
      store<u64>(out + ((<usize>first) << 1), 0, 8);
      continue;
    }
    const stop = min(first + 8, n);
    for (let i = first; i < stop; i++) {
      store<u16>(out + ((<usize>i) << 1), <u16>Fixed.toU16(load<i64>(raw + ((<usize>i) << 3))));
    }
  }
}

class Scores {
  /** Four raw values as u16 in lanes of 32 bits. */
  @inline
  static four(from: usize): v128 {
    const first = v128.load(from);
    const second = v128.load(from, 16);
    const high = v128.shuffle<u32>(first, second, 1, 3, 5, 7);
    const scores = Lanes.toU16(v128.shuffle<u32>(first, second, 0, 2, 4, 6));
    const zero = i32x4.splat(0);
    const least = v128.andnot(scores, i32x4.lt_s(high, zero)); // below 0: 0
    return v128.or(least, i32x4.shr_u(i32x4.gt_s(high, zero), 16)); // from 2^32 on: 65535
  }
}

/** Rows of those who hold a permit from now on, u16 values of 0 included; all other rows become empty (spec 11). */
export function storeBonds(n: i32): void {
  let end: u32 = 0;
  for (let i = 0; i < n; i++) {
    store<u32>(at.bondsOutOffsets + ((<usize>i) << 2), end);
    if (load<u8>(at.newPermit + i) === 0) continue;
    const stop = load<u32>(at.emaOffsets + ((<usize>i) << 2), 4);
    for (let k = load<u32>(at.emaOffsets + ((<usize>i) << 2)); k < stop; k++) {
      store<u16>(at.bondsOutColumns + ((<usize>end) << 1), load<u16>(at.emaColumns + ((<usize>k) << 1)));
      store<u16>(
        at.bondsOutValues + ((<usize>end) << 1),
        <u16>Fixed.toU16(load<i64>(at.emaValues + ((<usize>k) << 3))),
      );
      end += 1;
    }
  }
  store<u32>(at.bondsOutOffsets + ((<usize>n) << 2), end);
}
