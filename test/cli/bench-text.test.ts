/** Lines of `yuma bench` that no small run on this machine brings about. */
import { expect, test } from 'vitest';
import type { NetworkResult, NetworkRow } from '../../src/bench/network.js';
import { BenchText } from '../../src/cli/bench-text.js';

const text = new BenchText({ columns: 80, color: false });

const ROW: NetworkRow = {
  backend: 'wasm',
  mode: 'yuma3',
  threads: 2,
  subnets: 128,
  measuredSubnets: 128,
  epochs: 5,
  medianMs: 1_234.5,
  leastMs: 1_200,
  largestMs: 1_300,
  spread: 0.04,
  nsPerWeight: 1.25,
  gbPerSecond: 6.5,
  ofMemcpy: 0.5,
  timesMain: 1,
  checksum: 'c0ffee',
  agrees: null,
  differences: null,
  openMs: 10,
  residentBytes: 1e6,
};
const RESULT = {
  rows: [ROW],
  speedUpPerThread: null,
  weights: 1,
  peakBytes: 2e9,
  memcpyGbPerSecond: 13,
  machine: { cpu: 'cpu', cores: 2, node: '20' },
  agree: true,
} as unknown as NetworkResult;

test('a row has its figures under the titles', () => {
  expect(text.row(ROW).split(/\s+/)).toEqual(['wasm', '2', '1,235', '4%', '1.25', '6.50', '50.0%', '1.00x', '']);
});

test('what cannot be said of an empty network, or of the thread of the caller, is a dash', () => {
  const cells = text.row({ ...ROW, threads: 0, nsPerWeight: null, gbPerSecond: 0 }).split(/\s+/);
  expect(cells.slice(1, 6)).toEqual(['-', '1,235', '4%', '-', '0']);
});

test('a peer that cannot run says why', () => {
  const line = text.row({ backend: 'float64', mode: 'yuma3', skipped: 'it needs 99 GB' });
  expect(line).toBe('float64\n  left out: it needs 99 GB\n');
});

test('what was not measured, and bits that differ, stand below the row', () => {
  const [, ...remarks] = text
    .row({ ...ROW, measuredSubnets: 8, agrees: false })
    .trimEnd()
    .split('\n');
  expect(remarks).toEqual(['  8 of 128 subnets measured, scaled', '  wasm DIFFERS from the first']);
});

test('the end says whether exact backends agree, where there are several', () => {
  expect(text.endOfMode(RESULT)).toBe('Peak memory 2.0 GB. memcpy 13.0 GB/s. Checksum c0ffee.\n');
  const rows = [ROW, { ...ROW, agrees: false }];
  const end = text.endOfMode({ ...RESULT, rows, agree: false, speedUpPerThread: 0.75 });
  expect(end).toContain('2 threads: 1.50 times as fast as one, 0.75 a thread.');
  expect(end).toContain('Backends differ. That is a bug: please report it with these options.');
});
