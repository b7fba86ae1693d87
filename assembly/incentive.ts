/**
 * Incentive: what the clipped weights, weighed by active stake, give each neuron.
 * Room   assembly (numeric core). Also in src/epoch/reference/incentive.ts
 * Spec   docs/spec/yuma-epoch.md 7.4
 * Exact  each product is floored, then added: the sum of the products may not be shifted instead
 */
import { Fixed, normalize } from './fixed';

/** incentive = rank over the sum of ranks; rank[j] = sum over rows of active stake times clipped weight. */
export function incentive(n: i32, offsets: usize, columns: usize, values: usize, activeStake: usize, out: usize): void {
  memory.fill(out, 0, (<usize>n) << 3);
  for (let i = 0; i < n; i++) {
    const own = load<i64>(activeStake + ((<usize>i) << 3));
    if (own === 0) continue;
    const stop = load<u32>(offsets + ((<usize>i) << 2), 4);
    for (let at = load<u32>(offsets + ((<usize>i) << 2)); at < stop; at++) {
      const slot = out + ((<usize>load<u16>(columns + ((<usize>at) << 1))) << 3);
      store<i64>(slot, Fixed.add(load<i64>(slot), Fixed.mul(own, load<i64>(values + ((<usize>at) << 3)))));
    }
  }
  normalize(out, n, out);
}
