/** Faults in kernels/, at least three a stage, as those of assembly.ts. */
import type { FaultsByFile } from './fault.js';

export const KERNEL_FAULTS: FaultsByFile = {
  consensus: [
    ['the largest weight is the last', 'highest = max(highest, weight);', 'highest = weight;'],
    ['weights above consensus stay whole', 'return min(weight, limit);', 'return weight;'],
    [
      'stake does not weigh ranks',
      'scaled(stake, lone, clipped(weight.x, high.x))',
      'value_of(clipped(weight.x, high.x))',
    ],
  ],
  dividends: [
    ['who holds a column alone earns nothing of it', 'return vec2u(incentive, u32(earns_all));', 'return vec2u(0u);'],
    [
      'trust counts unclipped weights',
      'return value_of(min(weight - u32(weight == 1u), limit));',
      'return value_of(weight - u32(weight == 1u));',
    ],
    ['dividends are shares without the incentive', 'select(mul_high(share, incentive), share, earns_all)', 'share'],
  ],
  ema: [
    ['old bonds do not decay', 'scaled(by.old, by.only_old, old))', 'scaled(by.old, true, old))'],
    ['the new is taken whole', 'scaled(by.fresh, by.only_fresh, fresh)', 'scaled(by.fresh, true, fresh)'],
    [
      'the two change places',
      'return add64(scaled(by.fresh, by.only_fresh, fresh), scaled(by.old, by.only_old, old));',
      'return add64(scaled(by.old, by.only_old, fresh), scaled(by.fresh, by.only_fresh, old));',
    ],
  ],
  emission: [
    [
      'amounts lose their high word',
      'add64(mul64(share.x, emission.y), vec2u(mul_high(share.x, emission.x), 0u))',
      'vec2u(mul_high(share.x, emission.x), 0u)',
    ],
    [
      'dividends do not ask for stake',
      'return mul33(returns, table64(task.active_stakes + 2u * neuron));',
      'return returns;',
    ],
    [
      'what nobody earned is lost',
      'parts = Parts(incentive, share, share);',
      'parts = Parts(incentive, incentive, incentive);',
    ],
  ],
  exponential: [
    ['the series ends early', 'i < 32u && !is_zero64(term)', 'i < 4u && !is_zero64(term)'],
    ['a negative exponent is taken for a positive one', 'exponential = vec2u(inverse(exponential), 0u);', ''],
    [
      'the sigmoid has no one',
      'return inverse(vec2u(exponential.x, exponential.y + 1u));',
      'return inverse(vec2u(exponential.x, exponential.y + 2u));',
    ],
  ],
  fixed: [
    ['a carry is lost', 'a.y + b.y + u32(low < a.x)', 'a.y + b.y'],
    [
      'a product rounds up',
      'return ah * bh + (t >> 16u) + (s >> 16u);',
      'return ah * bh + (t >> 16u) + (s >> 16u) + 1u;',
    ],
    [
      'a long quotient loses a bit',
      'for (var step = 0u; step < 32u; step++) {',
      'for (var step = 0u; step < 31u; step++) {',
    ],
  ],
  horizon: [
    ['bonds are kept whoever registered', 'if (column < n && is_before(column, registrations)) {', 'if (column < n) {'],
    [
      'bonds are of the wrong scale',
      'entry16(k + task.bond_values) * 65537u',
      'entry16(k + task.bond_values) * 65536u',
    ],
    [
      'bonds are void whoever registered',
      'if (column < n && is_before(column, registrations)) {',
      'if (column < n && !is_before(column, registrations)) {',
    ],
  ],
  incentive: [
    [
      'ranks are not divided',
      'share_of(vector64(task.ranks + 2u * (at + side)), total, by)',
      'vector64(task.ranks + 2u * (at + side))',
    ],
    [
      'odd columns take the incentive of even ones',
      'to_u16_wide(shares[0]) | (to_u16_wide(shares[1]) << 16u)',
      'to_u16_wide(shares[0]) | (to_u16_wide(shares[0]) << 16u)',
    ],
    ['who earns all earns nothing', 'vectors[state + LONE_COLUMN] = column + side;', ''],
  ],
  liquid: [
    [
      'consensus is left out of the difference',
      'return difference(max(weight, consensus), consensus);',
      'return value_of(weight);',
    ],
    ['the sigmoid falls', 'let negative = up == slope_down;', 'let negative = up != slope_down;'],
    ['the low bound is left out', 'return of_subnet(subnet, LEAST_ALPHA) + select(', 'return select('],
  ],
  penalty: [
    ['the penalty is always full', 'return select(weight, 0u, whole) - cut;', 'return clipped;'],
    ['full and none change places', '(flags & FULL_PENALTY) != 0u', '(flags & NO_PENALTY) != 0u'],
    ['a penalty between is none', 'return select(weight, 0u, whole) - cut;', 'return weight;'],
  ],
  rows: [
    [
      'a registration in the block itself counts',
      'return less64(table64(by.first + 2u * column), by.limit);',
      'return !less64(by.limit, table64(by.first + 2u * column));',
    ],
    ['nothing is ever void', 'if (by.all_before) {', 'if (true) {'],
    ['odd entries are those before', '((at & 1u) << 4u)', '0u'],
  ],
  series: [
    [
      'open bonds lose what was kept',
      'set_bond(first + cell, add64(kept(constant, pair.bond), bought));',
      'set_bond(first + cell, bought);',
    ],
    ['open bonds buy nothing', 'vec2u(mul_code(constant, pair.weight), 0u)', 'vec2u(0u)'],
    ['open bonds are left as they were', 'set_bond(first + cell, add64(kept(constant, pair.bond), bought));', ''],
  ],
  sigmoid: [
    ['a negative exponent is taken for a positive one', 'if (!negative) {', 'if (true) {'],
    [
      'the offset from a knot is left out',
      'let estimate = add64(table64(knot), extended(slope));',
      'let estimate = table64(knot);',
    ],
    ['knots are counted by whole units', '((rounded.y << 6u) | (rounded.x >> 26u))', '(rounded.y << 6u)'],
  ],
  weights: [
    [
      'a validator may weigh itself',
      'let diagonal = select(item.uid, NONE, item.uid == of_subnet(item.subnet, OWNER));',
      'let diagonal = NONE;',
    ],
    ['rows are not divided by their sum', 'select(normalised(v, by), ONE, v == total)', 'v << 16u'],
    ['commits void nothing', 'return add64(commit, vec2u(1u, 0u));', 'return updated;'],
  ],
  yuma2: [
    [
      'what is bought is halved',
      'part_of(quotient(bought, market), row == buyer',
      'part_of(quotient(bought, market) >> 1u, row == buyer',
    ],
    [
      'the largest stored bond is not full',
      'if (share == largest) {\n    return 65535u;',
      'if (share == largest) {\n    return 65534u;',
    ],
    ['old bonds are lost', 'part_of(quotient(held, store), row == holder', 'part_of(0u, row == holder'],
  ],
  yuma3: [
    ['a column is not shared out', 'column_share(bond.x, left_whole, alone.x, by_left)', 'bond.x'],
    ['full stored bonds are not full', 'if (whole) {\n    return 65535u;', 'if (whole) {\n    return 65534u;'],
    ['a sole holder is nobody', 'select(NONE, last.x, alone.x)', 'NONE'],
  ],
  votes: [
    ['votes are not shares', 'vec2u(share.x, stake.x)', 'vec2u(stake.x >> 1u, stake.x)'],
    ['every vote is the first', 'tables[task.row_uids + first + row]', 'tables[task.row_uids + first]'],
    ['ranks weigh by nothing', 'vec2u(share.x, stake.x)', 'vec2u(share.x, 65536u)'],
  ],
};
