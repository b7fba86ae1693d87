// Alone: a thread walks all rows of its two columns by itself. The other form of this file is together.wgsl.
// Bound  a walk of R rows is R loop steps

const LANES = 1u;
const PAIRS = 64u;

/// Whether the thread has no columns and may leave.
fn idle(pair: u32, pairs: u32) -> bool {
  return pair >= pairs;
}

/// Whether nobody who walks with this thread has more to do.
fn all_done(done: bool, thread: u32) -> bool {
  return done;
}

fn least_of_all(mine: vec2u, thread: u32, lane: u32) -> vec2u {
  return mine;
}

fn largest_of_all(mine: vec2u, thread: u32, lane: u32) -> vec2u {
  return mine;
}

fn sum_of_all(mine: vec4u, thread: u32, lane: u32) -> vec4u {
  return mine;
}
