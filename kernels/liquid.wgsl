// Liquid: a bond under liquid alpha, from its exponent on; the passes are bracket.wgsl and series.wgsl.
// Room   kernels (compute shaders). Also in src/epoch/reference/liquid.ts, assembly/liquid.ts
// Spec   docs/spec/yuma-epoch.md 9.4 b
// Takes  cells of weights and bonds as codes; bounds and slope by subnet. A subnet whose least constant is 2^32 has the flag
//        ONLY_WEIGHTS, one whose bounds are 0 and 2^32 FULL_SPAN
// Exact  the exponent is floored also below 0; a constant fits a word unless ONLY_WEIGHTS

struct Exponent {
  size: vec2u, // at most 20 * 2^32
  negative: bool,
}

/// What a cell's new bond is made of: codes, as they are and as the cursor sees them.
struct Pair {
  present: bool,
  weight: u32,
  bond: u32,
  exponent: Exponent,
}

const LIMIT = 20u;

/// a - b of two codes, a being the larger.
fn difference(a: u32, b: u32) -> vec2u {
  return sub64(value_of(a), value_of(b));
}

fn distance_of(weight: u32, bond: u32, consensus: u32) -> vec2u {
  if (weight >= bond) {
    return difference(max(weight, consensus), consensus);
  }
  return difference(bond, weight);
}

/// floor(slope * (distance - 2^31) / 2^32), clamped; the slope by its size, below 2^42, and its sign.
fn exponent_of(distance: vec2u, slope: vec2u, slope_down: bool) -> Exponent {
  let middle = vec2u(0x80000000u, 0u);
  let up = !less64(distance, middle);
  let from_middle = select(sub64(middle, distance), sub64(distance, middle), up).x;
  let negative = up == slope_down;
  let low = mul64(from_middle, slope.x);
  let size = add64(vec2u(low.y, 0u), mul64(from_middle, slope.y));
  let floored = add64(size, vec2u(u32(negative && low.x != 0u), 0u));
  return Exponent(select(floored, vec2u(0u, LIMIT), floored.y >= LIMIT), negative);
}

/// Whether the row from which bonds are made has the entry: `given` is 1 for one whose weight is 0.
fn is_present(given: u32, weight: u32, flags: u32) -> bool {
  if ((flags & NO_PENALTY) != 0u) {
    return given != 0u;
  }
  return weight != 0u || ((flags & FULL_PENALTY) != 0u && given == 1u);
}

fn pair_at(subnet: u32, row: u32, column: u32, cell: u32) -> Pair {
  let flags = of_subnet(subnet, FLAGS);
  let given = weights[cell];
  let consensus = vectors[task.consensus + of_subnet(subnet, FIRST_NEURON) + column];
  let weight = penalised(given - u32(given == 1u), consensus, flags, of_subnet(subnet, PENALTY));
  let bond = bonds[cell];
  let order = vectors[task.orders + of_subnet(subnet, FIRST_ROW) + row];
  let misses_weight = (order & WEIGHTS_UNSORTED) != 0u && marked(task.hidden_weights, cell);
  let misses_bond = (order & BONDS_UNSORTED) != 0u && marked(task.hidden_bonds, cell);
  let distance = distance_of(select(weight, 0u, misses_weight), select(bond, 0u, misses_bond), consensus);
  let slope = vec2u(of_subnet(subnet, SLOPE_LOW), of_subnet(subnet, SLOPE_HIGH));
  let exponent = exponent_of(distance, slope, (flags & SLOPE_DOWN) != 0u);
  return Pair(is_present(given, weight, flags), weight, bond, exponent);
}

/// The smoothing constant of a sigmoid.
fn constant_of(subnet: u32, sigmoid: u32) -> u32 {
  let full = (of_subnet(subnet, FLAGS) & FULL_SPAN) != 0u;
  return of_subnet(subnet, LEAST_ALPHA) + select(mul_high(sigmoid, of_subnet(subnet, SPAN)), sigmoid, full);
}

/// What the constant leaves of an old bond.
fn kept(constant: u32, bond: u32) -> vec2u {
  return sub64(value_of(bond), vec2u(mul_code_up(constant, bond), 0u));
}

/// Keeps a new bond in its cell.
fn set_bond(cell: u32, bond: vec2u) {
  bonds[cell] = bond.x;
  if (bond.y != 0u) {
    mark(task.whole, cell);
  }
}
