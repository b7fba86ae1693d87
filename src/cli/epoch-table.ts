/** Epoch table: one epoch for people, within 80 columns, and the summary after the last. */

import { type EpochMeta, hotkeyOf } from '../epoch/input.js';
import type { EpochOutput } from '../epoch/output.js';
import { type EpochSummary, type PaidBy, summarizeEpoch, type ValidatorLine } from '../explain/index.js';
import type { EpochCase } from '../formats/index.js';
import { alpha, count, grouped, percentOfU16 } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { type Column, table } from '../text/table.js';
import { plain, shortened, wrap } from '../text/wrap.js';
import type { Io } from './io.js';

const MINERS = 10;
const VALIDATORS = 16;
/** Hotkeys are shown from this width on. */
const WIDE = 100;

const UID: Column = { title: 'uid' };
const HOTKEY: Column = { title: 'hotkey', align: 'left' };
const NOTE: Column = { title: '', align: 'left' };

/** In place of the miners. */
const NOBODY_EARNS: { readonly [P in PaidBy]: string } = {
  scores: 'No miner earns anything.',
  'active stake': 'No usable weights: no miner earns anything, and validators are paid by their active stake.',
  stake: 'No usable weights and no active stake: no miner earns anything, and whoever has stake is paid by it.',
  nothing: 'No stake that counts: nothing is paid.',
};

export class EpochTable {
  private readonly colors: Paint;
  private epochs = 0;
  private neurons = 0;
  private mined = 0n;
  private validated = 0n;

  constructor(private readonly io: Pick<Io, 'columns' | 'color'>) {
    this.colors = paint(io.color);
  }

  epoch({ name, input }: EpochCase, output: EpochOutput): string {
    const summary = summarizeEpoch(input, output);
    const first = this.epochs === 0;
    this.epochs += 1;
    this.neurons += input.n;
    this.mined += summary.mined;
    this.validated += summary.validated;
    const { yuma3, liquidAlpha } = input.hyperparameters;
    const facts = [
      count(input.n, 'neuron'),
      `block ${grouped(input.currentBlock)}`,
      !yuma3 ? 'Yuma2' : liquidAlpha ? 'Yuma3 with liquid alpha' : 'Yuma3',
      `${alpha(input.emission)} alpha to hand out`,
    ];
    const meta = this.io.columns >= WIDE ? input.meta : undefined;
    const lines = [
      ...(first ? [] : ['']),
      this.colors.title(plain(name)),
      ...wrap(facts.join(', '), this.io.columns).map(this.colors.faint),
      '',
      ...this.miners(summary, meta),
      '',
      ...this.validators(summary, meta),
      '',
      ...this.account(summary),
    ];
    return lines.map((line) => `${line}\n`).join('');
  }

  summary(backend: string): string {
    const total = this.mined + this.validated;
    const text =
      `${count(this.epochs, 'epoch')}, ${count(this.neurons, 'neuron')}: ${alpha(total)} alpha, ` +
      `${alpha(this.mined)} for mining and ${alpha(this.validated)} for validating. Computed by ${backend}.`;
    return `\n${wrap(text, this.io.columns).map(this.colors.title).join('\n')}\n`;
  }

  private miners({ miners, mined, paidBy }: EpochSummary, meta: EpochMeta | undefined): string[] {
    if (miners.length === 0) return wrap(NOBODY_EARNS[paidBy], this.io.columns, 2).map(this.colors.warn);
    const shown = miners.slice(0, MINERS);
    const rest = shown.reduce((left, { emission }) => left - emission, mined);
    const rows = shown.map(({ uid, incentive, consensus, emission }) => [
      String(uid),
      shownHotkey(meta, uid),
      percentOfU16(incentive),
      percentOfU16(consensus),
      alpha(emission),
    ]);
    return [
      `  ${this.colors.title('Miners')} (${count(miners.length, 'earns', 'earn')})`,
      ...table([UID, HOTKEY, { title: 'incentive' }, { title: 'consensus' }, { title: 'alpha' }], rows, {
        colors: this.colors,
      }),
      ...(miners.length > MINERS ? [`  ${count(miners.length - MINERS, 'more miner')}: ${alpha(rest)} alpha`] : []),
    ];
  }

