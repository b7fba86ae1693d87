// Yuma2: bonds as shares of a column, scaled to the largest for storage; a thread two columns.
// Room   kernels (compute shaders). Also in src/epoch/reference/yuma2.ts, assembly/yuma2.ts
// Spec   docs/spec/yuma-epoch.md 9.5, 9.6
// Takes  weights and old bonds as codes (a bond's u16 is its upper half), votes by row. Gives what yuma3.wgsl gives
// Exact  a share is 2^32 only where one row holds all of its column, the *owner*: of what is bought, of the old bonds, of
//        both. All other shares are below and fit a word
// Bound  4 V / LANES + 400 loop steps

/// Sides of a pair: 0 and 1 of each vector are its two columns.
struct Sums {
  totals: vec4u,
  counts: vec2u,
  last: vec2u,
}

fn count(sums: ptr<function, Sums>, left: vec2u, right: vec2u, row: u32) {
  let before = *sums;
  let some = vec2<bool>(!is_zero64(left), !is_zero64(right));
  *sums = Sums(
    vec4u(add64(before.totals.xy, left), add64(before.totals.zw, right)),
    before.counts + vec2u(some),
    select(before.last, vec2u(row), some),
  );
}

fn counted(sums: Sums, thread: u32, lane: u32) -> Sums {
  let totals = sum_of_all(sums.totals, thread, lane);
  let counts = sum_of_all(vec4u(sums.counts.x, 0u, sums.counts.y, 0u), thread, lane).xz;
  return Sums(totals, counts, largest_of_all(sums.last, thread, lane));
}

/// The only row with a part in the column, or NONE.
fn owner_of(count: u32, last: u32) -> u32 {
  return select(NONE, last, count == 1u);
}

fn divisor_of(total: vec2u) -> Divisor {
  return divisor(select(total, vec2u(1u, 0u), is_zero64(total)));
}

/// Average of what a row bought and held of a column, both as parts of the totals.
fn average_of(
  row: u32,
  bought: u32,
  held: u32,
  buyer: u32,
  holder: u32,
  market: Divisor,
  store: Divisor,
  by: Smoothing,
) -> vec2u {
  let fresh = part_of(quotient(bought, market), row == buyer, by.fresh, by.only_fresh);
  return add64(fresh, part_of(quotient(held, store), row == holder, by.old, by.only_old));
}

fn stored_of(share: u32, largest: u32, owned: bool, cell: u32, by: Divisor) -> u32 {
  if (owned) {
    return 65535u;
  }
  if (share == 0u) {
    return 0u;
  }
  if (share == largest) {
    return 65535u;
  }
  let stored = to_u16(quotient(share, by));
  if (stored == 0u) {
    mark(task.zeros, cell);
  }
  return stored;
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
  let limit = vec2u(vectors[task.consensus + columns.neuron], vectors[task.consensus + columns.neuron + 1u]);
  let ratio = of_subnet(columns.subnet, PENALTY);
  let voters = of_subnet(columns.subnet, VOTERS);
  let votes = task.votes + 2u * columns.first_row + 1u;
  let lone = (columns.flags & LONE_VOTER) != 0u;
  let smoothing = smoothing_of(columns.subnet);

  var market = Sums();
  var store = Sums();
  for (var row = columns.lane; row < columns.rows; row += LANES) {
    let place = place_of(columns, row);
    let held = bonds[place] >> vec2u(16u);
    count(&store, vec2u(held.x, 0u), vec2u(held.y, 0u), row);
    if (row < voters) {
      let weight = weights_at(place);
      let stake = vectors[votes + 2u * row];
      let left = scaled(stake, lone, penalised(weight.x, limit.x, columns.flags, ratio));
      let right = scaled(stake, lone, penalised(weight.y, limit.y, columns.flags, ratio));
      count(&market, left, right, row);
    }
  }
  market = counted(market, columns.thread, columns.lane);
  store = counted(store, columns.thread, columns.lane);
  let buyers = vec2u(owner_of(market.counts.x, market.last.x), owner_of(market.counts.y, market.last.y));
  let holders = vec2u(owner_of(store.counts.x, store.last.x), owner_of(store.counts.y, store.last.y));

  let left_market = divisor_of(market.totals.xy);
  let right_market = divisor_of(market.totals.zw);
  let left_store = divisor_of(store.totals.xy);
  let right_store = divisor_of(store.totals.zw);
  var sums = Sums();
  for (var row = columns.lane; row < columns.rows; row += LANES) {
    let place = place_of(columns, row);
    let held = bonds[place] >> vec2u(16u);
    var bought = vec2u(0u);
    if (row < voters) {
      let weight = weights_at(place);
      let stake = vectors[votes + 2u * row];
      bought.x = scaled(stake, lone, penalised(weight.x, limit.x, columns.flags, ratio)).x;
      bought.y = scaled(stake, lone, penalised(weight.y, limit.y, columns.flags, ratio)).x;
    }
    let left = average_of(row, bought.x, held.x, buyers.x, holders.x, left_market, left_store, smoothing);
    let right = average_of(row, bought.y, held.y, buyers.y, holders.y, right_market, right_store, smoothing);
    bonds[place] = vec2u(left.x, right.x);
    count(&sums, left, right, row);
  }
  sums = counted(sums, columns.thread, columns.lane);
  let owners = vec2u(owner_of(sums.counts.x, sums.last.x), owner_of(sums.counts.y, sums.last.y));
  if (columns.lane == 0u) {
    vectors[task.owners + columns.neuron] = owners.x;
    vectors[task.owners + columns.neuron + 1u] = owners.y;
  }

  let left_sum = divisor_of(sums.totals.xy);
  let right_sum = divisor_of(sums.totals.zw);
  let owned = owners != vec2u(NONE);
  var largest = vec2u(0u);
  for (var row = columns.lane; row < columns.rows; row += LANES) {
    let place = place_of(columns, row);
    let bond = bonds[place];
    let share = select(vec2u(quotient(bond.x, left_sum), quotient(bond.y, right_sum)), vec2u(0u), owned);
    bonds[place] = share;
    largest = max(largest, share);
  }
  largest = largest_of_all(largest, columns.thread, columns.lane);

  let left_largest = divisor_of(vec2u(largest.x, 0u));
  let right_largest = divisor_of(vec2u(largest.y, 0u));
  for (var row = columns.lane; row < columns.rows; row += LANES) {
    let place = place_of(columns, row);
    let share = bonds[place];
    let left = stored_of(share.x, largest.x, row == owners.x, 2u * place, left_largest);
    let right = stored_of(share.y, largest.y, row == owners.y, 2u * place + 1u, right_largest);
    bonds_out[place] = left | (right << 16u);
  }
}
