/**
 * Faults in assembly/, at least three a stage: by file what each is, the text to find there (once) and what stands there
 * instead. All give wrong numbers without a trap, or nearly so.
 */
import type { FaultsByFile } from './fault.js';

export const ASSEMBLY_FAULTS: FaultsByFile = {
  active: [
    ['a neuron exactly at the cutoff is inactive', '>= oldest)', '> oldest)'],
    ['an early block wraps the cutoff', 'now > cutoff ? now - cutoff : 0', 'now - cutoff'],
    ['a cutoff counts from the block before', 'now - cutoff : 0', 'now - cutoff - 1 : 0'],
  ],
  clip: [
    ['an entry above its consensus stays whole', 'value = limit;', 'value = value;'],
    ['trust counts weights before the clip', 'sum += value;', 'sum += load<i64>(values + ((<usize>at) << 3));'],
    ['the clip is one unit low', 'value = limit;', 'value = limit - 1;'],
  ],
  columns: [
    [
      'sums keep the last entry only',
      'store<i64>(slot, Fixed.add(load<i64>(slot), load<i64>(values + ((<usize>at) << 3))));',
      'store<i64>(slot, load<i64>(values + ((<usize>at) << 3)));',
    ],
    [
      'the largest of a column is its smallest',
      'if (value > load<i64>(slot))',
      'if (value < load<i64>(slot) || load<i64>(slot) === 0)',
    ],
    [
      'the last entry is not divided',
      'const divisor = load<i64>(divisors + ((<usize>column) << 3));',
      'if (at === stop - 1) continue;\n    const divisor = load<i64>(divisors + ((<usize>column) << 3));',
    ],
  ],
  consensus: [
    ['one silent voter is enough for 0', 'if (zeroCast && held > min) return 0;', 'if (zeroCast) return 0;'],
    [
      'kappa is taken from twice the votes',
      'Fixed.sub(votingShare, Fixed.prop(kappa16))',
      'Fixed.sub(votingShare, 2 * Fixed.prop(kappa16))',
    ],
    [
      'a column that not all vote on has no zero',
      'const zeroCast = cast < voters || low === 0;',
      'const zeroCast = low === 0;',
    ],
    ['a kappa of 0 takes no weight', 'if (votingShare <= min) return high;', 'if (votingShare <= min) return 0;'],
  ],
  'consensus-overflow': [
    ['the lower half is always taken', 'if (min < lowerEnd && lower > 0)', 'if (lower > 0)'],
    ['the pivot is the first, also in its part', 'if (size === 1) return pivot;', 'if (size <= 2) return pivot;'],
    [
      'the upper half is never entered',
      'else if (upperStart <= min && upper > 0)',
      'else if (upperStart <= min && upper > n)',
    ],
  ],
  ema: [
    ['old bonds do not decay', 'const kept = Fixed.sub(ONE, alpha);', 'const kept = ONE;'],
    ['the new weighs as the old', 'accumulate(n, i, alpha, newOffsets', 'accumulate(n, i, kept, newOffsets'],
    ['rows without new weights lose their bonds', 'if (!fresh && !decayed) continue;', 'if (!fresh) continue;'],
  ],
  emission: [
    [
      'what nobody earned is lost',
      'payShares(n, fallback, 0, amount, validator);',
      'payShares(n, incentive, 0, amount, validator);',
    ],
    [
      'the stored amount is the server part',
      'store<u64>(stored + at, all);',
      'store<u64>(stored + at, part(Fixed.divShared(earned, sum, reciprocal), amount));',
    ],
    ['amounts lose their low word', '((<u64>share * (amount & 0xffff_ffff)) >> 32)', '0'],
    ['the fallback ignores who is active', 'sumOf(activeStake, n) === 0 ? stake : activeStake', 'stake'],
  ],
  exponential: [
    ["the chain's own e is left out", 'if (t === ONE) return E;', ''],
    [
      'a negative exponent is taken for a positive one',
      'return t < 0 ? reciprocal(sum) : <i64>sum;',
      'return <i64>sum;',
    ],
    ['the series ends early', 'i <= 31 && term !== 0', 'i <= 4 && term !== 0'],
  ],
  fixed: [
    ['65535 is not quite one', '<i64>u * 65537 + <i64>(u === 65535)', '<i64>u * 65537'],
    ['u16 rounds up', '(x * 65535) >> 32)', '(x * 65535 + 0xffff_ffff) >> 32)'],
    ['a shared quotient is not floored', 'return quotient + (rest >> 63);', 'return quotient;'],
  ],
  horizon: [
    [
      'bonds towards who registered at the last step stay',
      'if (horizon <= registered) continue;',
      'if (horizon < registered) continue;',
    ],
    ['the first epoch looks back too far', 'now > <u64>tempo ? now - tempo : 0', '0'],
    ['bonds are kept whoever registered', 'if (horizon <= registered) continue;', ''],
  ],
  incentive: [
    [
      'every voter weighs the same',
      'Fixed.mul(own, load<i64>(values + ((<usize>at) << 3)))',
      'load<i64>(values + ((<usize>at) << 3))',
    ],
    ['ranks are not divided by their sum', 'normalize(out, n, out);', ''],
    [
      'the first voter alone ranks',
      'store<i64>(slot, Fixed.add(load<i64>(slot), ',
      'if (load<i64>(slot) === 0) store<i64>(slot, Fixed.add(load<i64>(slot), ',
    ],
  ],
  liquid: [
    [
      'buying is judged by the bond',
      'x >= y ? Fixed.sub(x, c) : Fixed.sub(y, x)',
      'x >= y ? Fixed.sub(y, c) : Fixed.sub(y, x)',
    ],
    ['the sigmoid has its middle at 0', 'Fixed.mul(slope, d - ONE / 2)', 'Fixed.mul(slope, d)'],
    ['the sigmoid falls', 'return (-(<i64>steepness) * ONE) / 100;', 'return (<i64>steepness * ONE) / 100;'],
    [
      'the old bond stays whole',
      'Fixed.mul(Fixed.sub(ONE, alpha), load<i64>(decayable + slot))',
      'load<i64>(decayable + slot)',
    ],
  ],
  penalty: [
    [
      'the penalty is a reward',
      'Fixed.mul(penalty, Fixed.sub(clipped, weight))',
      'Fixed.mul(penalty, Fixed.sub(weight, clipped))',
    ],
    ['the penalty is always full', 'Fixed.mul(penalty, Fixed.sub(clipped, weight))', 'Fixed.sub(clipped, weight)'],
    ['the first column is left out', 'if (value <= 0) continue;', 'if (value <= 0 || j === 0) continue;'],
  ],
  permits: [
    ['ties go to the lower uid', 'for (let i = n - 1; i >= 0; i--) {', 'for (let i = 0; i < n; i++) {'],
    ['one permit too few', 'kthLargest(at.combined, count, k)', 'kthLargest(at.combined, count, max(1, k - 1))'],
    ["the owner's permit is a matter of stake", 'if (owner >= 0 && owner < n) store<u8>(out + owner, 1);', ''],
  ],
  rows: [
    [
      'a column named twice in order passes',
      'load<u16>(columns + ((<usize>k) << 1)) >= load<u16>(columns + ((<usize>k) << 1), 2)',
      'load<u16>(columns + ((<usize>k) << 1)) > load<u16>(columns + ((<usize>k) << 1), 2)',
    ],
    ['the last pair of a row is not looked at', 'for (; k + 1 < length; k++) {', 'for (; k + 2 < length; k++) {'],
    [
      'a row that ends beyond n passes',
      'length === 0 || <i32>load<u16>(columns + ((<usize>(length - 1)) << 1)) < n',
      'true',
    ],
  ],
  smoothing: [
    ['alpha is the average', 'return Fixed.sub(ONE, average);', 'return average;'],
    [
      'the clamped alpha is the average',
      'return Fixed.sub(ONE, <i64>((whole << 32) + ((movingAverage % MILLION) << 32) / MILLION));',
      'return <i64>((whole << 32) + ((movingAverage % MILLION) << 32) / MILLION);',
    ],
    ['a millionth is a two-millionth', 'const rest = (size % MILLION) << 32;', 'const rest = (size % MILLION) << 31;'],
  ],
  stake: [
    ['stake exactly at the minimum does not count', 'integer >= minStake)', 'integer > minStake)'],
    ['the minimum holds for the owner too', '(i === owner || integer >= minStake)', '(integer >= minStake)'],
    ['whoever is inactive votes', 'load<u8>(active + i) & load<u8>(counting + i)', 'load<u8>(counting + i)'],
  ],
  weights: [
    [
      'a validator may weigh itself',
      'if (column >= n || (column === i && i !== owner)) continue;',
      'if (column >= n) continue;',
    ],
    [
      'a weight of the block of registration counts',
      'updated <= registered || committed < registered',
      'updated < registered || committed < registered',
    ],
    ['rows are not divided by their sum', 'divides ? <u64>(<f64>value / <f64>divisor) : value', 'value >> 17'],
  ],
  yuma2: [
    [
      'shares of the incentive are summed without the incentive',
      'total = Fixed.add(total, Fixed.mul(earned, load<i64>(values + ((<usize>at) << 3))));',
      'total = Fixed.add(total, load<i64>(values + ((<usize>at) << 3)));',
    ],
    ['dividends are not divided by their sum', 'normalize(out, n, out);', ''],
    ['column sums are clamped far too low', 'min<i64>(load<i64>(slot), 1 << 31)', 'min<i64>(load<i64>(slot), 1 << 10)'],
  ],
  yuma3: [
    ['dividends do not ask for stake', 'Fixed.mulOrZero(total, load<i64>(activeStake + ((<usize>i) << 3)))', 'total'],
    [
      'bonds are no shares of their column',
      'sum === 0 ? bond : Fixed.divShared(bond, sum, load<f64>(inverse + column))',
      'bond',
    ],
    ['dividends are not divided by their sum', 'normalize(out, n, out);', ''],
  ],
  'tile/alpha': [
    [
      'the span is one less',
      'span = all ? 0xffff_ffff : <u32>(high - low);',
      'span = all ? 0xffff_ffff : <u32>(high - low) >> 1;',
    ],
    ['the low bound is left out', 'i32x4.splat(lows))', 'i32x4.splat(0))'],
    ['a kept bond is its decay by alpha', 'const rest = v128.not(alpha);', 'const rest = alpha;'],
  ],
  'tile/bonds': [
    [
      'without a penalty bonds are made of clipped weights',
      'if (penalty === 0) return v128.xor(weight, bias);',
      'if (penalty === 0) return v128.xor(i32x4.min_s(weight, consensus), bias);',
    ],
    [
      'with the full penalty of unclipped ones',
      'if (penalty === ONE) return v128.xor(i32x4.min_s(weight, consensus), bias);',
      'if (penalty === ONE) return v128.xor(weight, bias);',
    ],
    [
      'a penalty between is none',
      'i32x4.sub(v128.xor(weight, bias), Lanes.mulUp(',
      'i32x4.add(v128.xor(weight, bias), Lanes.mulUp(',
    ],
  ],
  'tile/consensus': [
    ['kappa is one more', '<i32>(kappa - 1)', '<i32>(kappa)'],
    ['a kappa of 0 takes the smallest', 'if (kappa === 0) return high;', 'if (kappa === 0) return low;'],
    [
      'silent voters cast nothing',
      'let low = silent ? i32x4.splat(ZERO) : i32x4.splat(i32.MAX_VALUE);',
      'let low = i32x4.splat(i32.MAX_VALUE);',
    ],
  ],
  'tile/divisor': [
    [
      'small sums are near',
      'if (!v128.any_true(near)) return ALL_SMALL;',
      'if (!v128.any_true(near)) return ALL_NEAR;',
    ],
    [
      'a shortfall is counted double',
      'return v128.and(f64x2.div(missing, asFloats(s)), mask);',
      'return v128.and(f64x2.div(f64x2.add(missing, missing), asFloats(s)), mask);',
    ],
    ['the reciprocals change places', 'v128.store(at, reciprocals(s01), 16);', 'v128.store(at, reciprocals(s23), 16);'],
  ],
  'tile/dividends': [
    [
      'who holds a column alone earns nothing of it',
      'store<i64>(sum, load<i64>(sum) + load<i64>(at.incentive + ((<usize>uid) << 3)));',
      'store<i64>(sum, load<i64>(sum));',
    ],
    ['an incentive of one is lost', 'if (incentive === ONE) whole = j;', ''],
    [
      'incentives are halved in the first column',
      'incentive === ONE ? 0 : <u32>incentive',
      'incentive === ONE ? 0 : <u32>incentive >> <u32>(j === 0)',
    ],
  ],
  'tile/emit': [
    [
      'bonds of who loses the permit stay',
      'return load<u8>(at.newPermit + load<u32>(place.rowUid + ((<usize>r) << 2))) !== 0;',
      'return true;',
    ],
    [
      'the offset of a row is that of its end',
      'const length = load<u32>(place.rowEnd + ((<usize>r) << 2)) - start;\n    moveDown(start, end, length);',
      'const length = max(load<u32>(place.rowEnd + ((<usize>r) << 2)) - start, 1) - 1;\n    moveDown(start, end, length);',
    ],
    [
      'columns are stored as places in their tile',
      'const columnOf = place.columnOf + ((<usize>first) << 1);',
      'const columnOf = place.columnOf + ((<usize>(first + 1)) << 1);',
    ],
  ],
  'tile/expand': [
    [
      'rows carry their share as stake',
      'store<u32>(row, load<u32>(place.rowStake + lane));',
      'store<u32>(row, load<u32>(place.rowShare + lane));',
    ],
    [
      'rows carry their stake as share',
      'store<u32>(row, load<u32>(place.rowShare + lane), 4);',
      'store<u32>(row, load<u32>(place.rowStake + lane) >> 1, 4);',
    ],
    ['a lone entry is divided', 'store<u32>(row, load<u8>(place.rowLone + r), 12);', 'store<u32>(row, 0, 12);'],
  ],
  'tile/gather': [
    ['bonds of void columns stay', 'v128.and(v128.load(source + k), v128.load(kept + k))', 'v128.load(source + k)'],
    [
      'the first entry of a tile is left out',
      'let k = 0;\n  while (k < left) {',
      'let k = 0;\n  if (left > 1) k = 1;\n  while (k < left) {',
    ],
    [
      'values are shifted by an entry',
      'load<u16>(values + ((<usize>k) << 1)));\n    k += 1;',
      'load<u16>(values + ((<usize>max(k - 1, 0)) << 1)));\n    k += 1;',
    ],
  ],
  'tile/liquid': [
    [
      'the exponent has no floor of its sign',
      'f64x2.pmax(f64x2.pmin(t, f64x2.splat(LIMIT)), f64x2.splat(-LIMIT))',
      'f64x2.abs(f64x2.pmax(f64x2.pmin(t, f64x2.splat(LIMIT)), f64x2.splat(-LIMIT)))',
    ],
    ['consensus is left out of the difference', 'i32x4.sub(i32x4.max_u(x, c), c)', 'x'],
    ['what is kept is left out', 'v128.and(i32x4.add(bought, kept), done)', 'v128.and(bought, done)'],
  ],
  'tile/rows': [
    [
      'a commit in the block of registration voids',
      'updated <= registered || committed < registered',
      'updated <= registered || committed <= registered',
    ],
    [
      'the row sum leaves the last value out',
      'for (; k < length; k++) {\n    const value = <u32>load<u16>(values',
      'for (; k < length - 1; k++) {\n    const value = <u32>load<u16>(values',
    ],
    ['own weights stay', 'return length - 1;', 'return length;'],
    ['who votes for nobody is not counted', 'if (taken === 0) silentVoters += 1;', ''],
  ],
  'tile/series': [
    ['the first term is left out', 'let sum0 = f64x2.add(p0, one);', 'let sum0 = one;'],
    ['the second pair takes the sums of the first', 'sum1 = f64x2.add(sum1, p1);', 'sum1 = f64x2.add(sum1, p0);'],
    [
      'terms that are not known pass',
      'unknown0 = v128.or(unknown0, f64x2.ne(p0, most0));',
      'sum0 = f64x2.add(sum0, f64x2.mul(f64x2.splat(65536.0), p0));',
    ],
  ],
  'tile/sigmoid': [
    [
      'the first coefficient is off',
      'power = f64x2.add(f64x2.mul(power, r), f64x2.splat(1.0));',
      'power = f64x2.add(f64x2.mul(power, r), f64x2.splat(1.001));',
    ],
    [
      'the estimate is of the other sign',
      'return f64x2.div(f64x2.splat(ONE), f64x2.add(e, f64x2.splat(1.0)));',
      'return f64x2.div(f64x2.splat(ONE), f64x2.add(e, f64x2.splat(1.125)));',
    ],
    [
      'negative knots are those of positive ones',
      'setKnot(-knot, 1.0 / series, excess * part, floored * part);',
      'setKnot(-knot, series, excess * part, floored * part);',
    ],
  ],
  'tile/sparse': [
    [
      'dividends are shares without the incentive',
      'incentive === ONE ? share : (share * <u64>incentive) >> 32',
      'share',
    ],
    [
      'the last cell of a column earns nothing',
      'for (let k: u32 = 0; k < length; k++) {\n    const share',
      'for (let k: u32 = 0; k + 1 < length; k++) {\n    const share',
    ],
    [
      'ranks are those of the first lane',
      'store<i64>(place.ranks + ((<usize>uid) << 3), rankOf(lane));',
      'store<i64>(place.ranks + ((<usize>uid) << 3), rankOf(0));',
    ],
  ],
  'tile/stages': [
    [
      'Yuma2 decays by alpha',
      'yuma2(consensus, <u32>alpha, <u32>(ONE - alpha))',
      'yuma2(consensus, <u32>alpha, <u32>alpha)',
    ],
    [
      'Yuma3 keeps all',
      'yuma3.average(consensus, <u32>alpha, <u32>(ONE - alpha))',
      'yuma3.average(consensus, <u32>alpha, 0xffff_ffff)',
    ],
    [
      'consensus is stored by other lanes',
      'v128.store(place.median, i64x2.extend_high_i32x4_u(raw), 16);',
      'v128.store(place.median, i64x2.extend_low_i32x4_u(raw), 16);',
    ],
  ],
  'tile/tile': [
    [
      'consensus is stored one uid on',
      'store<i64>(at.consensus + ((<usize>uid) << 3), consensusOf(lane));',
      'store<i64>(at.consensus + ((<usize>uid) << 3), consensusOf(0));',
    ],
    ['an incentive of one pays nobody', 'if (whole >= 0) addWhole(whole);', ''],
    [
      'stake and share change places',
      'group.setStakes(place.rowStake, place.rowShare);',
      'group.setStakes(place.rowShare, place.rowStake);',
    ],
  ],
  'tile/wide': [
    ['a lone weight is not clipped', 'min<i64>(weightOf(r, lane), consensus)', 'weightOf(r, lane)'],
    ['a share of one is nothing', 'return share === ONE;', 'return false;'],
    [
      'bonds bought in such a column are old',
      'const fresh = Fixed.mul(alpha, Fixed.div(load<i64>(values + slot), bought));',
      'const fresh = Fixed.mul(ONE - alpha, Fixed.div(load<i64>(values + slot), bought));',
    ],
  ],
  'tile/yuma2': [
    [
      'what is bought is not averaged',
      'i32x4.add(bond, Lanes.mul(alphas, Divisor',
      'i32x4.add(bond, Lanes.mul(keeps, Divisor',
    ],
    ['the largest stored bond is not full', 'v128.bitselect(full, Lanes.toU16(', 'v128.bitselect(zero, Lanes.toU16('],
    [
      'stakes do not weigh',
      'const bought = Lanes.mul(v128.load(stakes), Bonds.weight(r, consensus));',
      'const bought = Bonds.weight(r, consensus);',
    ],
  ],
  'tile/yuma3': [
    [
      'new bonds are decayed ones',
      'Lanes.mul(alphas, Bonds.weight(r, consensus))',
      'Lanes.mul(keeps, Bonds.weight(r, consensus))',
    ],
    [
      'bonds of who has no weights are kept whole',
      'v128.store(out, i32x4.sub(Lanes.mul(keeps, old), i32x4.eq(stored, full)));\n    out += 16;',
      'v128.store(out, old);\n    out += 16;',
    ],
    [
      'stored scores are those of the shares',
      'const scores = Lanes.toU16(bond);',
      'const scores = Lanes.toU16(v128.load(share));',
    ],
  ],
  'tile/cells': [
    [
      'a bond of the horizon stays',
      'if (bond === 0 || horizon <= load<u64>(',
      'if (bond === 0 || horizon < load<u64>(',
    ],
    ['bonds next to a weight are lost', 'store<u16>(cell - 32, bond, 4);', ''],
    [
      'bonds are one row on',
      'store<u64>(cell, ((<u64>bond) << 32) | <u64>(r + 1));',
      'store<u64>(cell, ((<u64>bond) << 32) | <u64>max(r, 1));',
    ],
  ],
  'tile/lanes': [
    ['a quotient is not floored', 'return i32x4.add(q, i32x4.gt_s(i32x4.mul(q, s), i32x4.splat(0)));', 'return q;'],
    [
      'a product of lanes rounds up',
      'return v128.shuffle<u32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);',
      'return Lanes.mulUp(a, b);',
    ],
    ['u16 borrows nothing', 'return i32x4.add(i32x4.shr_u(x, 16), borrow);', 'return i32x4.shr_u(x, 16);'],
  ],
};
