/** What a status of the core means to whoever asked for the epoch. */
import { expect, test } from 'vitest';
import { ODD_COLUMNS_STATUS } from '../../src/backends/wasm/layout.js';
import { EpochRun } from '../../src/engine/epoch-run.js';
import { YumaError } from '../../src/index.js';

const start = () => {
  throw new Error('nothing is started here');
};

test('odd columns are refused by the error that says which', () => {
  const odd = new YumaError('DUPLICATE_COLUMN', { field: 'weights', uid: 1, entry: 2, column: 3 });
  const refuse = () => {
    throw odd;
  };
  expect(new EpochRun(1, true, start, refuse).fault(ODD_COLUMNS_STATUS)).toBe(odd);
});

test.each([
  [3, 'nothing is prepared'],
  [99, 'unknown'],
])('status %i is a fault of the core: %s', (status, reason) => {
  expect(new EpochRun(1, true, start).fault(status)).toMatchObject({ code: 'CORE_FAULT', data: { status, reason } });
});
