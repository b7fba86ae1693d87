/**
 * Statistics of the repeats of one point: mean, deviation, and the band in which the true mean lies.
 * Method Student's t with `repeats - 1` degrees of freedom, two-sided 95 %. It takes the repeats for independent (they
 *        are) and their error for about normal
 * Exact  + - * / and sqrt only
 */

/** 97.5 % quantiles of Student's t for 1, 2, 3 ... degrees of freedom. */
const QUANTILES = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const;

/** The same of the normal distribution, where the series below begins. */
const NORMAL = 1.959_964;

/** 97.5 % quantile of Student's t, within 0.001. @param freedom degrees of freedom, from 1 */
export function studentQuantile(freedom: number): number {
  const listed = QUANTILES[freedom - 1];
  if (listed !== undefined) return listed;
  const cube = NORMAL * NORMAL * NORMAL;
  const first = (cube + NORMAL) / 4;
  const second = (5 * cube * NORMAL * NORMAL + 16 * cube + 3 * NORMAL) / 96;
  return NORMAL + first / freedom + second / (freedom * freedom);
}

export interface Estimate {
  readonly mean: number;
  /** Standard deviation of one repeat, estimated from the sample; `null` with one repeat. */
  readonly deviation: number | null;
  /** Ends of the band, within 0 and 1; `null` with one repeat. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Of shares, 0 to 1; one at least. */
export function estimate(shares: readonly number[]): Estimate {
  const count = shares.length;
  const mean = shares.reduce((total, share) => total + share, 0) / count;
  if (count < 2) return { mean, deviation: null, low: null, high: null };
  const squares = shares.reduce((total, share) => total + (share - mean) * (share - mean), 0);
  const deviation = Math.sqrt(squares / (count - 1));
  const half = (studentQuantile(count - 1) * deviation) / Math.sqrt(count);
  return { mean, deviation, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}
