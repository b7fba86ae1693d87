/**
 * Stake weight of a hotkey on a subnet: its alpha and its share of root TAO, with what children and parents move.
 * Spec   docs/spec/neurons-stake-weights.md 2
 * Takes  whole amounts in rao (10^-9), proportions as u64 (2^64 - 1 = all)
 * Exact  each proportion is truncated to 32 fraction bits before it is applied; the products are exact. The chain's
 *        U96F32 sums saturate at 2^96 rao, far above every supply, and are plain integers here
 */
import { YumaError } from './errors.js';
import { wrongType } from './types.js';

/** Amounts on one hotkey from all its coldkeys, rao, u64. */
export interface Holdings {
  /** Alpha of the subnet. */
  readonly alpha: bigint;
  /** TAO on root. */
  readonly tao: bigint;
}

/** One parent of a hotkey: what it holds itself, and the share it gives. */
export interface ParentHoldings extends Holdings {
  /** u64, 2^64 - 1 = all. */
  readonly proportion: bigint;
}

export interface StakeWeightInput extends Holdings {
  /** Share given to each child, u64; counts whether the child is registered or not. */
  readonly childProportions?: readonly bigint[] | undefined;
  /** Only direct parents: what they receive from their own does not pass through. */
  readonly parents?: readonly ParentHoldings[] | undefined;
  /** Weight of TAO against alpha, u64 as share of 2^64 - 1; default the chain's, about 5.27 %. */
  readonly taoWeight?: bigint | undefined;
}

/** The chain's default of `taoWeight`. */
export const DEFAULT_TAO_WEIGHT = 971_718_665_099_567_868n;

const LARGEST_U64 = 0xffff_ffff_ffff_ffffn;
const FRACTION = 32n;

/**
 * Stake weight as raw I64F64, what `stakeFromRaw` takes. A uid without a hotkey has 0.
 * @throws YumaError WRONG_TYPE, OUT_OF_RANGE for a number that is no u64, or a weight of 2^63 rao and more
 */
export function stakeWeight(input: StakeWeightInput): bigint {
  if (typeof input !== 'object' || input === null) throw wrongType({ field: 'input' }, 'a StakeWeightInput', input);
  const { childProportions = [], parents = [], taoWeight = DEFAULT_TAO_WEIGHT } = input;
  if (!Array.isArray(childProportions)) throw wrongType({ field: 'childProportions' }, 'an array', childProportions);
  if (!Array.isArray(parents)) throw wrongType({ field: 'parents' }, 'an array', parents);
  for (const parent of parents) {
    if (typeof parent !== 'object' || parent === null) throw wrongType({ field: 'parents' }, 'ParentHoldings', parent);
  }
  const given = childProportions.reduce((total, share) => total + proportion('childProportions', share), 0n);
  const inherited = (token: keyof Holdings): bigint =>
    parents.reduce(
      (total, parent) =>
        total + checkU64(`parents.${token}`, parent[token]) * proportion('parents.proportion', parent.proportion),
      0n,
    );
  const held = (token: keyof Holdings): bigint => {
    const own = checkU64(token, input[token]);
    const left = (own << FRACTION) - own * given;
    return ((left > 0n ? left : 0n) + inherited(token)) >> FRACTION;
  };
  const weight = (held('alpha') << 64n) + ((held('tao') * proportion('taoWeight', taoWeight)) << FRACTION);
  if (weight >> 64n < 1n << 63n) return weight;
  throw outOfRange('stake', weight >> 64n, (1n << 63n) - 1n);
}

/** A u64 share as raw U96F32: `pr` of the spec. */
const proportion = (field: string, share: bigint): bigint => (checkU64(field, share) << FRACTION) / LARGEST_U64;

function checkU64(field: string, value: bigint): bigint {
  if (typeof value !== 'bigint') throw wrongType({ field }, 'a bigint (u64)', value);
  if (value >= 0n && value <= LARGEST_U64) return value;
  throw outOfRange(field, value, LARGEST_U64);
}

const outOfRange = (field: string, value: bigint, largest: bigint): YumaError =>
  new YumaError('OUT_OF_RANGE', { field, value: String(value), least: '0', largest: String(largest) });
