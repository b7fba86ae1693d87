// Ema: the moving average of a new and an old number under one constant.
// Room   kernels (compute shaders). Also in src/epoch/reference/ema.ts, assembly/ema.ts
// Spec   docs/spec/yuma-epoch.md 9.2, 9.3
// Takes  the share alpha of the new number and that of the old one, each a word and a flag where it is 2^32
// Exact  each product is floored by itself; the sum is at most 2^32

struct Smoothing {
  fresh: u32,
  old: u32,
  only_fresh: bool,
  only_old: bool,
}

fn smoothing_of(subnet: u32) -> Smoothing {
  let flags = of_subnet(subnet, FLAGS);
  return Smoothing(
    of_subnet(subnet, ALPHA),
    of_subnet(subnet, REST),
    (flags & ONLY_FRESH) != 0u,
    (flags & ONLY_OLD) != 0u,
  );
}

/// Of two codes.
fn averaged(fresh: u32, old: u32, by: Smoothing) -> vec2u {
  return add64(scaled(by.fresh, by.only_fresh, fresh), scaled(by.old, by.only_old, old));
}

/// Share of a number: `full` = it is 2^32, else it is below.
fn part_of(number: u32, full: bool, factor: u32, whole: bool) -> vec2u {
  if (full) {
    return vec2u(factor, u32(whole));
  }
  return vec2u(select(mul_high(factor, number), number, whole), 0u);
}
