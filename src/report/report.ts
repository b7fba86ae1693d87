/** The report of a simulated run. docs/report.md says what each chart shows. */
import type { RunRecord } from '../simulator/record.js';
import { consensusAgainstWeights } from './adapt/consensus.js';
import { emissionSplit } from './adapt/emission.js';
import { type About, parameterTable, runFacts } from './adapt/facts.js';
import { bondsMatrix, bondsOverTime, weightsMatrix, weightsOverTime } from './adapt/matrices.js';
import { incentives } from './adapt/miners.js';
import { dividendsPer1000, relativeDividends } from './adapt/validators.js';
import { pageHtml } from './html.js';
import type { Chart, PageData } from './page-data.js';

/** Panels of so many subnets stand side by side; a page of 128 takes a browser minutes to draw. */
const MOST_SUBNETS = 8;

/** What the page of a run holds. */
export const reportData = (record: RunRecord, about: About): PageData => ({
  kind: 'Simulation',
  title: record.title === '' ? record.scenario : record.title,
  lead: about.description ?? '',
  charts: chartsOf(record),
  facts: runFacts(record, about),
  tables: [parameterTable(record)],
});

function chartsOf(record: RunRecord): Chart[] {
  const of = record.subnets.length;
  const drawn = { ...record, subnets: record.subnets.slice(0, MOST_SUBNETS) };
  const charts = [
    weightsOverTime(drawn),
    consensusAgainstWeights(drawn),
    incentives(drawn),
    dividendsPer1000(drawn),
    relativeDividends(drawn),
    bondsOverTime(drawn),
    emissionSplit(drawn),
    weightsMatrix(drawn),
    bondsMatrix(drawn),
  ];
  if (of <= MOST_SUBNETS) return charts;
  const left = `The first ${MOST_SUBNETS} of ${of} subnets are drawn.`;
  return charts.map((chart) => ({ ...chart, note: chart.note === undefined ? left : `${chart.note} ${left}` }));
}

/**
 * One self-contained HTML file; the same text for the same record.
 * @param record with weights and bonds kept, or the charts of them say that they were not
 */
export const reportHtml = (record: RunRecord, about: About): string => pageHtml(reportData(record, about));
