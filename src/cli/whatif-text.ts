/** What-if text: who would have earned what, in alpha a day, the largest differences first; within 80 columns. */
import { type Amounts, BLOCKS_A_DAY, type NeuronDifference, type WhatIf } from '../replay/index.js';
import { alpha, count, grouped } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { type Column, table } from '../text/table.js';
import { plain, shortened, wrap } from '../text/wrap.js';
import type { Io } from './io.js';

const NEURONS = 20;
/** Hotkeys are shown from this width on. */
const WIDE = 100;

const COLUMNS: readonly Column[] = [
  { title: 'uid' },
  { title: 'hotkey', align: 'left' },
  { title: 'as filed' },
  { title: 'what if' },
  { title: 'difference' },
  { title: 'mining' },
  { title: 'validating' },
];

export interface WhatIfTextOptions extends Pick<Io, 'columns' | 'color'> {
  /** The changes, each as it goes on after "what if ". */
  readonly says: readonly string[];
  readonly backend: string;
}

type Sums = Pick<NeuronDifference, 'baseline' | 'changed' | 'difference'>;

export function whatIfText(whatIf: WhatIf, { columns, color, says, backend }: WhatIfTextOptions): string {
  const colors = paint(color);
  const { neurons, total, blocks } = whatIf;
  const differing = neurons.filter(({ firstDifference }) => firstDifference !== null);
  const shown = differing.slice(0, NEURONS);
  const hotkeys = columns >= WIDE ? whatIf.meta?.hotkeys : undefined;
  const perDay = (rao: bigint): string => alpha(rao * BLOCKS_A_DAY, 4, blocks);
  const cells = ({ baseline, changed, difference }: Sums): string[] => [
    perDay(both(baseline)),
    perDay(both(changed)),
    signed(difference, perDay, colors),
    signed(changed.miner - baseline.miner, perDay, colors),
    signed(changed.validator - baseline.validator, perDay, colors),
  ];
  const rows = shown.map((neuron) => [
    String(neuron.uid),
    shortened(plain(hotkeys?.[neuron.uid] ?? ''), 16),
    ...cells(neuron),
  ]);
  const others = neurons.length - shown.length;
  if (others > 0 && shown.length > 0) rows.push(['others', '', ...cells(less(total, shown))]);
  rows.push(['all', '', ...cells(total)]);
  const lines = [
    ...wrap(plain(`What if ${says.join(' and ')}?`), columns).map(colors.title),
    ...wrap(facts(whatIf, backend), columns).map(colors.faint),
    '',
    `  ${colors.title('Alpha a day')} (${differs(differing.length, neurons.length)})`,
    ...table(COLUMNS, rows, { colors }),
    '',
    ...notes(whatIf).flatMap((note) => wrap(note, columns, 2)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function facts({ epochs, neurons }: WhatIf, backend: string): string {
  const [first, last] = [epochs[0]!, epochs.at(-1)!];
  const blocks =
    epochs.length === 1 ? `block ${grouped(first.block)}` : `blocks ${grouped(first.block)} to ${grouped(last.block)}`;
  return `${count(epochs.length, 'epoch')}, ${blocks}, ${count(neurons.length, 'neuron')}. Computed by ${backend}.`;
}

const differs = (differing: number, all: number): string =>
  differing === 0
    ? 'no neuron differs'
    : `${grouped(differing)} of ${count(all, 'neuron')} ${differing === 1 ? 'differs' : 'differ'}`;

function notes({ epochs, total, editedBonds, otherPermits }: WhatIf): string[] {
  const place = (epoch: number): string => `${plain(epochs[epoch]!.name)}, block ${grouped(epochs[epoch]!.block)}`;
  const found: string[] = [];
  if (total.firstDifference === null) found.push('Every neuron is paid the same in every epoch.');
  else found.push(`First difference: ${place(total.firstDifference)}.`);
  if (otherPermits.first !== null) {
    const permits = count(otherPermits.permits, 'permit');
    found.push(`The change gave or took ${permits}, counted by epoch; the first in ${place(otherPermits.first)}.`);
  }
  if (editedBonds.first !== null) {
    const rows = `${count(editedBonds.rows, 'row')} of bonds in the files`;
    found.push(
      `${rows} differ from what the epoch before gave, the first in ${place(editedBonds.first)}. ` +
        'The changed run follows the files there; --chain-bonds has both runs carry on their own.',
    );
  }
  return found;
}

function signed(rao: bigint, perDay: (rao: bigint) => string, colors: Paint): string {
  const text = perDay(rao);
  if (!/[1-9]/.test(text)) return text;
  return rao < 0n ? colors.bad(text) : colors.good(`+${text}`);
}

/** The rest of a sum. */
function less(total: Sums, parts: readonly Sums[]): Sums {
  const rest = (of: (sums: Sums) => bigint): bigint => parts.reduce((left, part) => left - of(part), of(total));
  return {
    baseline: { miner: rest(({ baseline }) => baseline.miner), validator: rest(({ baseline }) => baseline.validator) },
    changed: { miner: rest(({ changed }) => changed.miner), validator: rest(({ changed }) => changed.validator) },
    difference: rest(({ difference }) => difference),
  };
}

const both = ({ miner, validator }: Amounts): bigint => miner + validator;
