/**
 * Divisor: what the columns of one group of four are divided by, made ready once and used for every row.
 * Room   assembly (numeric core)
 * Layout eight v128 at `divisor`: the low words; fl(2^32 / s) of lanes 0, 1 and 2, 3; fl((2^32 - s) / s) likewise; which
 *        lanes are near 2^32; the whole divisors as i64, lanes 0, 1 and 2, 3
 */
import { Lanes, NEAR } from './lanes';

const ALL_SMALL: i32 = 0;
const ALL_NEAR: i32 = 1;
const MIXED: i32 = 2;
const WIDE: i32 = 3;

/** How the lanes of the divisor last made are to be divided. */
let kind: i32 = ALL_SMALL;

/** Makes ready the four sums (i64, two v128). A lane whose sum is 0 divides nothing but zeros and gives zeros. */
export function makeDivisor(at: usize, s01: v128, s23: v128): void {
  v128.store(at, v128.shuffle<u32>(s01, s23, 0, 2, 4, 6));
  v128.store(at, s01, 96);
  v128.store(at, s23, 112);
  let near = 0;
  let wide = 0;
  for (let lane = 0; lane < 4; lane++) {
    const s = load<i64>(at + ((<usize>lane) << 3), 96);
    const isNear = s > NEAR && s <= 1 << 32;
    near += <i32>isNear;
    wide += <i32>(s > 1 << 32);
    store<f64>(at + ((<usize>lane) << 3), s === 0 ? 0.0 : 4294967296.0 / <f64>s, 16);
    store<f64>(at + ((<usize>lane) << 3), isNear ? <f64>(((<i64>1) << 32) - s) / <f64>s : 0.0, 48);
    store<u32>(at + ((<usize>lane) << 2), isNear ? 0xffff_ffff : 0, 80);
  }
  kind = wide > 0 ? WIDE : near === 0 ? ALL_SMALL : near === 4 ? ALL_NEAR : MIXED;
}

/** x / s by lanes, for x < s; 0 for x = s. */
export class Divisor {
  @inline
  static divide(at: usize, x: v128): v128 {
    if (kind === ALL_SMALL) return Lanes.quotient(x, v128.load(at), v128.load(at, 16), v128.load(at, 32));
    if (kind === ALL_NEAR) return Lanes.quotientNear(x, v128.load(at, 48), v128.load(at, 64));
    return other(at, x);
  }
}

function other(at: usize, x: v128): v128 {
  if (kind === WIDE) {
    return Lanes.quotientWide(x, v128.load(at, 96), v128.load(at, 112), v128.load(at, 16), v128.load(at, 32));
  }
  return v128.bitselect(
    Lanes.quotientNear(x, v128.load(at, 48), v128.load(at, 64)),
    Lanes.quotient(x, v128.load(at), v128.load(at, 16), v128.load(at, 32)),
    v128.load(at, 80),
  );
}
