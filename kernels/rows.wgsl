// Rows: reads stored rows, and finds what is odd in them: order, columns named twice, columns that are no neuron.
// Room   kernels (compute shaders). Also in src/epoch/reference/rows.ts, assembly/rows.ts
// Takes  an item of six words: subnet, row of the matrix or NONE, uid, first entry, end, place of the subnet's flags
// Layout entries: columns of all weights, their values, columns of all bonds, their values; u16, two a word
// Bound  n / 64 steps a walk, of which there are at most four

const WIDTH = 64u;

var<workgroup> found: atomic<u32>;
var<workgroup> found_in_row: u32;
var<workgroup> seen: array<atomic<u32>, 1024>;

struct Item {
  subnet: u32,
  row: u32,
  uid: u32,
  start: u32,
  end: u32,
}

fn row_item(item: u32) -> Item {
  let at = task.list + item * ITEM_WORDS;
  return Item(tables[at], tables[at + 1u], tables[at + 2u], tables[at + 3u], tables[at + 4u]);
}

fn entry16(at: u32) -> u32 {
  return (entries[at >> 1u] >> ((at & 1u) << 4u)) & 0xffffu;
}

/// What is odd about the entry at k of a row.
fn oddity_at(k: u32, item: Item, n: u32) -> u32 {
  let column = entry16(k);
  let falls = k > item.start && entry16(k - 1u) >= column;
  return select(0u, UNSORTED, falls) | select(0u, BEYOND, column >= n);
}

/// Which columns of a row were registered too late to count: before `limit` all count, which for most rows is all there is
/// to know.
struct Registrations {
  first: u32, // of the subnet's blocks in the tables
  limit: vec2u,
  all_before: bool,
}

fn registrations_of(subnet: u32, limit: vec2u) -> Registrations {
  let latest = vec2u(of_subnet(subnet, LATEST_LOW), of_subnet(subnet, LATEST_HIGH));
  return Registrations(task.registered + 2u * of_subnet(subnet, FIRST_NEURON), limit, less64(latest, limit));
}

fn is_before(column: u32, by: Registrations) -> bool {
  if (by.all_before) {
    return true;
  }
  return less64(table64(by.first + 2u * column), by.limit);
}

/// What was found odd by all threads; call it in all of them.
fn gathered(mine: u32, thread: u32) -> u32 {
  atomicOr(&found, mine);
  workgroupBarrier();
  if (thread == 0u) {
    found_in_row = atomicLoad(&found);
  }
  return workgroupUniformLoad(&found_in_row);
}

/// Whether this thread came upon a column for the second time.
fn sees_twice(item: Item, n: u32, thread: u32) -> bool {
  var twice = false;
  for (var k = item.start + thread; k < item.end; k += WIDTH) {
    let column = entry16(k);
    if (column < n) {
      let bit = 1u << (column & 31u);
      twice = twice || (atomicOr(&seen[column >> 5u], bit) & bit) != 0u;
    }
  }
  return twice;
}

/// Tells the host what is odd in the row, as far as it cares.
fn report(item: Item, oddity: u32, twice: bool, thread: u32) {
  let flags = select(0u, DUPLICATE, twice) | select(0u, oddity & BEYOND, thread == 0u);
  if (flags != 0u) {
    atomicOr(&marks[task.odd + item.subnet], flags);
  }
}
