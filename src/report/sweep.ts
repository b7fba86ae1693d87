/** The page of a sweep: what a metric does over a parameter. */
import { type About, aboutFacts } from './adapt/facts.js';
import { rounded } from './adapt/lines.js';
import { notes } from './adapt/thin.js';
import { pageHtml } from './html.js';
import { type LinesChart, type PageData, TONES } from './page-data.js';

/** A metric at one value of the parameter. */
export interface SweepPoint {
  readonly value: number;
  /** Mean over the repeats, and bounds of the band where there were some. */
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

export interface SweepMetric {
  readonly label: string;
  readonly unit: string;
  /** What to look at. */
  readonly caption: string;
  /** A line each: neurons, teams, or the values of a second parameter. */
  readonly lines: readonly { readonly label: string; readonly points: readonly SweepPoint[] }[];
}

export interface SweepResult {
  readonly title: string;
  readonly parameter: { readonly label: string; readonly unit: string };
  readonly metrics: readonly SweepMetric[];
  /** What a band holds, where there is one. */
  readonly band?: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

export const sweepData = (sweep: SweepResult, about: About): PageData => ({
  kind: 'Sweep',
  title: sweep.title,
  lead: about.description ?? '',
  charts: sweep.metrics.map((metric, at) => chartOf(sweep, metric, at)),
  facts: [
    ...Object.entries(sweep.parameters).map(([name, value]) => [name, String(value)] as const),
    ...aboutFacts(about),
  ],
  tables: [],
});

/** One self-contained HTML file; the same text for the same numbers. */
export const sweepHtml = (sweep: SweepResult, about: About): string => pageHtml(sweepData(sweep, about));

function chartOf(sweep: SweepResult, metric: SweepMetric, at: number): LinesChart {
  const x = [...new Set(metric.lines.flatMap(({ points }) => points.map(({ value }) => value)))].sort((a, b) => a - b);
  return {
    kind: 'lines',
    id: `sweep-${at + 1}`,
    title: `${metric.label} over ${sweep.parameter.label}`,
    caption: metric.caption,
    x: sweep.parameter,
    y: { label: metric.label, unit: metric.unit },
    panels:
      x.length === 0
        ? []
        : [
            {
              name: '',
              x,
              series: metric.lines.map(({ label, points }, line) => {
                const byValue = new Map(points.map((point) => [point.value, point]));
                const values = (of: 'mean' | 'low' | 'high') =>
                  x.map((value) => {
                    const number = byValue.get(value)?.[of];
                    return number === undefined ? null : rounded(number);
                  });
                const tone = line < TONES ? line : -1;
                return {
                  label,
                  tone,
                  named: tone >= 0,
                  values: values('mean'),
                  low: values('low'),
                  high: values('high'),
                };
              }),
            },
          ],
    ...(x.length === 0 && { empty: 'No point is finished.' }),
    ...notes(
      sweep.band && `Bands are ${sweep.band}.`,
      metric.lines.length > TONES && `The first ${TONES} lines are in colour, the others grey.`,
    ),
  };
}
