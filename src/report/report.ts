/** The report of a simulated run. docs/report.md says what each chart shows. */
import type { RunRecord } from '../simulator/record.js';
import { consensusAgainstWeights } from './adapt/consensus.js';
import { emissionSplit } from './adapt/emission.js';
import { type About, parameterTable, runFacts } from './adapt/facts.js';
import { bondsMatrix, bondsOverTime, weightsMatrix, weightsOverTime } from './adapt/matrices.js';
import { incentives } from './adapt/miners.js';
import { dividendsPer1000, relativeDividends } from './adapt/validators.js';
import { pageHtml } from './html.js';
import type { PageData } from './page-data.js';

/** What the page of a run holds. */
export const reportData = (record: RunRecord, about: About): PageData => ({
  kind: 'Simulation',
  title: record.title === '' ? record.scenario : record.title,
  lead: about.description ?? '',
  charts: [
    weightsOverTime(record),
    consensusAgainstWeights(record),
    incentives(record),
    dividendsPer1000(record),
    relativeDividends(record),
    bondsOverTime(record),
    emissionSplit(record),
    weightsMatrix(record),
    bondsMatrix(record),
  ],
  facts: runFacts(record, about),
  tables: [parameterTable(record)],
});

/**
 * One self-contained HTML file; the same text for the same record.
 * @param record with weights and bonds kept, or the charts of them say that they were not
 */
export const reportHtml = (record: RunRecord, about: About): string => pageHtml(reportData(record, about));
