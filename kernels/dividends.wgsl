// Dividends: what each row's bonds bring, and its trust; a workgroup eight rows.
// Room   kernels (compute shaders); in the other rooms part of yuma2, yuma3 and clip
// Spec   docs/spec/yuma-epoch.md 7.3, 9.4 c (tb), 9.5 (d0)
// Takes  an item of two words: subnet, first row. Shares of columns and weights by cell, owners, incentive and consensus by
//        column; gives two numbers a row, 64 bits each
// Exact  each product is floored, then added
// Bound  n / 16 loop steps, then 64

@group(0) @binding(3) var<storage, read_write> weights: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> bonds: array<vec2u>;

const WIDTH = 64u;
const ROWS_AT_ONCE = 8u;

var<workgroup> partials: array<vec4u, 512>;

/// What the share of one row of a column brings; `earns_all` = the column has all of the incentive, 2^32.
fn returned(share: u32, owns: bool, incentive: u32, earns_all: bool) -> vec2u {
  if (owns) {
    return vec2u(incentive, u32(earns_all));
  }
  return vec2u(select(mul_high(share, incentive), share, earns_all), 0u);
}

fn trusted(weight: u32, limit: u32) -> vec2u {
  return value_of(min(weight - u32(weight == 1u), limit));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let item = item_of(group);
  if (item >= task.count) {
    return;
  }
  let subnet = tables[task.list + 2u * item];
  let first = tables[task.list + 2u * item + 1u];
  let pairs = of_subnet(subnet, STRIDE) >> 1u;
  let count = min(ROWS_AT_ONCE, of_subnet(subnet, ROWS) - first);
  let neuron = of_subnet(subnet, FIRST_NEURON);
  let lone = vectors[task.states + subnet * STATE_WORDS + LONE_COLUMN];

  for (var at = 0u; at < count; at++) {
    let row = first + at;
    let start = (of_subnet(subnet, FIRST_CELL) >> 1u) + row * pairs;
    var returns = vec2u(0u);
    var trust = vec2u(0u);
    for (var pair = thread; pair < pairs; pair += WIDTH) {
      let weight = weights[start + pair];
      let share = bonds[start + pair];
      let column = neuron + 2u * pair;
      trust = add64(trust, trusted(weight.x, vectors[task.consensus + column]));
      trust = add64(trust, trusted(weight.y, vectors[task.consensus + column + 1u]));
      let left = vectors[task.owners + column] == row;
      let right = vectors[task.owners + column + 1u] == row;
      returns = add64(returns, returned(share.x, left, vectors[task.incentives + column], 2u * pair == lone));
      returns = add64(returns, returned(share.y, right, vectors[task.incentives + column + 1u], 2u * pair + 1u == lone));
    }
    partials[at * WIDTH + thread] = vec4u(returns, trust);
  }
  workgroupBarrier();
  if (thread < count) {
    var total = vec4u(0u);
    for (var other = 0u; other < WIDTH; other++) {
      let part = partials[thread * WIDTH + other];
      total = vec4u(add64(total.xy, part.xy), add64(total.zw, part.zw));
    }
    let row = of_subnet(subnet, FIRST_ROW) + first + thread;
    set_vector64(task.returns + 2u * row, total.xy);
    set_vector64(task.trusts + 2u * row, total.zw);
  }
}
