// Exponential: the chain's power series, with its errors, and the sigmoid made of it.
// Room   kernels (compute shaders). Also in src/epoch/reference/exponential.ts, assembly/exponential.ts
// Spec   docs/spec/yuma-epoch.md 9.4 b (g), 9.7
// Takes  the size of an exponent, up to 20 * 2^32, and its sign
// Exact  every step truncated; terms are below 2^62. A term of 0 is followed by none but 0
// Bound  at most 30 + 2 * 64 loop steps

/// floor(p * x / 2^32) / i, floored, for x below 2^37 and a result below 2^62.
fn next_term(p: vec2u, x: vec2u, i: u32) -> vec2u {
  let crossed = add64(mul64(p.y, x.x), mul64(p.x, x.y));
  let product = add64(add64(vec2u(0u, p.y * x.y), crossed), vec2u(mul_high(p.x, x.x), 0u));
  let upper = ((product.y % i) << 16u) | (product.x >> 16u);
  let lower = ((upper % i) << 16u) | (product.x & 0xffffu);
  return vec2u(((upper / i) << 16u) | (lower / i), product.y / i);
}

fn series(x: vec2u) -> vec2u {
  var sum = vec2u(x.x, x.y + 1u);
  var term = x;
  for (var i = 2u; i < 32u && !is_zero64(term); i++) {
    term = next_term(term, x, i);
    sum = add64(sum, term);
  }
  return sum;
}

/// floor(2^64 / s) for 2^32 < s < 2^62.
fn inverse(s: vec2u) -> u32 {
  var rest = vec2u(1u, 0u);
  var result = 0u;
  for (var step = 0u; step < 64u; step++) {
    rest = double64(rest);
    let fits = !less64(rest, s);
    rest = select(rest, sub64(rest, s), fits);
    result = (result << 1u) | u32(fits);
  }
  return result;
}

/// floor(2^64 / (2^32 + exp)).
fn sigmoid_of(size: vec2u, negative: bool) -> u32 {
  if (is_zero64(size)) {
    return 0x80000000u;
  }
  var exponential = series(size);
  if (negative) {
    exponential = vec2u(inverse(exponential), 0u);
  } else if (all(size == vec2u(0u, 1u))) {
    exponential = vec2u(3084996608u, 2u); // the chain's own e: 23 fraction bits
  }
  return inverse(vec2u(exponential.x, exponential.y + 1u));
}
