// Totals: sums over all neurons of a subnet; a workgroup a subnet.
// Exact  64-bit sums, so any order gives the same
// Bound  128 loop steps a total, in one thread

const THREADS = 128u;

var<workgroup> partials: array<vec2u, 128>;
var<workgroup> whole_total: vec2u;

/// Sum of what all threads bring; call it in all of them.
fn total64(mine: vec2u, thread: u32) -> vec2u {
  partials[thread] = mine;
  workgroupBarrier();
  if (thread == 0u) {
    var total = vec2u(0u);
    for (var other = 0u; other < THREADS; other++) {
      total = add64(total, partials[other]);
    }
    whole_total = total;
  }
  return workgroupUniformLoad(&whole_total);
}
