/**
 * Stake: the share of each uid, of all stake and of the stake that votes.
 * Room   reference (executable spec). Also in assembly/stake.ts
 * Spec   docs/spec/yuma-epoch.md 4.1, 4.2 (stake), 5 (active stake)
 * Takes  stake weight as raw I64F64 (signed 128 bits), the least whole stake that counts, who is active, who may vote
 * Exact  for stake >= 0 (and a sum that fits) the two truncations of `normalizeStake` and `toI32F32` equal the one
 *        floor of the spec; negative stake (lenient input) divides towards zero, then floors
 * Cost   O(n)
 */
import { clampTo, fits, normalize, type Raw, toU64 } from './fixed.js';

/** Shares as raw I32F32, before any mask. `owner` is exempt from the filter. */
export function stake(weight: readonly bigint[], minStake: bigint, owner: number | null): Raw[] {
  const filtered = weight.map((raw, uid) => (uid !== owner && wholeStake(raw) < minStake ? 0n : raw));
  return normalizeStake(filtered).map(toI32F32);
}

/** Integer part of a stake weight as u64. */
export const wholeStake = (weight: bigint): bigint => toU64(weight, 64n);

/** Shares in I64F64, the sum wrapping modulo 2^128; a share that does not fit is 0; unchanged if the sum is 0. */
export function normalizeStake(weight: readonly bigint[]): bigint[] {
  const total = BigInt.asIntN(
    128,
    weight.reduce((held, raw) => held + raw, 0n),
  );
  return weight.map((raw) => {
    if (total === 0n) return raw;
    const share = (raw << 64n) / total;
    return fits(share, 128) ? share : 0n;
  });
}

/** I64F64 to I32F32: floored, clamped. */
export const toI32F32 = (raw: bigint): Raw => clampTo(64, raw >> 32n);

/**
 * Shares of the stake of those who are active and hold a permit.
 * @param permit `null` where the chain stores no permits at all: then stake is not masked by them (spec 1.3)
 */
export function activeStake(
  share: readonly Raw[],
  active: readonly boolean[],
  permit: readonly boolean[] | null,
): Raw[] {
  return normalize(share.map((raw, uid) => (active[uid] && (permit?.[uid] ?? true) ? raw : 0n)));
}
