/** The page of a collusion map: what honest validators keep against a cabal. */
import { type About, aboutFacts } from './adapt/facts.js';
import { rounded } from './adapt/lines.js';
import { notes } from './adapt/thin.js';
import { pageHtml } from './html.js';
import type { HeatPanel, PageData, SeriesPanel } from './page-data.js';

/** One point of the map. All numbers are shares, 0 to 1. */
export interface CollusionCell {
  /** Honest stake S_H. */
  readonly stake: number;
  /** What honest validators give honest miners, W_H. */
  readonly honestUtility: number;
  /** What cabal validators give cabal miners, W_C. */
  readonly cabalSelfWeight: number;
  /** Honest emission E_H: mean of the repeats, and bounds of its confidence band. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A point of a retention line: the utility from which the honest keep their share, S_H = E_H. */
export interface RetentionPoint {
  readonly stake: number;
  readonly cabalSelfWeight: number;
  /** `null` = it is not reached; so are the bounds. */
  readonly honestUtility: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface CollusionMap {
  readonly title: string;
  readonly cells: readonly CollusionCell[];
  readonly lines: readonly RetentionPoint[];
  /** Names and values of all that was set: kappa, bonds penalty, sigma, repeats, seed, ... */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** What the band holds: `95 % of ...`. */
  readonly confidence: string;
}

export function collusionData(map: CollusionMap, about: About): PageData {
  const stakes = rising(map.cells.map(({ stake }) => stake));
  const lineStakes = rising(map.lines.map(({ stake }) => stake));
  const none = { empty: 'The map has no cells.' };
  return {
    kind: 'Collusion map',
    title: map.title,
    lead: about.description ?? '',
    charts: [
      {
        kind: 'heat',
        id: 'collusion-map',
        title: 'Honest emission, by honest utility and cabal self-weight',
        caption:
          'Colour tells whether honest validators and miners get more or less of the emission than their share of the ' +
          'stake. On the line they keep just what they have, S_H = E_H; to the right of it they gain.',
        x: { label: 'Honest utility W_H', unit: 'share' },
        y: { label: 'Cabal self-weight W_C', unit: 'share' },
        value: { label: 'Honest emission E_H', unit: 'share' },
        difference: 'E_H − S_H',
        line: 'retention line, S_H = E_H',
        panels: stakes.map((stake) => heatPanel(map, stake)),
        ...(stakes.length === 0 && none),
        ...notes(`Bounds are ${map.confidence}.`),
      },
      {
        kind: 'lines',
        id: 'retention',
        title: 'Retention lines: the honest utility that keeps S_H = E_H',
        caption:
          'The lower a line, the less the honest have to agree to keep their share, whatever the cabal gives itself. ' +
          'Where a line ends, no honest utility is enough.',
        x: { label: 'Cabal self-weight W_C', unit: 'share', most: 1 },
        y: { label: 'Honest utility W_H', unit: 'share' },
        ordered: lineStakes.length,
        panels: lineStakes.length === 0 ? [] : [retention(map, lineStakes)],
        ...(lineStakes.length === 0 && { empty: 'The map has no retention lines.' }),
        ...notes(`Bands are ${map.confidence}.`),
      },
    ],
    facts: [
      ...Object.entries(map.parameters).map(([name, value]) => [name, String(value)] as const),
      ...aboutFacts(about),
    ],
    tables: [],
  };
}

/** One self-contained HTML file; the same text for the same map. */
export const collusionHtml = (map: CollusionMap, about: About): string => pageHtml(collusionData(map, about));

const rising = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

function heatPanel(map: CollusionMap, stake: number): HeatPanel {
  const cells = map.cells.filter((cell) => cell.stake === stake);
  const columns = rising(cells.map(({ honestUtility }) => honestUtility));
  const rows = rising(cells.map(({ cabalSelfWeight }) => cabalSelfWeight));
  const at = new Map(cells.map((cell) => [`${cell.honestUtility}/${cell.cabalSelfWeight}`, cell]));
  const all = rows.flatMap((row) => columns.map((column) => at.get(`${column}/${row}`)));
  const values = (of: 'mean' | 'low' | 'high') => all.map((cell) => (cell === undefined ? null : short(cell[of])));
  return {
    name: `S_H = ${stake}`,
    columns,
    rows,
    frames: [values('mean')],
    low: values('low'),
    high: values('high'),
    pivot: stake,
    line: map.lines.flatMap((point) =>
      point.stake === stake && point.honestUtility !== null
        ? [[short(point.honestUtility), point.cabalSelfWeight] as const]
        : [],
    ),
  };
}

function retention(map: CollusionMap, stakes: readonly number[]): SeriesPanel {
  const x = rising(map.lines.map(({ cabalSelfWeight }) => cabalSelfWeight));
  return {
    name: '',
    x,
    series: stakes.map((stake, tone) => {
      const points = new Map(
        map.lines.filter((point) => point.stake === stake).map((point) => [point.cabalSelfWeight, point]),
      );
      const values = (of: 'honestUtility' | 'low' | 'high') =>
        x.map((at) => {
          const value = points.get(at)?.[of] ?? null;
          return value === null ? null : short(value);
        });
      return {
        label: `S_H ${stake}`,
        tone,
        named: true,
        values: values('honestUtility'),
        low: values('low'),
        high: values('high'),
      };
    }),
  };
}

/** Six significant digits: a share of a Monte Carlo mean has no more to say. */
const short = (value: number): number => Number(rounded(value).toPrecision(6));
