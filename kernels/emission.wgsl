// Emission: dividends as shares, and who gets how much of the alpha of this epoch; a workgroup a subnet.
// Room   kernels (compute shaders). Also in src/epoch/reference/emission.ts, assembly/emission.ts
// Spec   docs/spec/yuma-epoch.md 9.4 c (d0, dv), 10, 11
// Takes  returns and trust by row, incentive, stake and active stake by neuron; gives all that is left of the results
// Exact  share * E is below 2^97: the upper word of E times the share and what the lower one carries. Shares of a Q up to
//        2^33 by reciprocals, but that of a neuron with both incentive and dividends bit by bit
// Bound  3 n / 128 loop steps of at most 33

fn mul33(a: vec2u, b: vec2u) -> vec2u {
  if (a.y != 0u) {
    return b;
  }
  if (b.y != 0u) {
    return a;
  }
  return vec2u(mul_high(a.x, b.x), 0u);
}

fn amount_of(share: vec2u, emission: vec2u) -> vec2u {
  if (share.y != 0u) {
    return emission;
  }
  return add64(mul64(share.x, emission.y), vec2u(mul_high(share.x, emission.x), 0u));
}

/// What a neuron's bonds brought, before it is a share.
fn returns_of(neuron: u32, yuma3: bool) -> vec2u {
  let row = tables[task.neuron_rows + neuron];
  if (row == NONE) {
    return vec2u(0u);
  }
  let returns = vector64(task.returns + 2u * row);
  if (yuma3) {
    return mul33(returns, table64(task.active_stakes + 2u * neuron));
  }
  return returns;
}

fn trust_of(neuron: u32) -> vec2u {
  let row = tables[task.neuron_rows + neuron];
  if (row == NONE) {
    return vec2u(0u);
  }
  return vector64(task.trusts + 2u * row);
}

/// To divide by, also where there is nothing.
fn divisor_of(total: vec2u) -> Divisor {
  return divisor(select(total, vec2u(1u, 0u), is_zero64(total)));
}

struct Parts {
  server: vec2u,
  validator: vec2u,
  combined: vec2u,
}

fn parts_of(incentive: vec2u, dividends: vec2u, total: vec2u, by: Divisor) -> Parts {
  let server = share_of(incentive, total, by);
  let validator = share_of(dividends, total, by);
  if (is_zero64(dividends)) {
    return Parts(server, validator, server);
  }
  if (is_zero64(incentive)) {
    return Parts(server, validator, validator);
  }
  return Parts(server, validator, long_quotient(add64(incentive, dividends), total));
}

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let subnet = item_of(group);
  if (subnet >= task.count) {
    return;
  }
  let n = of_subnet(subnet, N);
  let flags = of_subnet(subnet, FLAGS);
  let yuma3 = (flags & YUMA3) != 0u;
  let first = of_subnet(subnet, FIRST_NEURON);
  let lone = vectors[task.states + subnet * STATE_WORDS + LONE_COLUMN];
  let emission = vec2u(of_subnet(subnet, EMISSION_LOW), of_subnet(subnet, EMISSION_HIGH));

  var mine = vec2u(0u);
  for (var uid = thread; uid < n; uid += THREADS) {
    mine = add64(mine, returns_of(first + uid, yuma3));
  }
  let returned = total64(mine, thread);
  let by_returned = divisor_of(returned);
  mine = vec2u(0u);
  for (var uid = thread; uid < n; uid += THREADS) {
    mine = add64(mine, share_of(returns_of(first + uid, yuma3), returned, by_returned));
    mine = add64(mine, vec2u(vectors[task.incentives + first + uid], u32(uid == lone)));
  }
  let total = total64(mine, thread);
  let by_total = divisor_of(total);
  let fallback = select(task.stakes, task.active_stakes, (flags & ACTIVE) != 0u);

  for (var pair = thread; 2u * pair < n; pair += THREADS) {
    var dividends_out = 0u;
    var trust_out = 0u;
    for (var side = 0u; side < 2u; side++) {
      let uid = 2u * pair + side;
      let neuron = first + uid;
      let incentive = vec2u(vectors[task.incentives + neuron], u32(uid == lone));
      let dividends = share_of(returns_of(neuron, yuma3), returned, by_returned);
      let trust = trust_of(neuron);
      var parts = parts_of(incentive, dividends, total, by_total);
      if (is_zero64(total)) {
        let share = table64(fallback + 2u * neuron);
        parts = Parts(incentive, share, share);
      }
      set_result64(task.server_out + 2u * neuron, amount_of(parts.server, emission));
      set_result64(task.validator_out + 2u * neuron, amount_of(parts.validator, emission));
      set_result64(task.emission_out + 2u * neuron, amount_of(parts.combined, emission));
      set_result64(task.dividends_raw + 2u * neuron, dividends);
      set_result64(task.trust_raw + 2u * neuron, trust);
      dividends_out |= to_u16_wide(dividends) << (side << 4u);
      trust_out |= to_u16_wide(trust) << (side << 4u);
    }
    results[task.dividends_out + (first >> 1u) + pair] = dividends_out;
    results[task.trust_out + (first >> 1u) + pair] = trust_out;
  }
}
