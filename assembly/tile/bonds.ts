/**
 * Bonds by groups: what the two bond algorithms share. The penalty, stored bonds as lanes, and a column's single holder.
 * Room   assembly (numeric core); the general forms stand in ../penalty.ts, ../horizon.ts
 * Spec   docs/spec/yuma-epoch.md 8, 9.1
 */

import { ONE } from '../fixed';
import * as group from './group';
import { Lanes } from './lanes';

/** The penalty as it is used: 0, ONE, or its raw value between them. */
export let penalty: i64 = 0;

export function setPenalty(raw: i64): void {
  penalty = raw;
}

export class Bonds {
  /** The weights that bonds are made from: x = w - ceil(penalty * (w - q)). */
  @inline
  static weight(slot: usize, consensus: v128): v128 {
    const bias = i32x4.splat(i32.MIN_VALUE);
    const weight = v128.load(group.weights + (slot << 4));
    if (penalty === ONE) return v128.xor(i32x4.min_s(weight, consensus), bias);
    if (penalty === 0) return v128.xor(weight, bias);
    const clipped = i32x4.min_s(weight, consensus);
    return i32x4.sub(v128.xor(weight, bias), Lanes.mulUp(i32x4.splat(<i32>penalty), i32x4.sub(weight, clipped)));
  }

  /** The stored bonds of four columns, u16 in lanes. */
  @inline
  static stored(slot: usize): v128 {
    return v128.load_ext<u16>(group.bonds + (slot << 3));
  }
}

/** Lanes whose sum is one value and not 0: columns with a single holder. */
export function holders(sum01: v128, sum23: v128, largest: v128): i32 {
  const same01 = i64x2.eq(sum01, i64x2.extend_low_i32x4_u(largest));
  const same23 = i64x2.eq(sum23, i64x2.extend_high_i32x4_u(largest));
  const some = i32x4.ne(largest, i32x4.splat(0));
  return i32x4.bitmask(v128.and(v128.shuffle<u32>(same01, same23, 0, 2, 4, 6), some));
}
