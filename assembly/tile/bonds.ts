/**
 * Bonds by tiles: what the two bond algorithms share. The penalty, stored bonds as lanes, and a column's single holder.
 * Room   assembly (numeric core); the general forms stand in ../penalty.ts, ../horizon.ts
 * Spec   docs/spec/yuma-epoch.md 8, 9.1
 */

import { ONE } from '../fixed';
import { ROW16, ROW32 } from './gather';
import { Lanes } from './lanes';
import * as place from './place';

/** The penalty as it is used: 0, ONE, or its raw value between them. */
export let penalty: i64 = 0;

export function setPenalty(raw: i64): void {
  penalty = raw;
}

export class Bonds {
  /** The weights that bonds are made from: x = w - ceil(penalty * (w - q)). */
  @inline
  static weight(row: i32, group: usize, consensus: v128): v128 {
    const bias = i32x4.splat(i32.MIN_VALUE);
    const weight = v128.load(place.tileWeights + ((<usize>row) << ROW32) + group);
    if (penalty === 0) return v128.xor(weight, bias);
    const clipped = i32x4.min_s(weight, consensus);
    if (penalty === ONE) return v128.xor(clipped, bias);
    return i32x4.sub(v128.xor(weight, bias), Lanes.mulUp(i32x4.splat(<i32>penalty), i32x4.sub(weight, clipped)));
  }

  /** The stored bonds of four columns, u16 in lanes. */
  @inline
  static stored(row: i32, group: usize): v128 {
    return v128.load_ext<u16>(place.tileBonds + ((<usize>row) << ROW16) + (group >> 1));
  }
}
