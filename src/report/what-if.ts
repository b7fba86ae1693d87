/** The page of a what-if: who gains and who loses by one change, in alpha a day. */
import { type About, aboutFacts } from './adapt/facts.js';
import { rounded } from './adapt/lines.js';
import { evenly, largest, MOST_EPOCHS, MOST_SERIES, notes } from './adapt/thin.js';
import { pageHtml } from './html.js';
import { type Axis, type LinesChart, type PageData, TONES } from './page-data.js';

/** One neuron, as it was and as it would be. */
export interface WhatIfNeuron {
  readonly label: string;
  /** Alpha a day, mean over the replayed epochs. */
  readonly baseline: number;
  readonly changed: number;
  /** Changed less baseline, alpha a day, one for each of `epochs`; none = the chart over time leaves it out. */
  readonly differences?: readonly number[];
}

export interface WhatIf {
  readonly title: string;
  /** What was changed, as it follows `What if`: `kappa were 0.6`. */
  readonly change: string;
  readonly neurons: readonly WhatIfNeuron[];
  /** Epochs that were replayed, rising: indices, or blocks. */
  readonly epochs: readonly number[];
  /** What `epochs` counts; default `Epoch`. */
  readonly epochLabel?: string;
  /** Names and values of all that makes it again: files, netuid, ... */
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** Most bars; a table of the chart holds these, the full report is the command's JSON. */
export const MOST_BARS = 40;

const ALPHA: Axis = { label: 'Change', unit: 'alpha a day' };

export function whatIfData(given: WhatIf, about: About): PageData {
  const size = ({ baseline, changed }: WhatIfNeuron): number => Math.abs(changed - baseline);
  const moved = given.neurons.filter((neuron) => size(neuron) > 0);
  const bars = largest(moved, size, MOST_BARS).sort((a, b) => b.changed - b.baseline - (a.changed - a.baseline));
  const gained = moved.filter(({ baseline, changed }) => changed > baseline).length;
  return {
    kind: 'What if',
    title: given.title,
    lead: about.description ?? `What if ${given.change}?`,
    charts: [
      {
        kind: 'bars',
        id: 'what-if',
        title: 'Who gains and who loses',
        caption:
          `${gained} of ${given.neurons.length} neurons would have got more, ${moved.length - gained} less. ` +
          'A bar to the right is a gain; what each got is in the table.',
        value: ALPHA,
        y: { label: 'Neuron', unit: '' },
        panels: [{ name: '', bars: bars.map(({ label, baseline, changed }) => ({ label, baseline, changed })) }],
        ...(bars.length === 0 && { empty: 'Nobody would have got more or less.' }),
        ...notes(
          moved.length > MOST_BARS && `${MOST_BARS} of ${moved.length} neurons are drawn, those that change most.`,
        ),
      },
      overTime(given, size),
    ],
    facts: [
      ['Change', given.change],
      ...Object.entries(given.parameters).map(([name, value]) => [name, String(value)] as const),
      ...aboutFacts(about),
    ],
    tables: [],
  };
}

/** One self-contained HTML file; the same text for the same numbers. */
export const whatIfHtml = (given: WhatIf, about: About): string => pageHtml(whatIfData(given, about));

function overTime(given: WhatIf, size: (neuron: WhatIfNeuron) => number): LinesChart {
  const known = given.neurons.filter((neuron) => neuron.differences !== undefined && size(neuron) > 0);
  const shown = largest(known, size, MOST_SERIES);
  const ranked = largest(shown, size, TONES);
  const kept = evenly(given.epochs.length, MOST_EPOCHS);
  return {
    kind: 'lines',
    id: 'what-if-over-time',
    title: 'The change over time',
    caption: 'Look at whether a gain lasts, or is spent as soon as bonds have settled.',
    x: { label: given.epochLabel ?? 'Epoch', unit: '' },
    y: ALPHA,
    level: { value: 0, label: 'as it was' },
    panels: [
      {
        name: '',
        x: kept.map((at) => given.epochs[at]!),
        series: shown.map((neuron) => ({
          label: neuron.label,
          tone: ranked.indexOf(neuron),
          named: ranked.includes(neuron),
          values: kept.map((at) => rounded(neuron.differences![at]!)),
        })),
      },
    ],
    ...(shown.length === 0 && { empty: 'Nobody would have got more or less in any epoch.' }),
    ...notes(
      known.length > TONES && `The ${TONES} neurons that change most are in colour, others grey.`,
      known.length > shown.length && `${shown.length} of ${known.length} neurons are drawn.`,
      given.epochs.length > MOST_EPOCHS && `${MOST_EPOCHS} of ${given.epochs.length} epochs are drawn, evenly apart.`,
    ),
  };
}
