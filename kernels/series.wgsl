// Series: bonds under liquid alpha that the bracket left open, exactly; a workgroup 2 048 cells.
// Room   kernels (compute shaders). Also in assembly/tile/series.ts
// Spec   docs/spec/yuma-epoch.md 9.4 b
// Takes  an item: subnet, first word of its bitmap. Open cells are gathered first, so that no thread idles beside another's
// Bound  32 cells of at most 160 loop steps

const WIDTH = 64u;

var<workgroup> open_cells: array<u32, 2048>;
var<workgroup> count: atomic<u32>;
var<workgroup> gathered: u32;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = cell_item(number);
  let stride = of_subnet(item.subnet, STRIDE);
  let first = of_subnet(item.subnet, FIRST_CELL);
  let word = item.second + thread;
  var bits = 0u;
  if (word < of_subnet(item.subnet, ROWS) * (stride >> 5u)) {
    bits = atomicLoad(&marks[task.open + (first >> 5u) + word]);
  }
  var at = atomicAdd(&count, countOneBits(bits));
  while (bits != 0u) {
    open_cells[at] = (word << 5u) + firstTrailingBit(bits);
    bits &= bits - 1u;
    at += 1u;
  }
  workgroupBarrier();
  if (thread == 0u) {
    gathered = atomicLoad(&count);
  }
  let end = workgroupUniformLoad(&gathered);
  for (var k = thread; k < end; k += WIDTH) {
    let cell = open_cells[k];
    let pair = pair_at(item.subnet, cell / stride, cell % stride, first + cell);
    let constant = constant_of(item.subnet, sigmoid_of(pair.exponent.size, pair.exponent.negative));
    let bought = vec2u(mul_code(constant, pair.weight), 0u);
    set_bond(first + cell, add64(kept(constant, pair.bond), bought));
  }
}
