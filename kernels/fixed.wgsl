// Fixed-point arithmetic: raw I32F32 numbers from 0 to 2^32 and their sums, in 32-bit words.
// Room   kernels (compute shaders). Also in src/epoch/reference/fixed.ts, assembly/fixed.ts
// Spec   docs/spec/yuma-epoch.md 2
// Takes  64-bit integers as vec2u, low word first. A *code* is a raw number in one word: 0xffffffff stands for 2^32, and is
//        used only where 2^32 - 1 cannot occur (docs/gpu.md); codes are ordered as the numbers are
// Exact  integers only, no f32; every quotient comes from a reciprocal made in integers, and needs no correction
// Bound  64 loop steps for a divisor, 32 for a long quotient, none else

/// The code of 2^32.
const ONE = 0xffffffffu;
/// No row, no column, no uid.
const NONE = 0xffffffffu;

fn add64(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + u32(low < a.x));
}

fn sub64(a: vec2u, b: vec2u) -> vec2u {
  return vec2u(a.x - b.x, a.y - b.y - u32(a.x < b.x));
}

fn less64(a: vec2u, b: vec2u) -> bool {
  return a.y < b.y || (a.y == b.y && a.x < b.x);
}

fn is_zero64(a: vec2u) -> bool {
  return (a.x | a.y) == 0u;
}

fn double64(a: vec2u) -> vec2u {
  return vec2u(a.x << 1u, (a.y << 1u) | (a.x >> 31u));
}

/// High word of the product: four multiplications of 16-bit halves, none of which overflows.
fn mul_high(a: u32, b: u32) -> u32 {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let t = ah * bl + ((al * bl) >> 16u);
  let s = al * bh + (t & 0xffffu);
  return ah * bh + (t >> 16u) + (s >> 16u);
}

fn mul64(a: u32, b: u32) -> vec2u {
  return vec2u(a * b, mul_high(a, b));
}

/// floor(k * number / 2^32) of a k below 2^32 and a code; the result is below 2^32.
fn mul_code(k: u32, code: u32) -> u32 {
  return mul_high(k, code) + u32(code == ONE && k != 0u);
}

/// The same rounded up; it may be 2^32 only for a k that is.
fn mul_code_up(k: u32, code: u32) -> u32 {
  return select(mul_high(k, code) + u32(k * code != 0u), k, code == ONE);
}

/// The number of a code.
fn value_of(code: u32) -> vec2u {
  return select(vec2u(code, 0u), vec2u(0u, 1u), code == ONE);
}

/// floor(factor * number / 2^32) of a factor and a code, both up to 2^32; `whole` = the factor is 2^32.
fn scaled(factor: u32, whole: bool, code: u32) -> vec2u {
  return select(vec2u(mul_code(factor, code), 0u), value_of(code), whole);
}

/// How to divide by a number S from 1 to 2^47: 2^64 + reciprocal = ceil(2^(64 + bits) / S), bits = ceil(log2(S)).
struct Divisor {
  reciprocal: vec2u,
  bits: u32,
}

fn bits_below(s: vec2u) -> u32 {
  let z = sub64(s, vec2u(1u, 0u));
  return select(32u - countLeadingZeros(z.x), 64u - countLeadingZeros(z.y), z.y != 0u);
}

fn divisor(s: vec2u) -> Divisor {
  let bits = bits_below(s);
  let power = select(vec2u(1u << bits, 0u), vec2u(0u, 1u << (bits - 32u)), bits >= 32u);
  var rest = sub64(power, s);
  var reciprocal = vec2u(0u);
  for (var step = 0u; step < 64u; step++) {
    rest = double64(rest);
    let fits = !less64(rest, s);
    rest = select(rest, sub64(rest, s), fits);
    reciprocal = double64(reciprocal) | vec2u(u32(fits), 0u);
  }
  return Divisor(add64(reciprocal, vec2u(u32(!is_zero64(rest)), 0u)), bits);
}

/// floor(x * 2^32 / S) for x < S, x below 2^32: nine multiplications.
fn quotient(x: u32, by: Divisor) -> u32 {
  let shifted = select(x << (32u - by.bits), x, by.bits >= 32u);
  let upper = mul64(shifted, by.reciprocal.y);
  let lower = upper.x + mul_high(shifted, by.reciprocal.x);
  let part = upper.y + u32(lower < upper.x);
  let half = (shifted & part) + ((shifted ^ part) >> 1u); // of their sum, which has 33 bits
  return select(shifted + part, half >> (by.bits - 33u), by.bits > 32u);
}

/// floor(2^64 / S) for S above 2^32.
fn quotient_of_one(by: Divisor) -> u32 {
  return (0x80000000u + (by.reciprocal.y >> 1u)) >> (by.bits - 33u);
}

/// The same bit by bit for x <= S, of any size up to 2^62; the result may be 2^32.
fn long_quotient(x: vec2u, s: vec2u) -> vec2u {
  if (!less64(x, s)) {
    return vec2u(0u, 1u);
  }
  var rest = x;
  var result = 0u;
  for (var step = 0u; step < 32u; step++) {
    rest = double64(rest);
    let fits = !less64(rest, s);
    rest = select(rest, sub64(rest, s), fits);
    result = (result << 1u) | u32(fits);
  }
  return vec2u(result, 0u);
}

/// Share of a total: floor(x * 2^32 / S) for x <= S, x up to 2^32; x itself where S is 0.
fn share_of(x: vec2u, s: vec2u, by: Divisor) -> vec2u {
  if (is_zero64(s)) {
    return x;
  }
  if (!less64(x, s)) {
    return vec2u(0u, 1u);
  }
  if (x.y != 0u) {
    return vec2u(quotient_of_one(by), 0u);
  }
  return vec2u(quotient(x.x, by), 0u);
}

/// A raw proportion below 2^32 as u16 share, truncated.
fn to_u16(x: u32) -> u32 {
  return (x >> 16u) - u32((x << 16u) < x);
}

/// The same up to 2^32.
fn to_u16_wide(x: vec2u) -> u32 {
  return select(to_u16(x.x), 65535u, x.y != 0u);
}
