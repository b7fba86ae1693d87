// Incentive: each neuron's share of the rank; a workgroup a subnet. Also writes what is left to write of the consensus.
// Room   kernels (compute shaders). Also in src/epoch/reference/incentive.ts, assembly/incentive.ts
// Spec   docs/spec/yuma-epoch.md 7.4, 11
// Takes  ranks and consensus; gives one word a neuron, which is 2^32 for the subnet's LONE_COLUMN only
// Exact  2^32 - 1 does occur: so a neuron that has all of the rank is told by its column
// Bound  (n / 64) loop steps

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let subnet = item_of(group);
  if (subnet >= task.count) {
    return;
  }
  let columns = of_subnet(subnet, STRIDE); // those beyond n have neither rank nor consensus
  let first = of_subnet(subnet, FIRST_NEURON);
  let state = task.states + subnet * STATE_WORDS;
  var mine = vec2u(0u);
  var some = false;
  for (var column = thread; column < columns; column += THREADS) {
    mine = add64(mine, vector64(task.ranks + 2u * (first + column)));
    some = some || vectors[task.consensus + first + column] != 0u;
  }
  let total = total64(mine, thread);
  if (some) {
    atomicOr(&marks[task.odd + subnet], SOME_CONSENSUS);
  }
  if (thread == 0u) {
    vectors[state + LONE_COLUMN] = NONE;
  }
  storageBarrier();
  let by = divisor(select(total, vec2u(1u, 0u), is_zero64(total)));
  for (var column = 2u * thread; column < columns; column += 2u * THREADS) {
    let at = first + column;
    var shares = array<vec2u, 2>();
    for (var side = 0u; side < 2u; side++) {
      let share = share_of(vector64(task.ranks + 2u * (at + side)), total, by);
      vectors[task.incentives + at + side] = share.x;
      if (share.y != 0u) {
        vectors[state + LONE_COLUMN] = column + side;
      }
      shares[side] = share;
      set_result64(task.incentives_raw + 2u * (at + side), share);
      set_result64(task.consensus_raw + 2u * (at + side), value_of(vectors[task.consensus + at + side]));
    }
    let left = value_of(vectors[task.consensus + at]);
    let right = value_of(vectors[task.consensus + at + 1u]);
    results[task.consensus_out + (at >> 1u)] = to_u16_wide(left) | (to_u16_wide(right) << 16u);
    results[task.incentives_out + (at >> 1u)] = to_u16_wide(shares[0]) | (to_u16_wide(shares[1]) << 16u);
  }
}
