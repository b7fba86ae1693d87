/**
 * Game: the two-team game of one honest stake and one draw, as inputs of epochs.
 * Units  weights u16 as the chain stores them: of each row the largest is 65535, the others are rounded to the nearest
 * Takes  a draw; a team that was drawn nothing at all (few neurons, a large sigma) has even parts instead
 * Exact  + - * / on the draw; floor of what they give
 * PERF   a point costs one multiplication and one rounding a weight; sums and maxima of the draw are kept. Rows of
 *        honest validators depend on W_H alone and are made anew only when that changes
 */
import { type EpochInput, type EpochOutput, type Hyperparameters, hyperparameters, stakeFromRao } from '../index.js';
import type { Draw } from './draw.js';
import type { CollusionPlan } from './plan.js';
import { type Teams, teamsOf } from './teams.js';

/** Rao of stake in all, and rao handed out. Sums of either stay below 2^53. */
const STAKE = 1_000_000_000_000_000;
const EMISSION = 1_000_000_000_000n;

const BLOCK = 1_000_000n;
const FULL = 65_535;

/** Sum and largest of a part of a row of the draw. */
interface Part {
  readonly sum: number;
  readonly largest: number;
}

export class Game {
  private readonly teams: Teams;
  private readonly input: Omit<EpochInput, 'weights'>;
  private readonly places: { readonly offsets: Uint32Array; readonly columns: Uint16Array };
  /** Of each validator: what it has for honest servers, and for those of the cabal. */
  private readonly parts: readonly (readonly [honest: Part, cabal: Part])[];
  /** Rows of the honest validators for one W_H. */
  private readonly honestRows: Uint16Array;
  private honestUtility = Number.NaN;

  /** Of the draw, before they are scaled. */
  private readonly weights: Float64Array;

  constructor(plan: CollusionPlan, stake: number, drawn: Draw) {
    const teams = teamsOf(plan, stake);
    const { validators, servers, honestValidators, honestServers } = teams;
    this.teams = teams;
    this.places = places(teams);
    this.input = inputOf(plan, teams, stakesInRao(drawn.stakes, honestValidators, stake, plan.neurons));
    const starts = Array.from({ length: validators }, (_, validator) => validator * servers);
    const bounds = [...starts.flatMap((start) => [start, start + honestServers]), validators * servers];
    this.weights = withoutEmptyParts(drawn.weights, bounds);
    this.parts = starts.map((start) => [
      part(this.weights, start, start + honestServers),
      part(this.weights, start + honestServers, start + servers),
    ]);
    this.honestRows = new Uint16Array(honestValidators * servers);
  }

  /** Weights of the subnet. */
  get entries(): number {
    return this.places.columns.length;
  }

  /**
   * One epoch from empty bonds.
   * @param into of `entries`; taken as the input's weights, which it shares
   */
  at(honestUtility: number, cabalSelfWeight: number, into: Uint16Array): EpochInput {
    const { validators, honestValidators } = this.teams;
    if (honestUtility !== this.honestUtility) {
      this.fill(this.honestRows, 0, honestValidators, honestUtility);
      this.honestUtility = honestUtility;
    }
    into.set(this.honestRows);
    this.fill(into.subarray(this.honestRows.length), honestValidators, validators, 1 - cabalSelfWeight);
    return { ...this.input, weights: { ...this.places, values: into } };
  }

  /** Honest share of all that was handed out, 0 to 1. */
  honestEmission({ serverEmission, validatorEmission }: EpochOutput): number {
    const { validators, servers, honestValidators, honestServers } = this.teams;
    const honest =
      sum(validatorEmission, 0, honestValidators) + sum(serverEmission, validators, validators + honestServers);
    const cabal =
      sum(validatorEmission, honestValidators, validators) +
      sum(serverEmission, validators + honestServers, validators + servers);
    return honest / (honest + cabal);
  }

