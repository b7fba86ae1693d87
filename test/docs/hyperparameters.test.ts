/** docs/hyperparameters.md is made from the table; `npx vitest run test/docs -u` writes it anew. */
import { expect, test } from 'vitest';
import { HYPERPARAMETERS, type Hyperparameter, INTEGER_RANGE } from '../../src/index.js';

const range = ({ type }: Hyperparameter) =>
  type === 'bool'
    ? 'true, false'
    : INTEGER_RANGE[type].map((end) => end.toLocaleString('en').replaceAll(',', ' ')).join(' to ');

test('docs/hyperparameters.md says what the table says', async () => {
  const rows = Object.entries(HYPERPARAMETERS).map(([name, row]) =>
    [`\`${name}\``, row.type, range(row), String(row.default), row.unit, row.spec, row.says].join(' | '),
  );
  const page = [
    '# Hyperparameters',
    '',
    'Made from `src/epoch/hyperparameters.ts`; the names are those of the case format and of the API. A `u64` is a `bigint`',
    "in the API, the smaller integers are numbers. Defaults are the chain's for a new subnet. Sections are those of",
    '[the specification](spec/yuma-epoch.md).',
    '',
    '| name | type | range | default | unit | section | meaning |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/hyperparameters.md');
});
