import { describe, expect, test } from 'vitest';
import { sparseRows } from '../../src/index.js';
import { copiedRow, History, type Seen } from '../../src/replay/submission.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { engine } from './by-hand.js';

const row = (...pairs: [number, number][]) => ({
  columns: Uint16Array.from(pairs, ([column]) => column),
  values: Uint16Array.from(pairs, ([, value]) => value),
});

/** Three validators with a stake of 6, 3 and 1, and two miners. */
async function seen(changes: Partial<Seen> = {}): Promise<Seen> {
  const weights = sparseRows([
    [[3, 100]],
    [
      [3, 50],
      [4, 50],
      [1, 900],
    ],
    [[4, 10]],
    [[4, 7]],
    [],
  ]);
  const output = await engine.runEpoch(WORKED_EXAMPLE);
  return { weights, permits: WORKED_EXAMPLE.validatorPermit, output, ...changes };
}

describe('the mean of the others', () => {
  test('weighs rows by stake, each by its shares without what it gives itself', async () => {
    // uid 2 sees 6 of stake all for 3, and 3 of stake half for 3 and half for 4: 7.5 to 1.5
    expect(copiedRow('mean', 2, await seen())).toEqual(row([3, 65_535], [4, 13_107]));
    // uid 0 sees 3 halved and 1 all for 4: 1.5 to 2.5
    expect(copiedRow('mean', 0, await seen())).toEqual(row([3, 39_321], [4, 65_535]));
  });

  test('leaves out who has no permit or is inactive', async () => {
    const { output } = await seen();
    const active = Uint8Array.of(0, 1, 1, 1, 1);
    expect(copiedRow('mean', 2, await seen({ output: { ...output, active } }))).toEqual(row([3, 65_535], [4, 65_535]));
    const permits = Uint8Array.of(1, 0, 1, 0, 0);
    expect(copiedRow('mean', 2, await seen({ permits }))).toEqual(row([3, 65_535]));
  });

  test('is empty where nobody else has weights', async () => {
    expect(copiedRow('mean', 0, await seen({ permits: Uint8Array.of(1, 0, 0, 0, 0) }))).toEqual(row());
  });
});

test('the consensus is scaled to 65535, and a row is copied as it lies', async () => {
  const given = await seen();
  const consensus = Uint16Array.of(0, 0, 0, 20_000, 10_000);
  const output = { ...given.output, consensus };
  expect(copiedRow('consensus', 0, { ...given, output })).toEqual(row([3, 65_535], [4, 32_768]));
  expect(copiedRow(1, 0, given)).toEqual(row([3, 50], [4, 50], [1, 900]));
});

test('a history is as late as is known, and begins anew with a new neuron', () => {
  const history = new History(2);
  const late = [1, 2, 3, 4].map((value) => history.next(row([0, value]), 10n));
  expect(late).toEqual([1, 1, 1, 2].map((value) => row([0, value])));
  expect([5, 6].map((value) => history.next(row([0, value]), 11n))).toEqual([5, 5].map((value) => row([0, value])));
});
