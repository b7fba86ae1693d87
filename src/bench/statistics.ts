/** Statistics: what is said of a list of times. */

export interface Times {
  /** Milliseconds. */
  readonly median: number;
  readonly least: number;
  readonly largest: number;
  /** Width of the middle half of the times over the median: 0.1 = 10 %. One slow outlier does not move it. */
  readonly spread: number;
}

/** @param milliseconds at least one */
export function timesOf(milliseconds: readonly number[]): Times {
  const ascending = [...milliseconds].sort((a, b) => a - b);
  const median = quantile(ascending, 0.5);
  return {
    median,
    least: ascending[0]!,
    largest: ascending.at(-1)!,
    spread: (quantile(ascending, 0.75) - quantile(ascending, 0.25)) / median,
  };
}

/** Between two times in proportion. */
function quantile(ascending: readonly number[], share: number): number {
  const place = (ascending.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below]! + (ascending[above]! - ascending[below]!) * (place - below);
}
