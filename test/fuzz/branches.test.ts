import { expect, test } from 'vitest';
import { BRANCHES, countBranches, missed, noHits } from '../../fuzz/branches/index.js';
import { newProgress } from '../../fuzz/campaign.js';
import { drawCase } from '../../fuzz/draw/case.js';
import { overdue } from '../../fuzz/record.js';
import { traceEpoch } from '../../src/reference.js';

test('every branch of the spec is taken within some thousand cases', () => {
  const hits = noHits();
  for (let index = 0; index < 6_000; index++) {
    const { input } = drawCase(1, index);
    if (input.n <= 64) countBranches(hits, input, traceEpoch(input));
  }
  expect(missed(hits)).toEqual([]);
});

test('there are branches of every section that an epoch runs through', () => {
  const sections = new Set(Object.keys(BRANCHES).map((name) => name.split('.')[0]!.split(' ')[0]));
  expect([...sections]).toEqual(['1', '3', '4', '5', '6', '7', '8', '9', '11', '10']);
});

test('a branch without a hit is overdue once there were enough cases of the reference', () => {
  const progress = newProgress(1);
  for (const name of Object.keys(progress.hits)) progress.hits[name] = 1;
  progress.hits['9.7 exponent 1'] = 0;
  progress.ran.reference = 19_999;
  expect(overdue(progress)).toEqual([]);
  progress.ran.reference = 20_000;
  expect(overdue(progress)).toEqual(['9.7 exponent 1']);
});