  private validators(
    { validators, validated, masks, permitsLost }: EpochSummary,
    meta: EpochMeta | undefined,
  ): string[] {
    if (validators.length === 0) return [this.colors.warn('  No neuron has a validator permit.')];
    const lost = new Set(permitsLost);
    const shown = validators.slice(0, VALIDATORS);
    const rest = shown.reduce((left, { emission }) => left - emission, validated);
    const rows = shown.map((line) => [
      String(line.uid),
      shownHotkey(meta, line.uid),
      percentOfU16(line.stake),
      percentOfU16(line.trust),
      percentOfU16(line.dividends),
      alpha(line.emission),
      this.notes(line, lost),
    ]);
    return [
      `  ${this.colors.title('Validators')} (${count(masks.permits, 'permit')}, ${grouped(masks.voters)} with weights)`,
      ...table(
        [UID, HOTKEY, { title: 'stake' }, { title: 'trust' }, { title: 'dividends' }, { title: 'alpha' }, NOTE],
        rows,
        { colors: this.colors, width: this.io.columns },
      ),
      ...(validators.length > VALIDATORS
        ? [`  ${count(validators.length - VALIDATORS, 'more validator')}: ${alpha(rest)} alpha`]
        : []),
    ];
  }

  private notes(line: ValidatorLine, lost: ReadonlySet<number>): string {
    const notes = [
      line.isOwner ? 'owner' : '',
      line.permit ? '' : this.colors.warn('no permit'),
      line.active ? '' : this.colors.bad('inactive'),
      line.staked ? '' : this.colors.bad('low stake'),
      line.setsWeights ? '' : this.colors.warn('no weights'),
      lost.has(line.uid) ? this.colors.warn('loses permit') : '',
    ];
    return notes.filter((note) => note !== '').join(', ');
  }

  /** What was left out, the permits that change hands, and what was paid. */
  private account({ masks, permitsGained, permitsLost, mined, validated }: EpochSummary): string[] {
    const { weights } = masks;
    const out = [
      [masks.inactive, 'inactive validator'],
      [masks.belowThreshold, 'validator below the stake threshold', 'validators below the stake threshold'],
      [masks.rowsWithoutPermit, 'row of weights without permit', 'rows of weights without permit'],
      [weights.diagonal, 'weight on itself', 'weights on themselves'],
      [weights.outdated, 'weight older than its neuron', 'weights older than their neurons'],
      [weights.commit, 'weight under an open commit', 'weights under an open commit'],
      [masks.bonds, 'bond in a new neuron', 'bonds in new neurons'],
    ] as const;
    const masked = out.filter(([found]) => found > 0).map(([found, one, many]) => count(found, one, many));
    const permits = [
      permitsGained.length > 0 ? `gained by ${someUids(permitsGained)}` : '',
      permitsLost.length > 0 ? `lost by ${someUids(permitsLost)}` : '',
    ].filter((part) => part !== '');
    return [
      this.fact('Left out', masked.length === 0 ? 'nothing' : masked.join(', ')),
      ...(permits.length === 0 ? [] : this.fact('Permits', permits.join(', ')).split('\n')),
      this.fact('Paid', `${alpha(mined)} alpha for mining, ${alpha(validated)} for validating`),
    ];
  }

  private fact(name: string, text: string): string {
    const [first, ...rest] = wrap(text, this.io.columns, 12);
    return [`  ${this.colors.title(name)}${first!.slice(2 + name.length)}`, ...rest].join('\n');
  }
}

const shownHotkey = (meta: EpochMeta | undefined, uid: number): string =>
  shortened(plain(hotkeyOf(meta, uid) ?? ''), 16);

function someUids(uids: readonly number[], most = 8): string {
  const rest = uids.length > most ? ` and ${uids.length - most} more` : '';
  return `uid ${uids.slice(0, most).join(', ')}${rest}`;
}
