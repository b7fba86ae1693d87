// Yuma3: bonds as proportions, and as shares of their columns; a thread two columns.
// Room   kernels (compute shaders). Also in src/epoch/reference/yuma3.ts, assembly/yuma3.ts
// Spec   docs/spec/yuma-epoch.md 9.4 a, c (column shares); 9.6
// Takes  weights and old bonds as codes; where liquid alpha is at work new bonds, as liquid.wgsl leaves them. Gives shares of
//        the column (one word; the OWNER row, which has it all, is told by its number), stored bonds as u16
// Exact  a new bond is one word and a bit of `whole` where it is 2^32. A column sum is at most 2^47
// Bound  2 V / LANES + 130 loop steps

/// Writes a new bond's low word elsewhere; keeps here what the word cannot say.
fn note_whole(bond: vec2u, cell: u32) {
  if (bond.y != 0u) {
    mark(task.whole, cell);
  }
}

fn is_whole(low: u32, cell: u32) -> bool {
  return low == 0u && marked(task.whole, cell);
}

fn u16_of(low: u32, whole: bool, cell: u32) -> u32 {
  if (whole) {
    return 65535u;
  }
  let stored = to_u16(low);
  if (stored == 0u && low != 0u) {
    mark(task.zeros, cell);
  }
  return stored;
}

fn column_share(low: u32, whole: bool, alone: bool, by: Divisor) -> u32 {
  if (alone) {
    return 0u;
  }
  return select(quotient(low, by), quotient_of_one(by), whole);
}

@compute @workgroup_size(PAIRS, LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let item = item_of(group);
  if (item >= task.count) {
    return;
  }
  let columns = columns_of(item, local);
  if (idle(columns.pair, columns.pairs)) {
    return;
  }
  let liquid = (columns.flags & LIQUID) != 0u && (atomicLoad(&marks[task.odd + columns.subnet]) & SOME_CONSENSUS) != 0u;
  let limit = vec2u(vectors[task.consensus + columns.neuron], vectors[task.consensus + columns.neuron + 1u]);
  let ratio = of_subnet(columns.subnet, PENALTY);
  let smoothing = smoothing_of(columns.subnet);

  var sums = vec4u(0u);
  var counts = vec2u(0u);
  var last = vec2u(0u);
  for (var row = columns.lane; row < columns.rows; row += LANES) {
    let place = place_of(columns, row);
    var left = vec2u(bonds[place].x, 0u);
    var right = vec2u(bonds[place].y, 0u);
    if (liquid) {
      left.y = u32(is_whole(left.x, 2u * place));
      right.y = u32(is_whole(right.x, 2u * place + 1u));
    } else {
      let weight = weights_at(place);
      left = averaged(penalised(weight.x, limit.x, columns.flags, ratio), left.x, smoothing);
      right = averaged(penalised(weight.y, limit.y, columns.flags, ratio), right.x, smoothing);
      bonds[place] = vec2u(left.x, right.x);
      note_whole(left, 2u * place);
      note_whole(right, 2u * place + 1u);
    }
    sums = vec4u(add64(sums.xy, left), add64(sums.zw, right));
    let some = vec2<bool>(!is_zero64(left), !is_zero64(right));
    counts += vec2u(some);
    last = select(last, vec2u(row), some);
  }
  sums = sum_of_all(sums, columns.thread, columns.lane);
  counts = sum_of_all(vec4u(counts.x, 0u, counts.y, 0u), columns.thread, columns.lane).xz;
  last = largest_of_all(last, columns.thread, columns.lane);

  let alone = counts == vec2u(1u);
  if (columns.lane == 0u) {
    vectors[task.owners + columns.neuron] = select(NONE, last.x, alone.x);
    vectors[task.owners + columns.neuron + 1u] = select(NONE, last.y, alone.y);
  }
  let by_left = divisor(select(sums.xy, vec2u(1u, 0u), is_zero64(sums.xy)));
  let by_right = divisor(select(sums.zw, vec2u(1u, 0u), is_zero64(sums.zw)));
  for (var row = columns.lane; row < columns.rows; row += LANES) {
    let place = place_of(columns, row);
    let bond = bonds[place];
    let left_whole = is_whole(bond.x, 2u * place);
    let right_whole = is_whole(bond.y, 2u * place + 1u);
    bonds[place] = vec2u(
      column_share(bond.x, left_whole, alone.x, by_left),
      column_share(bond.y, right_whole, alone.y, by_right),
    );
    bonds_out[place] = u16_of(bond.x, left_whole, 2u * place) | (u16_of(bond.y, right_whole, 2u * place + 1u) << 16u);
  }
}
