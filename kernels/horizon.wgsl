// Horizon: stored bonds that count, as proportions; a workgroup a row.
// Room   kernels (compute shaders). Also in src/epoch/reference/horizon.ts, assembly/horizon.ts
// Spec   docs/spec/yuma-epoch.md 9.1, 9.4 (prop)
// Takes  stored rows; gives codes by cell, 0 where there is none or it is void
// Exact  prop(b) = 65537 b, and for b = 65535 that is 0xffffffff, the code of the 2^32 it should be
// Bound  2 n / 64 loop steps

@group(0) @binding(4) var<storage, read_write> bonds: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = row_item(number);
  let n = of_subnet(item.subnet, N);
  let horizon = vec2u(of_subnet(item.subnet, HORIZON_LOW), of_subnet(item.subnet, HORIZON_HIGH));
  let registrations = registrations_of(item.subnet, horizon);
  let start = of_subnet(item.subnet, FIRST_CELL) + item.row * of_subnet(item.subnet, STRIDE);

  var oddity = 0u;
  for (var k = item.start + thread; k < item.end; k += WIDTH) {
    let column = entry16(k);
    oddity |= oddity_at(k, item, n);
    if (column < n && is_before(column, registrations)) {
      bonds[start + column] = entry16(k + task.bond_values) * 65537u;
    }
  }
  oddity = gathered(oddity, thread);
  var twice = false;
  if ((oddity & UNSORTED) != 0u) {
    twice = sees_twice(item, n, thread);
  }
  report(item, oddity, twice, thread);
  if (thread == 0u && (oddity & UNSORTED) != 0u) {
    vectors[task.orders + of_subnet(item.subnet, FIRST_ROW) + item.row] |= BONDS_UNSORTED;
  }
}
