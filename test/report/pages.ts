/** Pages of other hosts with made-up numbers that are easy to tell. */
import { collusionHtml, sweepHtml, whatIfHtml } from '../../src/report/index.js';
import { ABOUT } from './records.js';

const STEPS = 20;

export function collusionPage(): string {
  const cells = [];
  const lines = [];
  for (const stake of [0.51, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 0.95]) {
    for (let row = 0; row <= STEPS; row++) {
      const cabalSelfWeight = row / STEPS;
      for (let column = 0; column <= STEPS; column++) {
        const honestUtility = column / STEPS;
        const mean = Math.max(0, Math.min(1, stake + honestUtility - 0.5 - 0.3 * cabalSelfWeight * stake));
        cells.push({ stake, honestUtility, cabalSelfWeight, mean, low: mean - 0.01, high: mean + 0.01 });
      }
      const utility = 0.5 + 0.3 * cabalSelfWeight * stake;
      const reached = utility < 0.7;
      lines.push({
        stake,
        cabalSelfWeight,
        honestUtility: reached ? utility : null,
        low: reached ? utility - 0.01 : null,
        high: reached ? utility + 0.01 : null,
      });
    }
  }
  const parameters = { kappa: 0.5, 'bonds penalty': 1, sigma: 0.2, repeats: 3, seed: 7 };
  return collusionHtml({ title: 'Collusion map', cells, lines, parameters, confidence: '95 % of 3 repeats' }, ABOUT);
}

export function whatIfPage(): string {
  const epochs = Array.from({ length: 30 }, (_, epoch) => 6_000_000 + 361 * epoch);
  const neurons = Array.from({ length: 60 }, (_, uid) => {
    const change = (20 * ((uid * 7) % 13) - 120) / (1 + uid / 9);
    return {
      label: `uid ${uid}`,
      baseline: 200 - uid,
      changed: 200 - uid + change,
      differences: epochs.map((_, epoch) => change * (1 - 0.8 ** epoch)),
    };
  });
  return whatIfHtml(
    {
      title: 'What if kappa were 0.6',
      change: 'kappa 0.6',
      neurons,
      epochs,
      epochLabel: 'Block',
      parameters: { netuid: 1 },
    },
    ABOUT,
  );
}

export const sweepPage = (): string =>
  sweepHtml(
    {
      title: 'Copying over the reveal period',
      parameter: { label: 'Reveal period', unit: 'epochs' },
      band: '95 % of 20 repeats',
      parameters: { seed: 7 },
      metrics: [
        {
          label: 'Copier’s dividends',
          unit: 'share of an honest validator’s',
          caption: 'Look at how long a delay makes copying a loss.',
          lines: ['yuma2', 'yuma3', 'liquid'].map((label, at) => ({
            label,
            points: [0, 1, 2, 3, 4].map((value) => {
              const mean = 1 - 0.05 * (at + 1) * value;
              return { value, mean, low: mean - 0.02, high: mean + 0.02 };
            }),
          })),
        },
      ],
    },
    ABOUT,
  );
