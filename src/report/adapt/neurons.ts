/** Neurons of a record: their names, who validates, who mines, and their colours, alike in every subnet of a page. */
import type { RunRecord, SubnetRecord } from '../../simulator/record.js';
import { type KeyEntry, TONES, type Tone } from '../page-data.js';

/** The name of a uid, and the uid where the name does not tell it apart. */
export function label(subnet: SubnetRecord, uid: number): string {
  const name = subnet.names[uid] ?? '';
  if (name === '') return `uid ${uid}`;
  return subnet.names.indexOf(name) === subnet.names.lastIndexOf(name) ? name : `${name} (${uid})`;
}

/** Value of a metric at `epochs[at]`. */
export const metric = (subnet: SubnetRecord, name: keyof SubnetRecord['metrics'], at: number, uid: number): number =>
  subnet.metrics[name][at * subnet.n + uid] ?? 0;

/** Sum over the kept epochs. */
export function total(subnet: SubnetRecord, name: keyof SubnetRecord['metrics'], uid: number): number {
  let sum = 0;
  for (let at = 0; at < subnet.epochs.length; at++) sum += metric(subnet, name, at, uid);
  return sum;
}

/** Uids that set weights. */
export const validators = (subnet: SubnetRecord): readonly number[] => subnet.validators;

/** Uids that set no weights, and those validators that ever got incentive. */
export function miners(subnet: SubnetRecord): number[] {
  const validating = new Set(subnet.validators);
  return Array.from({ length: subnet.n }, (_, uid) => uid).filter(
    (uid) => !validating.has(uid) || total(subnet, 'incentive', uid) > 0,
  );
}

/** Colours of the neurons of one chart. */
export interface Tones {
  of(subnet: SubnetRecord, uid: number): Tone;
  /** The label stands at its line. */
  named(subnet: SubnetRecord, uid: number): boolean;
  /** Where colours stand for teams. */
  readonly key?: readonly KeyEntry[];
  readonly note?: string;
}

/**
 * A colour each, while there are enough of them, the same on every chart if it can be; else one a team, where teams are known; else one for each of the
 * largest and grey for the rest.
 * @param weigh what makes a neuron large
 */
export function tonesOf(
  record: RunRecord,
  uids: (subnet: SubnetRecord) => readonly number[],
  weigh: (subnet: SubnetRecord, uid: number) => number,
): Tones {
  const sizes = new Map<number, number>();
  for (const subnet of record.subnets) {
    for (const uid of uids(subnet)) sizes.set(uid, Math.max(sizes.get(uid) ?? 0, weigh(subnet, uid)));
  }
  const all = [...sizes.keys()].sort((a, b) => a - b);
  if (record.subnets.every(({ n }) => n <= TONES)) return { of: (_, uid) => uid, named: () => true };
  if (all.length <= TONES) return { of: (_, uid) => all.indexOf(uid), named: () => true };
  const teams = teamsOf(record, uids);
  if (teams.length > 1 && teams.length <= TONES) {
    return {
      of: (subnet, uid) => teams.indexOf(subnet.teams[uid]),
      named: () => false,
      key: teams.map((team, tone) => ({ label: team ?? 'no team', tone })),
    };
  }
  const ranked = [...all].sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b).slice(0, TONES);
  ranked.sort((a, b) => a - b);
  return {
    of: (_, uid) => ranked.indexOf(uid),
    named: (_, uid) => ranked.includes(uid),
    note: `The ${TONES} largest of ${all.length} are in colour, the others grey.`,
  };
}

function teamsOf(record: RunRecord, uids: (subnet: SubnetRecord) => readonly number[]): (string | undefined)[] {
  const teams = new Set<string | undefined>();
  for (const subnet of record.subnets) for (const uid of uids(subnet)) teams.add(subnet.teams[uid]);
  return [...teams].sort((a, b) => (a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1));
}
