/** The foot of a report: all that it takes to make it again. */
import type { RunRecord } from '../../simulator/record.js';
import type { FactTable } from '../page-data.js';

/** What the record does not know of itself. */
export interface About {
  /** Version of the engine that ran, `engine` in docs. */
  readonly engineVersion: string;
  /** Which backend ran; all give the same. */
  readonly backend?: string;
  /** The command that makes this page. */
  readonly command?: string;
  /** What the scenario shows and what to look at, a paragraph for the head. */
  readonly description?: string;
}

/** Facts of the machine and command, in one order on every page. */
export const aboutFacts = (about: About): [name: string, value: string][] => [
  ['Engine', `yuma-engine ${about.engineVersion}${about.backend === undefined ? '' : `, backend ${about.backend}`}`],
  ...(about.command === undefined ? [] : ([['Command', about.command]] as [string, string][])),
];

export const runFacts = (record: RunRecord, about: About): [name: string, value: string][] => [
  ['Scenario', record.scenario],
  ['Epochs', String(record.epochs)],
  ['Seed', String(record.seed)],
  ['Hash of all results', record.digest],
  ...aboutFacts(about),
];

/** Hyperparameters of the first epoch, a column a subnet. */
export function parameterTable(record: RunRecord): FactTable {
  const names = Object.keys(
    record.subnets[0]?.hyperparameters ?? {},
  ) as (keyof RunRecord['subnets'][0]['hyperparameters'])[];
  return {
    title: 'Hyperparameters in the first epoch',
    head: ['', ...record.subnets.map(({ name }) => name)],
    rows: [
      ...names.map((name) => [name, ...record.subnets.map(({ hyperparameters }) => String(hyperparameters[name]))]),
      ['emission, rao an epoch', ...record.subnets.map(({ emission }) => String(emission))],
      ['neurons at the end', ...record.subnets.map(({ n }) => String(n))],
      ['validators', ...record.subnets.map(({ validators }) => String(validators.length))],
    ],
  };
}
