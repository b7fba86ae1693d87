// Votes: the shares that voters have in the consensus; a workgroup a subnet.
// Room   kernels (compute shaders); in the other rooms part of consensus
// Spec   docs/spec/yuma-epoch.md 7.1 (A2, u)
// Takes  active stake by neuron; gives share and stake by row, one word each: a voter who is alone has 2^32 of both, which
//        the flag LONE_VOTER says
// Bound  (n + V) / 128 loop steps

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let subnet = item_of(group);
  if (subnet >= task.count) {
    return;
  }
  let n = of_subnet(subnet, N);
  let stakes = task.active_stakes + 2u * of_subnet(subnet, FIRST_NEURON);
  var mine = vec2u(0u);
  for (var uid = thread; uid < n; uid += THREADS) {
    mine = add64(mine, table64(stakes + 2u * uid));
  }
  let total = total64(mine, thread);
  let by = divisor(select(total, vec2u(1u, 0u), is_zero64(total)));
  let first = of_subnet(subnet, FIRST_ROW);
  for (var row = thread; row < of_subnet(subnet, VOTERS); row += THREADS) {
    let stake = table64(stakes + 2u * tables[task.row_uids + first + row]);
    let share = share_of(stake, total, by);
    set_vector64(task.votes + 2u * (first + row), vec2u(share.x, stake.x));
  }
}
