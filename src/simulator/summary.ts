/**
 * Summary: what a run came to, of each subnet: who earned what by validating and by mining, and which team how much.
 * Sums go over the epochs that the record keeps. A uid that had several holders counts as one, under its last name.
 */
import type { RunRecord, SubnetRecord } from './record.js';

export interface NeuronSummary {
  readonly uid: number;
  readonly name: string;
  readonly team: string | undefined;
  /** alpha an epoch, mean */
  readonly dividends: number;
  /** alpha an epoch, mean */
  readonly mined: number;
  /** alpha in the last epoch */
  readonly stake: number;
  /** Alpha an epoch by validating for each 1 000 alpha of stake; 0 without stake. */
  readonly dividendsPer1000: number;
  /** Mean share of the miners, 1 = all. */
  readonly incentive: number;
  /** Mean share of its weights that consensus let stand, 1 = all. */
  readonly validatorTrust: number;
}

export interface TeamSummary {
  /** `undefined` = those without a team. */
  readonly team: string | undefined;
  readonly neurons: number;
  /** Share of the stake in the last epoch, and of all that was paid by mining, by validating and by both; 1 = all. */
  readonly stake: number;
  readonly mined: number;
  readonly dividends: number;
  readonly emission: number;
}

export interface SubnetSummary {
  readonly name: string;
  /** Epochs that were kept. */
  readonly epochs: number;
  /** Those that set weights, by plan. */
  readonly validators: readonly NeuronSummary[];
  /** The others. */
  readonly miners: readonly NeuronSummary[];
  /** In the order of their first neurons. */
  readonly teams: readonly TeamSummary[];
}

const RAO = 1_000_000_000;
const ONE = 65_535;

export const summarise = ({ subnets }: RunRecord): SubnetSummary[] => subnets.map(summaryOf);

function summaryOf(subnet: SubnetRecord): SubnetSummary {
  const validates = new Set(subnet.validators);
  const all = Array.from({ length: subnet.n }, (_, uid) => neuronOf(subnet, uid));
  return {
    name: subnet.name,
    epochs: subnet.epochs.length,
    validators: all.filter(({ uid }) => validates.has(uid)),
    miners: all.filter(({ uid }) => !validates.has(uid)),
    teams: teamsOf(all),
  };
}

function neuronOf({ n, names, teams, epochs, metrics }: SubnetRecord, uid: number): NeuronSummary {
  const sum = (values: Float64Array): number => {
    let total = 0;
    for (let at = uid; at < values.length; at += n) total += values[at]!;
    return total;
  };
  const kept = Math.max(1, epochs.length);
  const dividends = sum(metrics.validatorEmission);
  const staked = sum(metrics.stake);
  return {
    uid,
    name: names[uid]!,
    team: teams[uid],
    dividends: dividends / kept / RAO,
    mined: sum(metrics.serverEmission) / kept / RAO,
    stake: (metrics.stake[(epochs.length - 1) * n + uid] ?? 0) / RAO,
    dividendsPer1000: staked === 0 ? 0 : (dividends / staked) * 1_000,
    incentive: sum(metrics.incentive) / kept / ONE,
    validatorTrust: sum(metrics.validatorTrust) / kept / ONE,
  };
}

function teamsOf(neurons: readonly NeuronSummary[]): TeamSummary[] {
  const teams = [...new Set(neurons.map(({ team }) => team))];
  const total = (some: readonly NeuronSummary[], of: (one: NeuronSummary) => number): number =>
    some.reduce((sum, one) => sum + of(one), 0);
  const share = (some: readonly NeuronSummary[], of: (one: NeuronSummary) => number): number => {
    const all = total(neurons, of);
    return all === 0 ? 0 : total(some, of) / all;
  };
  return teams.map((team) => {
    const members = neurons.filter((one) => one.team === team);
    return {
      team,
      neurons: members.length,
      stake: share(members, ({ stake }) => stake),
      mined: share(members, ({ mined }) => mined),
      dividends: share(members, ({ dividends }) => dividends),
      emission: share(members, ({ mined, dividends }) => mined + dividends),
    };
  });
}
