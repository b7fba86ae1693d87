import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type EpochCase, readCases } from '../../src/formats/index.js';
import type { EpochInput, SparseRows } from '../../src/index.js';
import { collectWhatIf, replay } from '../../src/replay/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { DATA_FILES } from '../vectors/manifest.js';
import { engine, replayed } from './by-hand.js';

const folder = process.env.YUMA_DATA;
if (folder === undefined)
  console.warn('replay of real series: skipped, YUMA_DATA does not name the folder of sn31-*.jsonl.gz');

describe.skipIf(folder === undefined)('a real series of 100 epochs', () => {
  test('is there in three kinds', () => {
    const files = readdirSync(folder!).filter((name) => name.endsWith('.jsonl.gz'));
    expect(files.sort()).toEqual(Object.keys(DATA_FILES));
  });

  test.each(Object.keys(DATA_FILES))('%s: the baseline is what it expects; kappa 0.6 is as by hand', async (file) => {
    const cases: EpochCase[] = [];
    for await (const given of readCases(join(folder!, file))) cases.push(given);
    const set = (input: EpochInput): EpochInput => ({
      ...input,
      hyperparameters: { ...input.hyperparameters, kappa: 39_321 },
    });
    const epochs = await replayed(cases, [{ kind: 'set', hyperparameters: { kappa: 39_321 } }]);
    expect(epochs).toHaveLength(100);
    // Permits and stakes of these files are of two sources: permits stay as filed.
    let bonds: SparseRows | undefined;
    for (const { case: given, baseline, changed, editedBonds } of epochs) {
      expect(compareOutput(baseline, { out: given.expected!.out }), given.name).toBeNull();
      expect(editedBonds, given.name).toBe(0);
      const wanted = await engine.runEpoch(set({ ...given.input, bonds: bonds ?? given.input.bonds }));
      expect(compareOutput(changed, { out: wanted }), given.name).toBeNull();
      ({ bonds } = wanted);
    }
    const { total, blocks } = await collectWhatIf(replay(cases, [], { engine }));
    expect(blocks).toBe(36_000n);
    expect(total).toMatchObject({ difference: 0n, firstDifference: null });
  });
});
