// Cells: matrices a word a cell, for the kernels that work cell by cell.
// Takes  an item of three words: subnet, and two more

@group(0) @binding(3) var<storage, read_write> weights: array<u32>;
@group(0) @binding(4) var<storage, read_write> bonds: array<u32>;

struct Item {
  subnet: u32,
  second: u32,
  third: u32,
}

fn cell_item(item: u32) -> Item {
  let at = task.list + 3u * item;
  return Item(tables[at], tables[at + 1u], tables[at + 2u]);
}
