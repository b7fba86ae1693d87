/**
 * Epoch in float64: what a good JavaScript developer would write without knowing that the chain's integers matter.
 * Typed arrays, compressed rows, a quickselect for the median; no SIMD, no fixed point. A peer to measure against, and
 * nothing else: its scores lie next to the exact ones, not on them (test/bench/float64.test.ts says how near).
 * Spec   docs/spec/yuma-epoch.md 3 to 11
 * Cost   O(n log n + entries), memory for a few copies of the matrices
 */
import type { EpochInput, SparseRows } from '../../epoch/input.js';
import { type BondInputs, yuma2, yuma3 } from './bonds.js';
import { consensus } from './consensus.js';
import { normalize, type Rows, RowsBuilder, rowSums } from './rows.js';
import { blocks, clipped, countedWeights, weightsForBonds } from './weights.js';

/** Scores are u16 as the chain stores them, 65535 = 1; amounts are rao. */
export interface Float64Output {
  readonly active: Uint8Array;
  readonly stakeWeight: Uint16Array;
  readonly consensus: Uint16Array;
  readonly incentive: Uint16Array;
  readonly dividends: Uint16Array;
  readonly validatorTrust: Uint16Array;
  readonly serverEmission: Float64Array;
  readonly validatorEmission: Float64Array;
  readonly newValidatorPermit: Uint8Array;
  readonly bonds: SparseRows;
}

export function float64Epoch(input: EpochInput): Float64Output {
  const { n, hyperparameters, currentBlock } = input;
  const owner = input.ownerUid !== null && input.ownerUid < n ? input.ownerUid : null;
  const oldest = Number(currentBlock - hyperparameters.activityCutoff);
  const active = Uint8Array.from(blocks(input.lastUpdate), (block) => (block < oldest ? 0 : 1));
  const permit = input.validatorPermit.slice();
  if (owner !== null) permit[owner] = 1;

  const stake = stakeShares(input, owner);
  const activeStake = normalize(stake.map((share, uid) => share * active[uid]! * permit[uid]!));

  const weights = countedWeights(input, permit, owner);
  const medians = consensus(weights, activeStake, hyperparameters.kappa / 65_535);
  const clip = clipped(weights, medians);
  const trust = rowSums(clip);
  const incentive = normalize(ranks(clip, activeStake));

  const given: BondInputs = {
    weights: weightsForBonds(weights, clip, medians, hyperparameters.bondsPenalty / 65_535),
    stored: withinHorizon(input),
    consensus: medians,
    incentive,
    activeStake,
    hyperparameters,
  };
  const { bonds, earned } = hyperparameters.yuma3 ? yuma3(given) : yuma2(given);
  const dividends = normalize(earned);
  const newValidatorPermit = topStake(stake, hyperparameters.maxValidators, owner);
  return {
    active,
    newValidatorPermit,
    stakeWeight: toU16(stake),
    consensus: toU16(medians),
    incentive: toU16(incentive),
    dividends: toU16(dividends),
    validatorTrust: toU16(trust),
    ...amounts(incentive, dividends, activeStake.some((share) => share > 0) ? activeStake : stake, input.emission),
    bonds: storedBonds(bonds, newValidatorPermit),
  };
}

function stakeShares({ n, stake, hyperparameters }: EpochInput, owner: number | null): Float64Array {
  const least = Number(hyperparameters.minStake);
  const shares = new Float64Array(n);
  for (let uid = 0; uid < n; uid++) {
    const whole = Number(stake[2 * uid + 1]!) + Number(stake[2 * uid]!) * 2 ** -64;
    if (whole >= least || uid === owner) shares[uid] = whole;
  }
  return normalize(shares);
}

/** Stake behind each column. */
function ranks({ offsets, columns, values }: Rows, activeStake: Float64Array): Float64Array {
  const sums = new Float64Array(activeStake.length);
  for (let uid = 0; uid < sums.length; uid++) {
    const share = activeStake[uid]!;
    for (let at = offsets[uid]!; at < offsets[uid + 1]!; at++) sums[columns[at]!]! += share * values[at]!;
  }
  return sums;
}

/** Stored bonds, without those towards neurons that registered after the previous epoch. */
function withinHorizon({ n, bonds, registeredAt, lastStep, currentBlock, hyperparameters }: EpochInput): Rows {
  const horizon = lastStep === 0n ? Number(currentBlock) - hyperparameters.tempo : Number(lastStep) + 1;
  const registered = blocks(registeredAt);
  const result = new RowsBuilder(n, bonds.columns.length);
  for (let uid = 0; uid < n; uid++) {
    for (let at = bonds.offsets[uid]!; at < bonds.offsets[uid + 1]!; at++) {
      const column = bonds.columns[at]!;
      if (registered[column]! < horizon) result.add(column, bonds.values[at]!);
    }
    result.endRow(uid);
  }
  return result.build();
}

/** The largest stakes that are not 0, of equals the later ones; and the owner. */
function topStake(stake: Float64Array, count: number, owner: number | null): Uint8Array {
  const ranked = [...stake.keys()].sort((a, b) => stake[b]! - stake[a]! || b - a);
  const permit = new Uint8Array(stake.length);
  for (const uid of ranked.slice(0, count)) permit[uid] = stake[uid]! > 0 ? 1 : 0;
  if (owner !== null) permit[owner] = 1;
  return permit;
}

function amounts(incentive: Float64Array, dividends: Float64Array, fallback: Float64Array, emission: bigint) {
  const rao = Number(emission);
  const total = [...incentive, ...dividends].reduce((sum, share) => sum + share, 0);
  return {
    serverEmission: incentive.map((share) => (total > 0 ? (share / total) * rao : 0)),
    validatorEmission: total > 0 ? dividends.map((share) => (share / total) * rao) : fallback.map((x) => x * rao),
  };
}

const toU16 = (shares: Float64Array): Uint16Array => Uint16Array.from(shares, u16);

const u16 = (share: number): number => Math.min(65_535, Math.floor(share * 65_535));

/** Rows with a new permit as u16; all others are empty. */
function storedBonds({ offsets, columns, values }: Rows, permit: Uint8Array): SparseRows {
  const n = permit.length;
  const out = {
    offsets: new Uint32Array(n + 1),
    columns: new Uint16Array(columns.length),
    values: new Uint16Array(columns.length),
  };
  let end = 0;
  for (let uid = 0; uid < n; uid++) {
    if (permit[uid] === 1) {
      for (let at = offsets[uid]!; at < offsets[uid + 1]!; at++) {
        out.columns[end] = columns[at]!;
        out.values[end++] = u16(values[at]!);
      }
    }
    out.offsets[uid + 1] = end;
  }
  return { offsets: out.offsets, columns: out.columns.subarray(0, end), values: out.values.subarray(0, end) };
}
