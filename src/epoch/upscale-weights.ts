/**
 * Scales submitted weights so that the largest is 65535, as the chain does before it stores them.
 * Spec   docs/spec/neurons-stake-weights.md 4.3
 * Exact  above 32768 as largest value the factor is truncated first, below it the quotient is; halves round up
 */
import { YumaError } from './errors.js';
import { checkList, wrongType } from './types.js';

const ONE = 1n << 32n;
const HALF = 1n << 31n;
const LARGEST = 65_535n;

/**
 * @param values weights of one row, u16 each, in any order
 * @returns scaled weights in the same order, u16; all 0 where all were 0
 * @throws YumaError WRONG_TYPE, or OUT_OF_RANGE for a value that is no u16, with its entry
 */
export function upscaleWeights(values: ArrayLike<number>): Uint16Array {
  checkList('weights', values);
  const weights = Array.from(values, checkWeight);
  const largest = weights.reduce((most, weight) => (weight > most ? weight : most), 0n);
  const scaled = (weight: bigint): bigint => {
    if (largest === 0n) return 0n;
    if (largest > 32_768n) return weight * ((LARGEST * ONE) / largest);
    return (weight * LARGEST * ONE) / largest;
  };
  return Uint16Array.from(weights, (weight) => Number((scaled(weight) + HALF) >> 32n));
}

function checkWeight(value: number, entry: number): bigint {
  if (typeof value !== 'number') throw wrongType({ field: 'weights', entry }, 'an integer (u16)', value);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return BigInt(value);
  const range = { least: '0', largest: '65535' };
  throw new YumaError('OUT_OF_RANGE', { field: 'weights', entry, value: String(value), ...range });
}
