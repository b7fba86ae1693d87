/**
 * Emission: who gets how much of the alpha of this epoch.
 * Room   reference (executable spec). Also in assembly/emission.ts
 * Spec   docs/spec/yuma-epoch.md 10
 * Takes  incentive (7.4), dividends (9.4, 9.5), stake (4.2), active stake (5), the amount in rao
 * Exact  three separate truncations: the combined amount may differ from the sum of the others by one
 * Cost   O(n)
 */
import { add, normalizeTo, type Raw, sum, toU64 } from './fixed.js';

/** Raw I32F32 shares, and u64 rao, of each uid. */
export interface Emission {
  readonly shares: Parts<Raw>;
  readonly amounts: Parts<bigint>;
}

interface Parts<T> {
  readonly server: readonly T[];
  readonly validator: readonly T[];
  /** What the chain stores. */
  readonly combined: readonly T[];
}

export function emission(
  incentive: readonly Raw[],
  dividends: readonly Raw[],
  stake: readonly Raw[],
  activeStake: readonly Raw[],
  amount: bigint,
): Emission {
  const combined = incentive.map((share, uid) => add(share, dividends[uid]!));
  const total = sum(combined);
  const fallback = sum(activeStake) === 0n ? stake : activeStake; // nobody scored: validators are paid by stake
  const shares = {
    server: normalizeTo(total, incentive),
    validator: total === 0n ? fallback : normalizeTo(total, dividends),
    combined: total === 0n ? fallback : normalizeTo(total, combined),
  };
  const pay = (parts: readonly Raw[]): bigint[] => parts.map((share) => amountOf(share, amount));
  return {
    shares,
    amounts: { server: pay(shares.server), validator: pay(shares.validator), combined: pay(shares.combined) },
  };
}

/** So much of the amount, u64. */
export const amountOf = (share: Raw, amount: bigint): bigint => toU64(share * amount, 32n);
