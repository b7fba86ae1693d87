// Consensus: the stake-weighted median of the weights each neuron receives; a thread two neurons. Then their rank.
// Room   kernels (compute shaders). Also in src/epoch/reference/consensus.ts, assembly/consensus.ts
// Spec   docs/spec/yuma-epoch.md 7.1; 7.2 (clip) and 7.4 (rank) on the way
// Takes  weights as codes, votes by row, the first VOTERS rows being those of voters; gives codes, and ranks of 64 bits
// Exact  the smallest value that occurs with G(x) = shares above x < kappa. Bisection between values that occur: G is asked
//        only for x with a voter at or below it, so that it fits a word even where all shares add up to 2^32
// Bound  35 walks of V / LANES steps: each pass halves the range between two values

fn clipped(weight: u32, limit: u32) -> u32 {
  return min(weight, limit); // a limit of 0 drops the entry: 0, too
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
  let voters = of_subnet(columns.subnet, VOTERS);
  let votes = task.votes + 2u * columns.first_row;

  var lowest = vec2u(NONE);
  var positive = vec2u(NONE);
  var highest = vec2u(0u);
  var held = vec2u(0u);
  for (var row = columns.lane; row < voters; row += LANES) {
    let weight = weights_at(place_of(columns, row));
    let some = weight > vec2u(0u);
    lowest = min(lowest, weight);
    highest = max(highest, weight);
    positive = min(positive, select(vec2u(NONE), weight, some));
    held += select(vec2u(0u), vec2u(vectors[votes + 2u * row]), some);
  }
  lowest = least_of_all(lowest, columns.thread, columns.lane);
  positive = least_of_all(positive, columns.thread, columns.lane);
  highest = largest_of_all(highest, columns.thread, columns.lane);
  held = sum_of_all(vec4u(held.x, 0u, held.y, 0u), columns.thread, columns.lane).xz;
  if ((columns.flags & ZERO_VOTE) != 0u || voters == 0u) {
    lowest = vec2u(0u);
  }

  let most = of_subnet(columns.subnet, KAPPA_LESS_ONE);
  var low = lowest;
  var high = highest;
  if ((columns.flags & NO_KAPPA) != 0u) {
    low = high;
  } else {
    // From here on held is G(0), if 0 occurs.
    let zero = lowest == vec2u(0u);
    let enough = held <= vec2u(most);
    high = select(high, vec2u(0u), zero & enough);
    low = select(low, min(positive, high), zero & !enough);
  }
  loop {
    if (all_done(all(low >= high), columns.thread)) {
      break;
    }
    let middle = low + ((high - low) >> vec2u(1u));
    var above = vec2u(0u);
    var below = low;
    var beyond = high;
    for (var row = columns.lane; row < voters; row += LANES) {
      let weight = weights_at(place_of(columns, row));
      let over = weight > middle;
      above += select(vec2u(0u), vec2u(vectors[votes + 2u * row]), over);
      below = max(below, select(weight, vec2u(0u), over));
      beyond = min(beyond, select(vec2u(NONE), weight, over));
    }
    above = sum_of_all(vec4u(above.x, 0u, above.y, 0u), columns.thread, columns.lane).xz;
    below = largest_of_all(below, columns.thread, columns.lane);
    beyond = least_of_all(beyond, columns.thread, columns.lane);
    let open = low < high;
    let enough = above <= vec2u(most);
    high = select(high, below, open & enough);
    low = select(low, beyond, open & !enough);
  }

  let lone = (columns.flags & LONE_VOTER) != 0u;
  var rank = vec4u(0u);
  for (var row = columns.lane; row < voters; row += LANES) {
    let weight = weights_at(place_of(columns, row));
    let stake = vectors[votes + 2u * row + 1u];
    rank = vec4u(
      add64(rank.xy, scaled(stake, lone, clipped(weight.x, high.x))),
      add64(rank.zw, scaled(stake, lone, clipped(weight.y, high.y))),
    );
  }
  rank = sum_of_all(rank, columns.thread, columns.lane);
  if (columns.lane == 0u) {
    vectors[task.consensus + columns.neuron] = high.x;
    vectors[task.consensus + columns.neuron + 1u] = high.y;
    set_vector64(task.ranks + 2u * columns.neuron, rank.xy);
    set_vector64(task.ranks + 2u * columns.neuron + 2u, rank.zw);
  }
}
