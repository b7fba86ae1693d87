/** Neurons of a scenario, with their agents in place of the names. */
import { MAX_NEURONS } from '../../epoch/index.js';
import type { MinerAgent, ValidatorAgent } from '../agent.js';
import { MINERS, VALIDATORS } from '../agents/index.js';
import { numberWithin } from '../definition.js';
import type { NeuronPlan } from '../scenario.js';
import { fieldsOf, text } from './fields.js';
import { castSpec } from './spec.js';

export interface Actor {
  readonly name: string;
  readonly team: string | undefined;
  /** rao */
  readonly stake: bigint;
  readonly compound: number;
  readonly validator: ValidatorAgent | undefined;
  /** Whether its validator was given as code. */
  readonly isCode: boolean;
  readonly miner: MinerAgent | undefined;
}

export const LARGEST_STAKE = 9_000_000_000; // alpha; in rao it stays below 2^63
const RAO = 1_000_000_000;

/** The nearest whole rao of an amount in alpha. */
export const raoOf = (alpha: number): bigint => BigInt(Math.round(alpha * RAO));

/** Of one neuron. */
export const HOLDER_FIELDS = ['name', 'team', 'stake', 'compound', 'validator', 'miner'] as const;
const NEURON_FIELDS = ['count', ...HOLDER_FIELDS] as const;

export function castNeurons(plan: NeuronPlan, path: string, known: readonly string[] = NEURON_FIELDS): Actor[] {
  fieldsOf(plan, path, known);
  const { name = '', count = 1, team, stake = 0, compound = 0, validator, miner } = plan;
  if (name !== '') text(name, `${path}.name`);
  if (team !== undefined) text(team, `${path}.team`);
  numberWithin(count, 0, MAX_NEURONS, true, { field: `${path}.count` });
  numberWithin(stake, 0, LARGEST_STAKE, false, { field: `${path}.stake` });
  numberWithin(compound, 0, 1, false, { field: `${path}.compound` });
  const actor = {
    team,
    stake: raoOf(stake),
    compound,
    validator:
      validator &&
      castSpec(validator, VALIDATORS, { role: 'validator', key: 'agent', method: 'decide', path: `${path}.validator` }),
    isCode: typeof (validator as Partial<ValidatorAgent> | undefined)?.decide === 'function',
    miner: miner && castSpec(miner, MINERS, { role: 'miner', key: 'agent', method: 'deliver', path: `${path}.miner` }),
  };
  return Array.from({ length: count }, (_, k) => ({ ...actor, name: name && (count > 1 ? `${name} ${k + 1}` : name) }));
}
