/** The simulator in a page: another JavaScript engine's build, the same digests as under Node. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PINNED } from '../simulator/pinned.js';
import { missing, type OpenPage, openPage } from './browser.js';
import { type Bundle, bundle } from './bundle.js';

let built: Bundle;
beforeAll(async () => {
  built = await bundle('test/browser/simulator-app');
});
afterAll(() => rmSync(dirname(built.folder), { recursive: true, force: true }));

test('the simulator is bundled without anything of Node, or of another package', () => {
  expect(built.modules.filter((path) => path.includes('node:') || path.includes('browser-external'))).toEqual([]);
  expect(built.modules.some((path) => path.endsWith('/dist/simulator/simulation.js'))).toBe(true);
  expect(built.modules.some((path) => path.endsWith('/dist/engine/node.js'))).toBe(false);
  expect(built.warnings).toEqual([]);
});

if (missing !== null && process.env.YUMA_REQUIRE_GPU === '1') {
  test('there is a browser', () => {
    throw new Error(missing!);
  });
} else if (missing !== null) console.warn(`skipped: the simulator in a browser: ${missing}`);

describe.skipIf(missing !== null)('in Chromium', () => {
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await openPage(built.folder);
  });
  afterAll(() => opened.close());

  type PageFunction = (backend: string, runs: object[]) => Promise<string[]>;
  const digests = (backend: string, runs: object[]): Promise<string[]> =>
    opened.page.evaluate(([name, list]) => (globalThis as unknown as { digests: PageFunction }).digests(name, list), [
      backend,
      runs,
    ] as const);

  test.each(['wasm', 'reference'])('every scenario of the library gives its digest on %s', async (backend) => {
    expect(await digests(backend, [...PINNED])).toEqual(PINNED.map(({ digest }) => digest));
  });

  test('the network in every mode on webgpu', async () => {
    const networks = PINNED.filter(({ name }) => name === 'network');
    expect(networks).toHaveLength(3);
    expect(await digests('webgpu', networks)).toEqual(networks.map(({ digest }) => digest));
  });

  test('the page complained of nothing', () => {
    expect(opened.complaints.filter((text) => !text.includes('404'))).toEqual([]); // an icon that it has not
  });
});
