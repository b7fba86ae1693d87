// Carried: bonds that the epoch before left on the device, as proportions; a workgroup a row.
// Room   kernels (compute shaders). What horizon.wgsl is for stored rows
// Spec   docs/spec/yuma-epoch.md 9.1, 9.4 (prop)
// Takes  rows of u16 by column, as yuma2.wgsl and yuma3.wgsl write them; gives codes by cell, 0 where there is none or it is
//        void. A kept 0 is none: its code is the same, and columns ascend, so no cursor stops at it
// Layout among the entries, padded as when they were written: there were no more neurons then, and padding holds 0
// Exact  as in horizon.wgsl
// Bound  n / 64 loop steps

@group(0) @binding(4) var<storage, read_write> bonds: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = row_item(number);
  let horizon = vec2u(of_subnet(item.subnet, HORIZON_LOW), of_subnet(item.subnet, HORIZON_HIGH));
  let registrations = registrations_of(item.subnet, horizon);
  let start = of_subnet(item.subnet, FIRST_CELL) + item.row * of_subnet(item.subnet, STRIDE);
  for (var column = thread; column < item.end - item.start; column += WIDTH) {
    if (is_before(column, registrations)) {
      bonds[start + column] = entry16(item.start + column) * 65537u;
    }
  }
}
