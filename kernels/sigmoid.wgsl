// Sigmoid: between which two integers the sigmoid of liquid alpha lies, without its series.
// Room   kernels (compute shaders). Also in assembly/tile/sigmoid.ts
// Spec   docs/spec/yuma-epoch.md 9.4 b
// Takes  the size of an exponent, up to 20 * 2^32, and its sign; a table by knots 1/64 apart (src/backends/webgpu/sigmoid.ts)
// Exact  docs/gpu.md derives the bounds
// Bound  no loop

/// Largest error of an estimate, in 1/64 of a raw unit.
const MARGIN = 10u;

/// floor(a * b / 2^32), signed.
fn mul_high_signed(a: i32, b: i32) -> i32 {
  let high = bitcast<i32>(mul_high(bitcast<u32>(a), bitcast<u32>(b)));
  return high - select(0i, b, a < 0i) - select(0i, a, b < 0i);
}

fn extended(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(x), select(0u, 0xffffffffu, x < 0i));
}

/// Whole units of a number of 1/64, which is below 2^38.
fn units(x: vec2u) -> u32 {
  return (x.y << 26u) | (x.x >> 6u);
}

/// Least and largest integer that the sigmoid can be.
fn bracket_of(size: vec2u, negative: bool) -> vec2u {
  if (is_zero64(size)) {
    return vec2u(0x80000000u);
  }
  let rounded = add64(size, vec2u(0x2000000u, 0u));
  let knot = task.sigmoid + KNOT_WORDS * ((rounded.y << 6u) | (rounded.x >> 26u));
  let offset = (bitcast<i32>(rounded.x & 0x3ffffffu) - 0x2000000i) << 6u;
  var slope = mul_high_signed(bitcast<i32>(tables[knot + 4u]), offset);
  slope = mul_high_signed(bitcast<i32>(tables[knot + 3u]) + slope, offset);
  slope = mul_high_signed(bitcast<i32>(tables[knot + 2u]) + slope, offset);
  let estimate = add64(table64(knot), extended(slope));
  if (!negative) {
    let above = vec2u(MARGIN + tables[knot + 5u], 0u);
    return vec2u(units(sub64(estimate, vec2u(MARGIN, 0u))), units(add64(estimate, above)));
  }
  let turned = sub64(vec2u(0u, 64u), estimate);
  let below = vec2u(MARGIN + tables[knot + 6u], 0u);
  let above = vec2u(MARGIN + tables[knot + 7u], 0u);
  return vec2u(units(sub64(turned, below)), units(add64(turned, above)));
}
