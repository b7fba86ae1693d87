/**
 * Ema: the moving average of two sets of rows under one constant.
 * Room   reference (executable spec). Also in assembly/ema.ts
 * Spec   docs/spec/yuma-epoch.md 9.3
 * Takes  new and old rows of raw I32F32, the share alpha of the new ones (9.2)
 * Exact  each product is floored by itself, sums saturate; result rows are sorted and hold positive values only
 * Cost   O(E log E) for E entries
 */
import { add, mul, ONE, type Raw, sub } from './fixed.js';
import type { Row } from './rows.js';

export function ema(fresh: readonly Row[], old: readonly Row[], alpha: Raw): Row[] {
  const n = fresh.length;
  const rest = sub(ONE, alpha);
  return fresh.map((row, uid) => {
    const totals = new Map<number, Raw>();
    const enter = (entries: Row, share: Raw): void => {
      for (const { column, value } of entries) {
        if (column < n) totals.set(column, add(totals.get(column) ?? 0n, mul(share, value)));
      }
    };
    enter(row, alpha);
    enter(old[uid]!, rest);
    return [...totals]
      .filter(([, value]) => value > 0n)
      .sort(([a], [b]) => a - b)
      .map(([column, value]) => ({ column, value }));
  });
}
