/** Changes as they are typed: `25`, `25:mean`, `25:3`, `25=1000`, `25=3:65535,4:20000`. */
import { InvalidArgumentError } from 'commander';
import { HYPERPARAMETERS, type HyperparameterName } from '../index.js';
import type { Change } from '../replay/index.js';
import { parseSettings, wholeOf } from '../simulator/index.js';
import { alpha, count } from '../text/numbers.js';

export interface TypedChange {
  readonly change: Change;
  /** Goes on after "what if ". */
  readonly says: string;
}

/** `kappa=0.6` */
export function setChange(text: string): TypedChange {
  const hyperparameters = parseSettings([text]);
  const [[name, value]] = Object.entries(hyperparameters) as [[HyperparameterName, number | bigint | boolean]];
  const whole = wholeOf(name);
  const stored = whole === undefined ? String(value) : `${value}/${whole}`;
  const typed = text.slice(text.indexOf('=') + 1);
  const says = `${name} were ${typed}${stored === typed ? '' : ` (${stored})`}`;
  return { change: { kind: 'set', hyperparameters }, says };
}

/** `25`, `25:consensus`, `25:mean` or `25:7` */
export function copyChange(text: string): TypedChange {
  const [, uid, of = 'consensus'] = /^([0-9]{1,5})(?::(consensus|mean|[0-9]{1,5}))?$/.exec(text) ?? [];
  if (uid === undefined) throw new InvalidArgumentError('It must be a uid, and :consensus, :mean or :UID behind it.');
  const source = of === 'consensus' || of === 'mean' ? of : Number(of);
  const what = { consensus: 'the consensus', mean: 'the mean of the others' }[of] ?? `uid ${of}`;
  return { change: { kind: 'copy', uid: Number(uid), of: source }, says: `uid ${uid} copied ${what}` };
}

/** `25` or `25:3` */
export function lateChange(text: string): TypedChange {
  const [, uid, late = '1'] = /^([0-9]{1,5})(?::([0-9]{1,6}))?$/.exec(text) ?? [];
  if (uid === undefined) throw new InvalidArgumentError('It must be a uid, and :EPOCHS behind it if not 1.');
  const epochs = Number(late);
  const says = `the weights of uid ${uid} were ${epochs === 0 ? 'not' : count(epochs, 'epoch')} late`;
  return { change: { kind: 'late', uid: Number(uid), epochs }, says };
}

const RAO_DIGITS = 9;

/** `25=1000.5`, alpha */
export function stakeChange(text: string): TypedChange {
  const [, uid, whole, decimals = ''] = /^([0-9]{1,5})=([0-9]{1,10})(?:\.([0-9]{1,9}))?$/.exec(text) ?? [];
  if (uid === undefined) {
    throw new InvalidArgumentError(`It must be UID=ALPHA, with at most ${RAO_DIGITS} decimals.`);
  }
  const stake = BigInt(whole! + decimals.padEnd(RAO_DIGITS, '0'));
  return {
    change: { kind: 'stake', uid: Number(uid), stake },
    says: `uid ${uid} had a stake of ${alpha(stake)} alpha`,
  };
}

/** `25=3:65535,4:20000`; `25=` is an empty row */
export function weightsChange(text: string): TypedChange {
  const [, uid, pairs] = /^([0-9]{1,5})=((?:[0-9]{1,5}:[0-9]{1,5}(?:,(?=[0-9])|$))*)$/.exec(text) ?? [];
  if (uid === undefined)
    throw new InvalidArgumentError('It must be UID=UID:VALUE,UID:VALUE and so on, values to 65535.');
  const row = pairs === '' ? [] : pairs!.split(',').map((pair) => pair.split(':').map(Number) as [number, number]);
  const says = row.length === 0 ? `uid ${uid} submitted no weights` : `uid ${uid} submitted the weights ${pairs}`;
  return { change: { kind: 'weights', uid: Number(uid), row }, says };
}

/** Names that `setChange` takes and a replay can change. */
export const SETTING_NAMES = Object.keys(HYPERPARAMETERS).filter((name) => name !== 'tempo');
