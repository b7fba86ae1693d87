/** Simulate text: what a run came to, subnet by subnet, within 80 columns. */
import type { NeuronSummary, RunRecord, SubnetRecord, SubnetSummary, TeamSummary } from '../simulator/index.js';
import { alpha, count, grouped, percentOfU16 } from '../text/numbers.js';
import { type Paint, paint } from '../text/paint.js';
import { type Column, table } from '../text/table.js';
import { plain, shortened, wrap } from '../text/wrap.js';
import type { Io } from './io.js';

const SUBNETS = 8;
const VALIDATORS = 12;
const MINERS = 8;
const TEAMS = 8;
const NAME_WIDTH = 22;

const UID: Column = { title: 'uid' };
const NAME: Column = { title: 'name', align: 'left' };

export class SimulateText {
  private readonly colors: Paint;

  constructor(private readonly io: Pick<Io, 'columns' | 'color'>) {
    this.colors = paint(io.color);
  }

  /** @param summaries of the record's subnets, in their order */
  run(record: RunRecord, summaries: readonly SubnetSummary[]): string {
    const { scenario, title, seed, epochs, digest, subnets } = record;
    const head = title === scenario ? scenario : `${scenario}: ${title}`;
    const facts = `${count(subnets.length, 'subnet')}, ${count(epochs, 'epoch')}, seed ${seed}`;
    const shown = summaries.slice(0, SUBNETS).map((summary, at) => this.subnet(subnets[at]!, summary));
    const more = subnets.length - shown.length;
    return [
      this.colors.title(plain(head)),
      ...wrap(facts, this.io.columns).map(this.colors.faint),
      ...shown.flatMap((lines) => ['', ...lines]),
      ...(more > 0 ? ['', `${count(more, 'more subnet')}: --json and --csv give all.`] : []),
      '',
      `Digest ${digest}: the same on every backend and JavaScript engine.`,
      '',
    ].join('\n');
  }

  private subnet({ hyperparameters, emission, epochs }: SubnetRecord, summary: SubnetSummary): string[] {
    const { yuma3, liquidAlpha, kappa, bondsPenalty } = hyperparameters;
    const facts = [
      !yuma3 ? 'Yuma2' : liquidAlpha ? 'Yuma3 with liquid alpha' : 'Yuma3',
      `kappa ${percentOfU16(kappa, 2)}`,
      `bonds penalty ${percentOfU16(bondsPenalty, 2)}`,
      `${alpha(emission)} alpha an epoch`,
      `means of ${count(epochs.length, 'epoch')}`,
    ];
    return [
      this.colors.title(plain(summary.name)),
      ...wrap(facts.join(', '), this.io.columns).map(this.colors.faint),
      ...this.validators(summary.validators),
      ...this.miners(summary.miners),
      ...this.teams(summary.teams),
    ];
  }

  private validators(all: readonly NeuronSummary[]): string[] {
    const shown = top(all, VALIDATORS, ({ dividends }) => dividends);
    return this.part(
      'validators',
      all.length,
      [UID, NAME, { title: 'stake' }, { title: 'alpha' }, { title: 'a 1,000 stake' }, { title: 'trust' }],
      shown.map((one) => [
        ...this.name(one),
        decimals(one.stake, 2),
        decimals(one.dividends),
        decimals(one.dividendsPer1000),
        percent(one.validatorTrust),
      ]),
    );
  }

  private miners(all: readonly NeuronSummary[]): string[] {
    const shown = top(all, MINERS, ({ incentive }) => incentive);
    return this.part(
      'miners',
      all.length,
      [UID, NAME, { title: 'incentive' }, { title: 'alpha' }],
      shown.map((one) => [...this.name(one), percent(one.incentive), decimals(one.mined)]),
    );
  }

  private teams(all: readonly TeamSummary[]): string[] {
    if (all.every(({ team }) => team === undefined)) return [];
    return this.part(
      'teams',
      all.length,
      [
        { title: 'team', align: 'left' },
        { title: 'neurons' },
        { title: 'stake at end' },
        { title: 'of mining' },
        { title: 'of validating' },
        { title: 'emission' },
      ],
      all
        .slice(0, TEAMS)
        .map(({ team, neurons, ...shares }) => [
          team === undefined ? '(none)' : shortened(plain(team), NAME_WIDTH),
          grouped(neurons),
          ...[shares.stake, shares.mined, shares.dividends, shares.emission].map(percent),
        ]),
    );
  }

  private part(what: string, of: number, columns: readonly Column[], rows: readonly string[][]): string[] {
    if (rows.length === 0) return [];
    const title = of > rows.length ? `${rows.length} of ${grouped(of)} ${what}` : what;
    const heading = `  ${title.replace(/^./, (letter) => letter.toUpperCase())}`;
    return ['', heading, ...table(columns, rows, { colors: this.colors })];
  }

  private name({ uid, name }: NeuronSummary): [uid: string, name: string] {
    return [String(uid), shortened(plain(name), NAME_WIDTH)];
  }
}

/** Those with the most, most first; of equals the lowest uid. */
const top = (all: readonly NeuronSummary[], most: number, of: (one: NeuronSummary) => number): NeuronSummary[] =>
  [...all].sort((a, b) => of(b) - of(a) || a.uid - b.uid).slice(0, most);

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

function decimals(value: number, digits = 4): string {
  const [whole, fraction] = value.toFixed(digits).split('.');
  return `${grouped(BigInt(whole!))}.${fraction}`;
}
