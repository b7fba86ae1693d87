/** Where the scenario of a point comes from, and what settings make of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarioOf } from '../../src/sweep/index.js';
import { SMALL } from './scenarios.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuma-source-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
const module = (text: string) => {
  const path = join(folder, `${written++}.mjs`);
  writeFileSync(path, text);
  return { kind: 'module', url: pathToFileURL(path).href } as const;
};

test('JSON takes hyperparameters in all its subnets, a length and a seed', async () => {
  const scenario = await scenarioOf(SMALL, { set: { kappa: 5, minStake: '7' }, epochs: 3, seed: 9 });
  expect(scenario).toMatchObject({ epochs: 3, seed: 9 });
  expect(scenario.subnets.map(({ hyperparameters }) => [hyperparameters!.kappa, hyperparameters!.minStake])).toEqual([
    [5, 7n],
    [5, 7n],
  ]);
});

test('a module may export a scenario, or a function of the settings', async () => {
  const plain = await scenarioOf(module(`export default { name: 'p', epochs: 1, subnets: [{ neurons: [] }] };`), {});
  expect(plain.name).toBe('p');
  const made = module(`export default ({ size }) => ({ name: 'm', epochs: size, subnets: [{ neurons: [] }] });`);
  expect(await scenarioOf(made, { set: { size: 4 }, seed: 2 })).toMatchObject({ epochs: 4, seed: 2 });
});

describe('what cannot be read says so:', () => {
  test.each([
    ['no default export', 'export const a = 1;', 'default'],
    ['a function that throws an error', `export default () => { throw new Error('enough'); };`, 'enough'],
    ['a function that throws a text', `export default () => { throw 'enough'; };`, 'enough'],
    ['a module that throws', `throw new Error('at once');`, 'at once'],
  ])('%s', async (_, text, part) => {
    await expect(scenarioOf(module(text), {})).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining(part),
    });
  });

  test('a scenario that is not in the library', async () => {
    const none = scenarioOf({ kind: 'library', name: 'none' }, {});
    await expect(none).rejects.toMatchObject({ code: 'UNKNOWN_NAME' });
  });
});
