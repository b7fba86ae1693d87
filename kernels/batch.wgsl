// Batch: where everything lies, the same for all kernels. The constants before this text come from
// src/backends/webgpu/layout.ts.
// Layout docs/gpu.md draws it. Matrices hold one word a cell, rows of a subnet one after the other, each of a multiple of 32
//        columns; vectors by neuron are padded likewise, so that a subnet's columns start at its first neuron

@group(0) @binding(0) var<uniform> task: Task;
@group(0) @binding(1) var<storage, read> tables: array<u32>;
@group(0) @binding(2) var<storage, read> entries: array<u32>;
/// Bitmaps of cells, and what was found odd in each subnet.
@group(0) @binding(6) var<storage, read_write> marks: array<atomic<u32>>;
@group(0) @binding(7) var<storage, read_write> vectors: array<u32>;
@group(0) @binding(8) var<storage, read_write> results: array<u32>;

/// Number of this workgroup among those of its dispatch, which may fill two dimensions.
fn item_of(group: vec3u) -> u32 {
  return group.x + group.y * task.groups;
}

fn of_subnet(subnet: u32, field: u32) -> u32 {
  return tables[task.subnets + subnet * SUBNET_WORDS + field];
}

fn table64(at: u32) -> vec2u {
  return vec2u(tables[at], tables[at + 1u]);
}

fn vector64(at: u32) -> vec2u {
  return vec2u(vectors[at], vectors[at + 1u]);
}

fn set_vector64(at: u32, value: vec2u) {
  vectors[at] = value.x;
  vectors[at + 1u] = value.y;
}

fn set_result64(at: u32, value: vec2u) {
  results[at] = value.x;
  results[at + 1u] = value.y;
}

fn mark(bitmap: u32, cell: u32) {
  atomicOr(&marks[bitmap + (cell >> 5u)], 1u << (cell & 31u));
}

fn marked(bitmap: u32, cell: u32) -> bool {
  return ((atomicLoad(&marks[bitmap + (cell >> 5u)]) >> (cell & 31u)) & 1u) != 0u;
}
