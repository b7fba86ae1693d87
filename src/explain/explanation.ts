/**
 * Explanation: what there is to say about one neuron in one epoch, as plain data. Shares are raw I32F32 (2^32 = 1) and
 * exact, amounts are rao; numbers in brackets are sections of docs/spec/yuma-epoch.md. `explainNeuron` makes it,
 * `explanationText` puts it into words.
 */
import type { EpochMeta } from '../epoch/input.js';
import type { WeightMask } from '../epoch/reference/weights.js';

/** Raw I32F32. */
export type Share = bigint;
/** 10^-9 alpha. */
export type Rao = bigint;

export interface Explanation {
  readonly uid: number;
  readonly n: number;
  readonly hotkey: string | null;
  readonly isOwner: boolean;
  readonly epoch: EpochFacts;
  readonly registration: {
    readonly block: bigint;
    readonly age: bigint;
    /** Registered too late for the bonds towards it to count (9.1). */
    readonly voidsBonds: boolean;
  };
  readonly activity: { readonly active: boolean; readonly lastUpdate: bigint; readonly age: bigint };
  readonly stake: StakeFacts;
  readonly permit: PermitFacts;
  readonly emission: EmissionFacts;
  /** `null` where nobody has a weight on it stored. */
  readonly miner: MinerStory | null;
  /** `null` where it has no permit now or next, no weights and no bonds. */
  readonly validator: ValidatorStory | null;
}

export interface EpochFacts {
  readonly meta: EpochMeta | null;
  readonly block: bigint;
  /** Block of the previous epoch; 0 = none. */
  readonly lastStep: bigint;
  readonly emission: Rao;
  readonly algorithm: 'Yuma2' | 'Yuma3' | 'Yuma3 with liquid alpha';
  readonly kappa: Share;
  readonly bondsPenalty: Share;
  /** Blocks without an update after which a neuron is inactive. */
  readonly activityCutoff: bigint;
  /** Share of a new bond that comes from this epoch's weights; `null` where liquid alpha sets it pair by pair. */
  readonly bondStep: Share | null;
  /** Nobody had incentive or dividends, so the alpha went out by stake (10). */
  readonly paidByStake: boolean;
}

export interface StakeFacts {
  readonly rao: Rao;
  readonly minStake: Rao;
  /** Below the threshold and not the owner: counts as none (4.1). */
  readonly belowThreshold: boolean;
  /** Of all stake that counts (4.2). */
  readonly share: Share;
  /** Of the stake that votes in this epoch (5). */
  readonly activeShare: Share;
}

export interface PermitFacts {
  readonly now: boolean;
  readonly next: boolean;
  /** From 1, by stake share; equal ones by the higher uid (4.3). */
  readonly place: number;
  readonly permits: number;
}

export interface EmissionFacts {
  readonly miner: Rao;
  readonly validator: Rao;
  /** What the chain stores; may differ from the sum of the two by one (10). */
  readonly stored: Rao;
}

export interface MinerStory {
  readonly consensus: Share;
  /** Voters with a weight on it that counts, the largest weight first. */
  readonly support: readonly Support[];
  /** The rest of the voters: they count as weight 0. */
  readonly silent: { readonly validators: number; readonly stake: Share };
  /** Stored weights on it that do not count. */
  readonly voided: readonly VoidedVote[];
  /** Stake behind its weights as they came, and after the clipping (7.4). */
  readonly unclippedRank: Share;
  readonly rank: Share;
  readonly incentive: Share;
  /** From 1, by incentive; equal ones share a place. */
  readonly place: number;
  /** Neurons with any incentive. */
  readonly rewarded: number;
}

export interface Support {
  readonly uid: number;
  /** Of the stake that votes, as the median counts it (7.1). */
  readonly stake: Share;
  readonly weight: Share;
  /** Stake of the voters that give it this weight or more; where it reaches kappa stands the consensus. */
  readonly support: Share;
  /** What was clipped off this weight (7.2). */
  readonly cutOff: Share;
}

/** Why a stored weight has no effect: a weight mask (6), or its validator's stake does not vote (5). */
export type VoidReason = WeightMask | 'inactive' | 'no stake';

export interface VoidedVote {
  readonly uid: number;
  /** As stored, u16. */
  readonly value: number;
  readonly reason: VoidReason;
}

export interface ValidatorStory {
  /** Weights as stored. */
  readonly stored: number;
  /** Stored weights that were voided, by column. */
  readonly voided: readonly VoidedVote[];
  /** Sum of the weights that count: 1, less rounding, or 0. */
  readonly weightSum: Share;
  /** Sum of what is left of them after the clipping (7.3). */
  readonly trust: Share;
  /** Trust of all who vote, averaged by stake. */
  readonly averageTrust: Share;
  /** Weights above the consensus, the costliest first. */
  readonly above: readonly Comparison[];
  /** Neurons with a consensus above its weight, the largest gap first. */
  readonly below: readonly Comparison[];
  readonly dividends: Share;
  /** The same epoch with the consensus as its weights; `null` where it has no vote or there is no consensus. */
  readonly withConsensus: Alternative | null;
  /** Bonds it holds after this epoch, the most rewarding first. */
  readonly bonds: readonly Bond[];
  /** Stored bonds that were void: their neurons registered since the last epoch (9.1). */
  readonly voidedBonds: readonly number[];
}

/** A weight beside the consensus on the same neuron. */
export interface Comparison {
  readonly uid: number;
  readonly weight: Share;
  readonly consensus: Share;
  /** The distance of the two. */
  readonly gap: Share;
}

/** What the whole epoch gives with this validator's row replaced and everything else as it was. */
export interface Alternative {
  readonly trust: Share;
  readonly dividends: Share;
  readonly emission: Rao;
}

export interface Bond {
  readonly uid: number;
  /** Before this epoch, as the average saw it: under Yuma2 a share of the neuron's bonds. `null`: none. */
  readonly before: Share | null;
  /** Share of all bonds in this neuron (9.4 c, 9.5). */
  readonly share: Share;
  /** Of that neuron. */
  readonly incentive: Share;
  /** Of all that this validator's bonds return: the part of its dividends that comes from this neuron. */
  readonly part: Share;
}
