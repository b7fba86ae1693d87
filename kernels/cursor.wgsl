// Cursor: what a cursor that only moves forward misses in a row out of order; a workgroup a row.
// Room   kernels (compute shaders). In src/epoch/reference/liquid.ts, `cursorValues`; also in assembly/liquid.ts
// Spec   docs/spec/yuma-epoch.md 9.4 b (cursor value)
// Takes  stored rows, of weights with their normalised ones and the consensus; marks the cells that the cursor misses
// Exact  the entry under the cursor at column j is the first whose column is j or more: so the cursor finds an entry unless
//        one in front of it, of those that count, has a larger column
// Bound  2 n / 64 + 64 loop steps

@group(0) @binding(3) var<storage, read_write> weights: array<u32>;

var<workgroup> furthest: array<u32, 64>;

/// Column after that of the entry at k, 0 where it does not count. Under a penalty that is neither none nor full rows are
/// sorted, and not looked at.
fn after_weight(k: u32, n: u32, start: u32, neuron: u32, full: bool) -> u32 {
  let column = entry16(k);
  if (column >= n) {
    return 0u;
  }
  let weight = weights[start + column];
  let dropped = full && weight > 1u && vectors[task.consensus + neuron + column] == 0u;
  return select(column + 1u, 0u, weight == 0u || dropped);
}

fn after_bond(k: u32, n: u32, registrations: Registrations) -> u32 {
  let column = entry16(k);
  return select(0u, column + 1u, column >= n || is_before(min(column, n - 1u), registrations));
}

struct Walk {
  item: Item,
  n: u32,
  start: u32,
  neuron: u32,
  registrations: Registrations,
  full: bool,
  of_weights: bool,
  hidden: u32,
}

fn after_entry(k: u32, walk: Walk) -> u32 {
  if (walk.of_weights) {
    return after_weight(k, walk.n, walk.start, walk.neuron, walk.full);
  }
  return after_bond(k, walk.n, walk.registrations);
}

/// Each thread has a part of the row: it finds the furthest column of it, then of all parts in front, then walks again.
fn walk_row(walk: Walk, thread: u32, unsorted: bool) {
  let length = select(0u, (walk.item.end - walk.item.start + WIDTH - 1u) / WIDTH, unsorted);
  let begin = min(walk.item.end, walk.item.start + thread * length);
  let end = min(walk.item.end, begin + length);
  var here = 0u;
  for (var k = begin; k < end; k++) {
    here = max(here, after_entry(k, walk));
  }
  furthest[thread] = here;
  workgroupBarrier();
  var reached = 0u;
  for (var other = 0u; other < thread; other++) {
    reached = max(reached, furthest[other]);
  }
  for (var k = begin; k < end; k++) {
    let after = after_entry(k, walk);
    if (after < reached && after != 0u && after <= walk.n) {
      mark(walk.hidden, walk.start + after - 1u);
    }
    reached = max(reached, after);
  }
}

fn walk_of(item: Item, of_weights: bool) -> Walk {
  let horizon = vec2u(of_subnet(item.subnet, HORIZON_LOW), of_subnet(item.subnet, HORIZON_HIGH));
  return Walk(
    item,
    of_subnet(item.subnet, N),
    of_subnet(item.subnet, FIRST_CELL) + item.row * of_subnet(item.subnet, STRIDE),
    of_subnet(item.subnet, FIRST_NEURON),
    registrations_of(item.subnet, horizon),
    (of_subnet(item.subnet, FLAGS) & FULL_PENALTY) != 0u,
    of_weights,
    select(task.hidden_bonds, task.hidden_weights, of_weights),
  );
}

@compute @workgroup_size(64)
fn of_weights(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = row_item(number);
  if (item.row == NONE) {
    return;
  }
  let order = vectors[task.orders + of_subnet(item.subnet, FIRST_ROW) + item.row];
  let stays = (of_subnet(item.subnet, FLAGS) & (FULL_PENALTY | NO_PENALTY)) != 0u;
  walk_row(walk_of(item, true), thread, stays && (order & WEIGHTS_UNSORTED) != 0u);
}

@compute @workgroup_size(64)
fn of_bonds(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = row_item(number);
  let order = vectors[task.orders + of_subnet(item.subnet, FIRST_ROW) + item.row];
  walk_row(walk_of(item, false), thread, (order & BONDS_UNSORTED) != 0u);
}
