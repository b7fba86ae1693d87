// Together: the rows of two columns are dealt to the LANES threads of a workgroup that differ in the second dimension. The
// other form of this file is alone.wgsl.
// Takes  LANES 8 or 32 and PAIRS 16 or 4, 128 threads; call each function in all of them
// Exact  sums of 64 bits, least and largest: any order gives the same
// Bound  a walk of R rows is R / LANES loop steps, what follows it LANES

override LANES: u32 = 8u;
override PAIRS: u32 = 16u;

var<workgroup> gathered: array<vec4u, 128>;
var<workgroup> busy: atomic<u32>;
var<workgroup> is_busy: u32;

fn idle(pair: u32, pairs: u32) -> bool {
  return false; // rows are padded to 16 pairs
}

fn all_done(done: bool, thread: u32) -> bool {
  if (!done) {
    atomicStore(&busy, 1u);
  }
  workgroupBarrier();
  if (thread == 0u) {
    is_busy = atomicExchange(&busy, 0u);
  }
  return workgroupUniformLoad(&is_busy) == 0u;
}

fn least_of_all(mine: vec2u, thread: u32, lane: u32) -> vec2u {
  gathered[thread] = vec4u(mine, 0u, 0u);
  workgroupBarrier();
  var result = mine;
  for (var other = 0u; other < LANES; other++) {
    result = min(result, gathered[thread - lane * PAIRS + other * PAIRS].xy);
  }
  workgroupBarrier();
  return result;
}

fn largest_of_all(mine: vec2u, thread: u32, lane: u32) -> vec2u {
  gathered[thread] = vec4u(mine, 0u, 0u);
  workgroupBarrier();
  var result = mine;
  for (var other = 0u; other < LANES; other++) {
    result = max(result, gathered[thread - lane * PAIRS + other * PAIRS].xy);
  }
  workgroupBarrier();
  return result;
}

fn sum_of_all(mine: vec4u, thread: u32, lane: u32) -> vec4u {
  gathered[thread] = mine;
  workgroupBarrier();
  var result = vec4u(0u);
  for (var other = 0u; other < LANES; other++) {
    let part = gathered[thread - lane * PAIRS + other * PAIRS];
    result = vec4u(add64(result.xy, part.xy), add64(result.zw, part.zw));
  }
  workgroupBarrier();
  return result;
}
