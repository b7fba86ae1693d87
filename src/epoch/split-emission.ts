/**
 * Splits the alpha of a subnet's epoch among its mechanisms (sub-subnets).
 * Spec   docs/spec/yuma-epoch.md 13.1
 * Takes  rao (10^-9 alpha), a count of mechanisms, the stored split or none
 * Exact  every part is truncated, what is left over goes to mechanism 0; the parts add up to the total
 */
import { YumaError } from './errors.js';
import { checkList, wrongType } from './types.js';

/** Most mechanisms a subnet can have. */
export const MAX_MECHANISMS = 16;

const WHOLE = 65_535n;
const LARGEST_U64 = 0xffff_ffff_ffff_ffffn;

/**
 * The amount of each mechanism, in rao.
 * @param total alpha of the subnet's epoch, rao, u64
 * @param mechanisms how many there are, 1 to 16
 * @param split stored shares, u16 each and 65535 together; cut or padded with 0 to `mechanisms`. `null`, or left out:
 *   an even split
 * @returns `mechanisms` parts that add up to `total`
 * @throws YumaError WRONG_TYPE, OUT_OF_RANGE for a number out of its range, BAD_SPLIT for shares that are not 65535 together
 */
export function splitEmission(total: bigint, mechanisms: number, split: ArrayLike<number> | null = null): bigint[] {
  if (typeof total !== 'bigint') throw wrongType({ field: 'total' }, 'a bigint (u64)', total);
  if (total < 0n || total > LARGEST_U64) refuse('total', total, 0n, LARGEST_U64);
  if (typeof mechanisms !== 'number') throw wrongType({ field: 'mechanisms' }, 'an integer', mechanisms);
  if (!Number.isInteger(mechanisms) || mechanisms < 1 || mechanisms > MAX_MECHANISMS) {
    refuse('mechanisms', mechanisms, 1, MAX_MECHANISMS);
  }
  const shares = split === null ? null : checkSplit(split);
  const parts = Array.from({ length: mechanisms }, (_, mechanism) =>
    shares === null ? total / BigInt(mechanisms) : (total * (shares[mechanism] ?? 0n)) / WHOLE,
  );
  const rest = parts.reduce((left, part) => left - part, total);
  parts[0]! += rest;
  return parts;
}

function checkSplit(split: ArrayLike<number>): bigint[] {
  checkList('split', split);
  let sum = 0n;
  const shares = Array.from(split, (share, entry) => {
    if (typeof share !== 'number') throw wrongType({ field: 'split', entry }, 'an integer (u16)', share);
    if (!Number.isInteger(share) || share < 0 || share > 65_535) refuse('split', share, 0, 65_535);
    sum += BigInt(share);
    return BigInt(share);
  });
  if (sum === WHOLE) return shares;
  throw new YumaError('BAD_SPLIT', { field: 'split', reason: `the shares are ${sum} together, they must be 65535` });
}

function refuse(field: string, value: number | bigint, least: number | bigint, largest: number | bigint): never {
  throw new YumaError('OUT_OF_RANGE', { field, value: `${value}`, least: `${least}`, largest: `${largest}` });
}
