// Penalty: the weights that bonds are made of, between the submitted and the clipped ones.
// Room   kernels (compute shaders). Also in src/epoch/reference/penalty.ts, assembly/penalty.ts
// Spec   docs/spec/yuma-epoch.md 8
// Takes  a weight and the consensus of its column as codes; gives a code
// Exact  w - ceil(pen * (w - q)), which is the floor of the spec. Weights are 2^32 or at most 2^32 - 65536, and so is the
//        consensus: neither a difference nor a result can be 2^32 - 1

fn penalised(weight: u32, limit: u32, flags: u32, ratio: u32) -> u32 {
  let clipped = min(weight, limit);
  if ((flags & FULL_PENALTY) != 0u) {
    return clipped;
  }
  if ((flags & NO_PENALTY) != 0u || clipped == weight) {
    return weight;
  }
  let whole = weight == ONE;
  let excess = select(weight - clipped, select(0u - clipped, ONE, clipped == 0u), whole);
  let cut = mul_code_up(ratio, excess);
  return select(weight, 0u, whole) - cut;
}
