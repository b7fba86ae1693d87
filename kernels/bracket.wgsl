// Bracket: bonds under liquid alpha that are known without the series; a thread a column of at most 64 rows.
// Room   kernels (compute shaders). Also in assembly/tile/sigmoid.ts
// Spec   docs/spec/yuma-epoch.md 9.4 b
// Takes  an item: subnet, first column, first row. Gives bonds, and marks the cells that are left open for series.wgsl
// Exact  the sigmoid lies between two integers (sigmoid.wgsl), and each product is monotone in it: if both ends give the
//        same two products, they are the right ones
// Bound  64 loop steps

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = cell_item(number);
  let column = item.second + thread;
  let stride = of_subnet(item.subnet, STRIDE);
  if (column >= stride || (atomicLoad(&marks[task.odd + item.subnet]) & SOME_CONSENSUS) == 0u) {
    return;
  }
  let only_weights = (of_subnet(item.subnet, FLAGS) & ONLY_WEIGHTS) != 0u;
  let end = min(item.third + 64u, of_subnet(item.subnet, ROWS));
  for (var row = item.third; row < end; row++) {
    let cell = of_subnet(item.subnet, FIRST_CELL) + row * stride + column;
    let pair = pair_at(item.subnet, row, column, cell);
    if (!pair.present) {
      bonds[cell] = 0u;
    } else if (only_weights) {
      set_bond(cell, value_of(pair.weight));
    } else {
      let sigmoids = bracket_of(pair.exponent.size, pair.exponent.negative);
      let least = constant_of(item.subnet, sigmoids.x);
      let largest = constant_of(item.subnet, sigmoids.y);
      let bought = mul_code(least, pair.weight);
      let stays = kept(least, pair.bond);
      if (bought == mul_code(largest, pair.weight) && all(stays == kept(largest, pair.bond))) {
        set_bond(cell, add64(stays, vec2u(bought, 0u)));
      } else {
        mark(task.open, cell);
      }
    }
  }
}
