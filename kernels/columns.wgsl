// Columns: how the kernels that work by columns find theirs. A thread has two neighbours, a *pair*, and walks rows.
// Takes  an item of two words: subnet, first pair of the workgroup
// Layout matrices as pairs: a word a cell, two cells a vec2u

@group(0) @binding(3) var<storage, read_write> weights: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> bonds: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> bonds_out: array<u32>;

struct Columns {
  subnet: u32,
  flags: u32,
  pair: u32,
  pairs: u32,
  lane: u32,
  thread: u32,
  /// Of the subnet's cells, in pairs.
  first: u32,
  /// Of the subnet's rows among all.
  first_row: u32,
  rows: u32,
  /// First column among all neurons.
  neuron: u32,
}

fn columns_of(item: u32, local: vec3u) -> Columns {
  let at = task.list + 2u * item;
  let subnet = tables[at];
  let pair = tables[at + 1u] + local.x;
  return Columns(
    subnet,
    of_subnet(subnet, FLAGS),
    pair,
    of_subnet(subnet, STRIDE) >> 1u,
    local.y,
    local.x + local.y * PAIRS,
    of_subnet(subnet, FIRST_CELL) >> 1u,
    of_subnet(subnet, FIRST_ROW),
    of_subnet(subnet, ROWS),
    of_subnet(subnet, FIRST_NEURON) + 2u * pair,
  );
}

fn place_of(columns: Columns, row: u32) -> u32 {
  return columns.first + row * columns.pairs + columns.pair;
}

/// Weights as codes, an entry of 0 as 0.
fn weights_at(place: u32) -> vec2u {
  let given = weights[place];
  return given - vec2u(given == vec2u(1u));
}
