/** Verifying cases: one report a case, run leniently, with no more asked for than is compared. */
import { expect, test, vi } from 'vitest';
import { YumaError } from '../../src/epoch/errors.js';
import { type EpochCase, type ExpectedCase, MID_FIELDS, OUT_FIELDS, readCases } from '../../src/formats/index.js';
import { type RunEpoch, verifyCases } from '../../src/verify/index.js';
import { lineWith, readLine, streamOf } from '../formats/cases.js';
import { expectedOf, outputOf } from './outputs.js';

const ALL = Object.keys(OUT_FIELDS).length + Object.keys(MID_FIELDS).length;

async function caseWith(expected: ExpectedCase | undefined, line = 1): Promise<EpochCase> {
  const read = await readLine(lineWith(undefined, `case ${line}`));
  return expected === undefined ? { ...read, line } : { ...read, line, expected };
}

async function reportsOf(run: RunEpoch, ...cases: EpochCase[]) {
  const reports = [];
  for await (const report of verifyCases(run, cases)) reports.push(report);
  return reports;
}

test('reports say where, how much was compared, and the first difference', async () => {
  const run = vi.fn<RunEpoch>(async () => outputOf());
  const wrong = { out: { incentive: Uint16Array.of(0, 5, 0) } };
  const reports = await reportsOf(
    run,
    await caseWith(expectedOf()),
    await caseWith(wrong, 2),
    await caseWith(undefined, 3),
  );
  expect(reports).toMatchObject([
    { file: 'x.jsonl', line: 1, name: 'case 1', equal: true, compared: ALL, absent: [], difference: null },
    { line: 2, name: 'case 2', equal: false, compared: 1, difference: { field: 'incentive', uid: 1, got: 0, want: 5 } },
    { line: 3, name: 'case 3', equal: false, compared: 0, difference: null }, // nothing was shown to be equal
  ]);
  expect(reports.map(({ absent }) => absent.length)).toEqual([0, ALL - 1, ALL]);
  expect(JSON.parse(JSON.stringify(reports))).toEqual(reports);
});

test('every case is run leniently, with intermediates only where some are expected', async () => {
  const run = vi.fn<RunEpoch>(async () => outputOf());
  const { out, mid } = expectedOf();
  await reportsOf(
    run,
    await caseWith({ out }),
    await caseWith({ mid: { stake: mid.stake } }),
    await caseWith({ out, mid: {} }),
  );
  expect(run.mock.calls.map(([, options]) => options)).toEqual([
    { lenient: true, intermediates: false },
    { lenient: true, intermediates: true },
    { lenient: true, intermediates: false },
  ]);
});

test('a case that expects nothing is not run', async () => {
  const run = vi.fn<RunEpoch>(async () => outputOf());
  for (const nothing of [undefined, {}, { out: {} }, { out: {}, mid: {} }]) {
    expect(await reportsOf(run, await caseWith(nothing))).toMatchObject([
      { equal: false, compared: 0, difference: null },
    ]);
  }
  expect(run).not.toHaveBeenCalled();
});

test('a fault of the run names the case, after the reports before it', async () => {
  const run = async (input: EpochCase['input']) => {
    if (input.rules !== 'subtensor-425') throw new YumaError('UNKNOWN_RULES', { rules: input.rules, known: [] });
    return outputOf();
  };
  const reports = verifyCases(run, [
    await caseWith(expectedOf()),
    await caseWith(expectedOf(), 2).then((one) => ({ ...one, input: { ...one.input, rules: 'x' as 'subtensor-425' } })),
  ]);
  expect((await reports.next()).value).toMatchObject({ line: 1, equal: true });
  const data = { file: 'x.jsonl', line: 2, case: 'case 2' };
  await expect(reports.next()).rejects.toMatchObject({ code: 'UNKNOWN_RULES', data });
});

test('a fault of the check names the field as the file does', async () => {
  const fault = new YumaError('WRONG_LENGTH', { field: 'stake', expected: '4 elements', got: 2 });
  const reports = verifyCases(() => Promise.reject(fault), [await caseWith(expectedOf())]);
  const data = { line: 1, case: 'case 1', field: 'neurons.stakeBits', expected: '2 elements', got: 1 };
  await expect(reports.next()).rejects.toMatchObject({ code: 'WRONG_LENGTH', data });
});

test('a fault of the reading comes through, after the reports before it', async () => {
  const text = `${lineWith()}\nno case\n`;
  const reports = verifyCases(async () => outputOf(), readCases({ name: 'x', stream: streamOf(text) }));
  expect((await reports.next()).value).toMatchObject({ line: 1 });
  await expect(reports.next()).rejects.toMatchObject({ code: 'BAD_JSON', data: { line: 2 } });
});
