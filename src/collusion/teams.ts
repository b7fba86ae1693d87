/** Teams: who is honest and who is of the cabal. Uids: honest validators, cabal validators, honest servers, cabal servers. */
import type { CollusionPlan } from './plan.js';

export interface Teams {
  /** Uids 0 up to here are the validators, the rest servers. */
  readonly validators: number;
  readonly servers: number;
  readonly honestValidators: number;
  readonly honestServers: number;
}

/** Either team has one validator and one server at least. */
export function teamsOf(plan: CollusionPlan, stake: number): Teams {
  const { validators, neurons, honestServers } = plan;
  const servers = neurons - validators;
  return {
    validators,
    servers,
    honestValidators: split(validators, stake),
    honestServers: split(servers, honestServers === 'stake' ? stake : honestServers),
  };
}

const split = (count: number, share: number): number => Math.min(count - 1, Math.max(1, Math.round(count * share)));
