// Weights: the rows that count, each as shares of what is left of it; a workgroup a row.
// Room   kernels (compute shaders). Also in src/epoch/reference/weights.ts, assembly/weights.ts
// Spec   docs/spec/yuma-epoch.md 6
// Takes  stored rows; gives codes by cell, 0 where there is no entry. A normalised weight is never 1: under liquid alpha,
//        where it matters, 1 stands for an entry whose weight is 0
// Exact  v * 2^32 / R by a reciprocal of 48 + L bits, whose excess is too small to count: R below 2^31, v below 2^16
// Bound  48 + 3 n / 64 loop steps; 48 of them for the reciprocal

@group(0) @binding(3) var<storage, read_write> weights: array<u32>;

var<workgroup> sum: atomic<u32>;
var<workgroup> row_sum: u32;

/// First block of registration that voids weights of this uid.
fn voids_from(subnet: u32, neuron: u32) -> vec2u {
  let updated = table64(task.last_updates + 2u * neuron);
  if ((of_subnet(subnet, FLAGS) & COMMIT_REVEAL) == 0u) {
    return updated;
  }
  let commit = table64(task.commits + 2u * neuron);
  if (!less64(commit, updated)) {
    return updated;
  }
  return add64(commit, vec2u(1u, 0u));
}

struct RowDivisor {
  reciprocal: vec2u, // ceil(2^(48 + bits) / R) - 2^48
  bits: u32,
}

fn row_divisor(r: u32) -> RowDivisor {
  let bits = bits_below(vec2u(r, 0u));
  var rest = (1u << bits) - r;
  var reciprocal = vec2u(0u);
  for (var step = 0u; step < 48u; step++) {
    rest = rest << 1u;
    let fits = rest >= r;
    rest = select(rest, rest - r, fits);
    reciprocal = double64(reciprocal) | vec2u(u32(fits), 0u);
  }
  return RowDivisor(add64(reciprocal, vec2u(u32(rest != 0u), 0u)), bits);
}

/// floor(v * 2^32 / R) for v < R.
fn normalised(v: u32, by: RowDivisor) -> u32 {
  let middle = v * (by.reciprocal.x >> 16u);
  let low = middle + ((v * (by.reciprocal.x & 0xffffu)) >> 16u);
  let high = v * by.reciprocal.y;
  let rest = add64(vec2u(low, u32(low < middle)), vec2u(high << 16u, high >> 16u));
  let whole = rest.y + v;
  return select((whole << (32u - by.bits)) | (rest.x >> by.bits), rest.x, by.bits == 0u);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let number = item_of(group);
  if (number >= task.count) {
    return;
  }
  let item = row_item(number);
  let n = of_subnet(item.subnet, N);
  let first = of_subnet(item.subnet, FIRST_NEURON);
  let registrations = registrations_of(item.subnet, voids_from(item.subnet, first + item.uid));
  let diagonal = select(item.uid, NONE, item.uid == of_subnet(item.subnet, OWNER));

  var oddity = 0u;
  var mine = 0u;
  for (var k = item.start + thread; k < item.end; k += WIDTH) {
    let column = entry16(k);
    oddity |= oddity_at(k, item, n);
    if (column < n && column != diagonal && is_before(column, registrations)) {
      mine += entry16(k + task.weight_values);
    }
  }
  atomicAdd(&sum, mine);
  oddity = gathered(oddity, thread);
  var twice = false;
  if ((oddity & UNSORTED) != 0u) {
    twice = sees_twice(item, n, thread);
  }
  report(item, oddity, twice, thread);
  if (thread == 0u) {
    row_sum = atomicLoad(&sum);
  }
  let total = workgroupUniformLoad(&row_sum);
  if (item.row == NONE) {
    return; // no permit: looked at, not counted
  }
  if (thread == 0u && (oddity & UNSORTED) != 0u) {
    vectors[task.orders + of_subnet(item.subnet, FIRST_ROW) + item.row] |= WEIGHTS_UNSORTED;
  }

  let zero = select(0u, 1u, (of_subnet(item.subnet, FLAGS) & LIQUID) != 0u);
  let by = row_divisor(max(total, 1u));
  let start = of_subnet(item.subnet, FIRST_CELL) + item.row * of_subnet(item.subnet, STRIDE);
  for (var k = item.start + thread; k < item.end; k += WIDTH) {
    let column = entry16(k);
    if (column < n && column != diagonal && is_before(column, registrations)) {
      let v = entry16(k + task.weight_values);
      let weight = select(normalised(v, by), ONE, v == total);
      weights[start + column] = select(weight, zero, v == 0u);
    }
  }
}
