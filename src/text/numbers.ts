/**
 * Numbers as people read them: shares in percent, rao as alpha, counts with their noun. Only the last step rounds,
 * half up, on exact integers.
 */

/** 1.0 as raw I32F32. */
const ONE = 1n << 32n;

/** Rao of one alpha, and its decimals. */
const ALPHA_DIGITS = 9;

/** A raw I32F32 share with so many decimals: `12.346%`. */
export function percent(share: bigint, decimals = 3): string {
  return `${decimal(share * 100n, ONE, decimals)}%`;
}

/** A share in a sentence: two decimals, four below 1 %, and never 0 for what is not 0. */
export function roughPercent(share: bigint): string {
  if (share === 0n) return '0%';
  if (share === ONE) return '100%';
  if (share < 0n) return `-${roughPercent(-share)}`;
  if (share * 100n >= ONE) return percent(share, 2);
  const text = percent(share, 4);
  return text === '0.0000%' ? 'below 0.0001%' : text;
}

/** A u16 share (65535 = 1) in percent. */
export function percentOfU16(share: number, decimals = 3): string {
  return `${decimal(BigInt(share) * 100n, 65_535n, decimals)}%`;
}

/** An amount in rao (or a `per`th of it) as alpha, thousands set apart: `1,234.5679`. All nine decimals are exact. */
export function alpha(rao: bigint, decimals = 4, per = 1n): string {
  return decimal(rao, per * 10n ** BigInt(ALPHA_DIGITS), decimals);
}

/** Amounts as `alpha` has them, with as many decimals from 4 on as tell them from each other and from 0. */
export function distinctAlphas<T extends readonly bigint[]>(...rao: T): { [K in keyof T]: string } {
  const different = new Set([0n, ...rao]).size;
  const texts = (decimals: number): string[] => rao.map((amount) => alpha(amount, decimals));
  let decimals = 4;
  while (decimals < ALPHA_DIGITS && new Set([alpha(0n, decimals), ...texts(decimals)]).size < different) decimals += 1;
  return texts(decimals) as { [K in keyof T]: string };
}

/** A whole number, thousands set apart. */
export function grouped(value: bigint | number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 miner`, `2 miners`, `no miners`; `plural` where an s is not enough. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${value === 0 ? 'no' : grouped(value)} ${value === 1 ? noun : plural}`;
}

/** `numerator / denominator` with so many decimals, rounded half away from zero. */
function decimal(numerator: bigint, denominator: bigint, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size * scale + denominator) / (2n * denominator);
  const sign = numerator < 0n && rounded > 0n ? '-' : '';
  const fraction = decimals === 0 ? '' : `.${String(rounded % scale).padStart(decimals, '0')}`;
  return sign + grouped(rounded / scale) + fraction;
}