  /** @param toHonest share of each of the rows that goes to honest servers */
  private fill(into: Uint16Array, from: number, to: number, toHonest: number): void {
    const { servers, honestServers } = this.teams;
    const { weights } = this;
    for (let validator = from; validator < to; validator++) {
      const [honest, cabal] = this.parts[validator]!;
      const honestFactor = toHonest / honest.sum;
      const cabalFactor = (1 - toHonest) / cabal.sum;
      const scale = FULL / Math.max(honestFactor * honest.largest, cabalFactor * cabal.largest);
      const start = validator * servers;
      const out = (validator - from) * servers;
      const [perHonest, perCabal] = [honestFactor * scale, cabalFactor * scale];
      for (let at = 0; at < honestServers; at++) into[out + at] = nearest(weights[start + at]! * perHonest);
      for (let at = honestServers; at < servers; at++) into[out + at] = nearest(weights[start + at]! * perCabal);
    }
  }
}

/** Half up; of a product that may lie a last bit above 65535. */
const nearest = (value: number): number => Math.min(FULL, Math.floor(value + 0.5));

function inputOf(plan: CollusionPlan, { validators }: Teams, stake: BigUint64Array): Omit<EpochInput, 'weights'> {
  const { neurons: n } = plan;
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: BLOCK,
    lastStep: BLOCK - 360n,
    emission: EMISSION,
    ownerUid: null,
    hyperparameters: rulesOf(plan),
    stake,
    lastUpdate: new BigUint64Array(n).fill(BLOCK - 1n),
    registeredAt: new BigUint64Array(n),
    validatorPermit: new Uint8Array(n).fill(1, 0, validators),
    bonds: { offsets: new Uint32Array(n + 1), columns: new Uint16Array(0), values: new Uint16Array(0) },
  };
}

const rulesOf = ({ kappa, bondsPenalty, yuma3, validators }: CollusionPlan): Hyperparameters =>
  hyperparameters({
    kappa: Math.floor(kappa * FULL),
    bondsPenalty: Math.floor(bondsPenalty * FULL),
    yuma3,
    maxValidators: validators,
    commitReveal: false,
  });

/** Every validator weighs every server; servers weigh nobody. */
function places({ validators, servers }: Teams) {
  const n = validators + servers;
  const offsets = Uint32Array.from({ length: n + 1 }, (_, uid) => Math.min(uid, validators) * servers);
  const columns = Uint16Array.from({ length: validators * servers }, (_, at) => validators + (at % servers));
  return { offsets, columns };
}

/** Of each uid: the honest validators hold `share` of `STAKE` together, the cabal the rest; whole rao, floored. */
function stakesInRao(drawn: Float64Array, honest: number, share: number, neurons: number): BigUint64Array {
  const sizes = withoutEmptyParts(drawn, [0, honest, drawn.length]);
  const held = [part(sizes, 0, honest).sum, part(sizes, honest, sizes.length).sum];
  const rao = new BigUint64Array(neurons);
  for (const [uid, size] of sizes.entries()) {
    const [team, teamShare] = uid < honest ? ([0, share] as const) : ([1, 1 - share] as const);
    rao[uid] = BigInt(Math.floor((size / held[team]!) * teamShare * STAKE));
  }
  return stakeFromRao(rao);
}

/** Where a team was drawn nothing at all it has even parts instead. @param bounds of the parts, rising */
function withoutEmptyParts(values: Float64Array, bounds: readonly number[]): Float64Array {
  const empty = bounds.slice(1).flatMap((end, at) => (part(values, bounds[at]!, end).sum === 0 ? [at] : []));
  if (empty.length === 0) return values;
  const filled = values.slice();
  for (const at of empty) filled.fill(1, bounds[at]!, bounds[at + 1]!);
  return filled;
}

function part(values: Float64Array, from: number, to: number): Part {
  let total = 0;
  let largest = 0;
  for (let at = from; at < to; at++) {
    total += values[at]!;
    if (values[at]! > largest) largest = values[at]!;
  }
  return { sum: total, largest };
}

function sum(rao: BigUint64Array, from: number, to: number): number {
  let total = 0;
  for (let uid = from; uid < to; uid++) total += Number(rao[uid]!);
  return total;
}
