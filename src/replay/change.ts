/**
 * Changes: what differs between the two runs of a replay. Each holds in every epoch of the series.
 * Rows   a row that is not filed but made (copied, averaged, given) is scaled as the chain scales what is submitted, and
 *        submitted anew in every epoch: its last update is the block after the previous epoch, or the filed one if later
 */
import { type EpochInput, type Hyperparameters, hyperparameters, YumaError } from '../index.js';

/** What a copier submits: the consensus of the previous epoch, a mean of the others' weights in it, or the row of a uid. */
export type CopySource = 'consensus' | 'mean' | number;

export type Change =
  /** Other hyperparameters; those not named stay as filed, epoch by epoch. */
  | { readonly kind: 'set'; readonly hyperparameters: Partial<Hyperparameters> }
  /**
   * The neuron submits what it saw in the previous epoch instead of weights of its own; in the first epoch its row is as
   * filed.
   */
  | { readonly kind: 'copy'; readonly uid: number; readonly of: CopySource }
  /**
   * The row is the one filed so many epochs earlier, or as early as the series and the neuron's own registration reach.
   * Its last update stays as filed.
   */
  | { readonly kind: 'late'; readonly uid: number; readonly epochs: number }
  /** The stake weight, in rao: 0 to 2^63 - 1. */
  | { readonly kind: 'stake'; readonly uid: number; readonly stake: bigint }
  /** This row of weights, u16 each. */
  | {
      readonly kind: 'weights';
      readonly uid: number;
      readonly row: readonly (readonly [uid: number, value: number])[];
    };

const KINDS: readonly string[] = ['set', 'copy', 'late', 'stake', 'weights'] satisfies Change['kind'][];

const LARGEST_STAKE = 2n ** 63n - 1n;

/**
 * Checks changes against the first epoch of a series, before anything runs. Values of hyperparameters are for the engine
 * to check.
 * @throws YumaError WRONG_TYPE, UNKNOWN_FIELD, NO_SUCH_UID, OUT_OF_RANGE, COLUMN_OUT_OF_RANGE, DUPLICATE_COLUMN; BAD_USAGE
 *         where two changes are of one thing, a neuron copies itself, or `tempo` is set
 */
export function checkChanges(changes: readonly Change[], { n }: Pick<EpochInput, 'n'>): void {
  if (!Array.isArray(changes)) throw wrongType('changes', 'an array of changes', changes);
  const changed = new Set<string>();
  for (const change of changes) {
    if (!KINDS.includes(change?.kind)) throw wrongType('kind', `one of ${KINDS.join(', ')}`, change?.kind);
    const subject = subjectOf(change);
    if (subject !== undefined && changed.has(subject)) throw usage(`${subject} is changed twice; change it once`);
    if (subject !== undefined) changed.add(subject);
    if (change.kind === 'set') checkSet(change.hyperparameters);
    else checkNeuron(change, n);
  }
}

/** Two changes of one subject would overwrite each other. */
function subjectOf(change: Change): string | undefined {
  if (change.kind === 'set') return undefined;
  return `the ${change.kind === 'stake' ? 'stake' : 'row of weights'} of uid ${change.uid}`;
}

function checkSet(changes: Partial<Hyperparameters>): void {
  hyperparameters(changes);
  if (changes.tempo === undefined) return;
  throw usage('tempo cannot be changed in a replay, where the epochs stay in the blocks they ran in');
}

function checkNeuron(change: Exclude<Change, { kind: 'set' }>, n: number): void {
  const { uid } = change;
  checkUid(uid, n);
  if (change.kind === 'copy') checkSource(uid, change.of, n);
  if (change.kind === 'late') within('late', uid, change.epochs, Number.MAX_SAFE_INTEGER);
  if (change.kind === 'stake') within('stake', uid, change.stake, LARGEST_STAKE);
  if (change.kind === 'weights') checkGivenRow(uid, change.row, n);
}

function checkSource(uid: number, of: CopySource, n: number): void {
  if (of === 'consensus' || of === 'mean') return;
  if (typeof of !== 'number') throw wrongType('of', 'consensus, mean or a uid', of);
  checkUid(of, n);
  if (of === uid) throw usage(`uid ${uid} cannot copy itself; its own row an epoch late is the change "late"`);
}

function checkGivenRow(uid: number, row: readonly (readonly [number, number])[], n: number): void {
  if (!Array.isArray(row) || !row.every(Array.isArray)) throw wrongType('row', 'pairs [uid, value]', row);
  const seen = new Set<number>();
  for (const [entry, [column, value]] of row.entries()) {
    const place = { field: 'weights', uid, entry };
    if (!Number.isInteger(column) || column < 0 || column >= n) {
      throw new YumaError('COLUMN_OUT_OF_RANGE', { ...place, column, n });
    }
    if (seen.has(column)) throw new YumaError('DUPLICATE_COLUMN', { ...place, column });
    seen.add(column);
    within('weights', uid, value, 65_535);
  }
}

function checkUid(uid: number, n: number): void {
  if (!Number.isInteger(uid) || uid < 0 || uid >= n) throw new YumaError('NO_SUCH_UID', { wanted: String(uid), n });
}

/** An integer from 0 to `largest`, of its type. */
function within(field: string, uid: number, value: number | bigint, largest: number | bigint): void {
  const whole = typeof value === 'bigint' || Number.isInteger(value);
  if (typeof value !== typeof largest || !whole) {
    throw wrongType(field, typeof largest === 'bigint' ? 'a bigint' : 'an integer', value, uid);
  }
  if (value >= 0 && value <= largest) return;
  const range = { least: '0', largest: String(largest) };
  throw new YumaError('OUT_OF_RANGE', { field, uid, value: String(value), ...range });
}

const wrongType = (field: string, expected: string, got: unknown, uid?: number): YumaError =>
  new YumaError('WRONG_TYPE', { field, uid, expected, got: `${typeof got} ${String(got)}` });

const usage = (reason: string): YumaError => new YumaError('BAD_USAGE', { reason: `${reason}.` });
