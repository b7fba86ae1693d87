import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EpochCase, readCases } from '../../src/formats/index.js';
import type { EngineOptions, EpochInput, EpochOutput } from '../../src/index.js';
import { createEngine } from '../../src/index.js';
import { compareOutput } from '../../src/verify/index.js';
import { vectorFile } from '../vectors/manifest.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { missing, type OpenPage, openPage } from './browser.js';
import { type Bundle, bundle } from './bundle.js';

let built: Bundle;
beforeAll(async () => {
  built = await bundle();
});
afterAll(() => rmSync(dirname(built.folder), { recursive: true, force: true }));

describe('bundled by Vite', () => {
  test('nothing of Node is needed, and no other package', () => {
    const foreign = built.modules.filter((path) => !/\/yuma-engine|\/main\/|\0/.test(path));
    expect(built.modules.filter((path) => path.includes('node:') || path.includes('browser-external'))).toEqual([]);
    expect(built.modules.filter((path) => path.replace(/^.*\/browser-[^/]+\//, '').includes('node_modules'))).toEqual(
      [],
    );
    expect(foreign).toEqual([]);
    expect(built.warnings).toEqual([]);
    expect(built.modules.some((path) => path.endsWith('/dist/browser.js'))).toBe(true);
    expect(built.modules.some((path) => path.endsWith('/source-node.js'))).toBe(false);
  });

  test('it is small', () => {
    const { script, webgpu, wasm } = built.gzipped;
    console.info(`yuma-engine/browser, gzipped: ${script} bytes, ${webgpu} more for WebGPU, ${wasm} of WebAssembly`);
    for (const [what, bytes, most] of [
      ['script', script, 26_000],
      ['webgpu', webgpu, 30_000],
      ['wasm', wasm, 25_000],
    ] as const) {
      expect(bytes, what).toBeGreaterThan(5_000); // something was measured
      expect(bytes, what).toBeLessThan(most);
    }
  });
});

const REQUIRED = process.env.YUMA_REQUIRE_GPU === '1';
if (missing !== null && REQUIRED) {
  test('there is a browser', () => {
    throw new Error(missing!);
  });
} else if (missing !== null) console.warn(`skipped: tests in a browser: ${missing}`);

interface Ran {
  readonly outputs: EpochOutput[];
  readonly backend: string;
  readonly adapter: { readonly name: string; readonly software: boolean } | null;
}

type PageFunction = (options: EngineOptions, inputs: readonly EpochInput[], how: object) => Promise<Ran>;

describe.skipIf(missing !== null)('in Chromium', () => {
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await openPage(built.folder);
  });
  afterAll(() => opened.close());

  /** @param where function of the page */
  const run = (where: 'run' | 'runInWorker', options: EngineOptions, inputs: readonly EpochInput[], how = {}) =>
    opened.page.evaluate(
      ([name, ...args]) => (globalThis as unknown as Record<typeof name, PageFunction>)[name](...args),
      [where, options, inputs, how] as [typeof where, ...Parameters<PageFunction>],
    );

  test('the page is isolated', async () => {
    expect(await opened.page.evaluate('crossOriginIsolated')).toBe(true);
  });

  test.each(['wasm', 'reference', 'webgpu', 'auto'] as const)('the worked example on %s', async (backend) => {
    await using engine = await createEngine({ backend: 'reference' });
    const want = await engine.runEpoch(WORKED_EXAMPLE, { intermediates: true });
    const got = await run('run', { backend }, [WORKED_EXAMPLE], { intermediates: true });
    expect(got.outputs).toEqual([want]);
    expect(got.backend).toBe(backend === 'auto' ? 'wasm' : backend);
    expect(got.adapter).toEqual(backend === 'webgpu' ? expect.objectContaining({ software: true }) : null);
  });

  describe.each(['wasm', 'webgpu'] as const)('golden vectors on %s', (backend) => {
    test.each([
      ['handmade.jsonl.gz', 'run', 5],
      ['medium.jsonl.gz', 'run', 3],
      ['boundary.jsonl.gz', 'runInWorker', 3],
    ] as const)('%s, by %s, one of %i', async (file, where, step) => {
      const cases = await some(file, step);
      const inputs = cases.map(({ input }) => input);
      const { outputs } = await run(where, { backend }, inputs, { lenient: true, intermediates: true });
      expect(outputs.length).toBe(cases.length);
      for (const [at, { name, expected }] of cases.entries()) {
        expect(compareOutput(outputs[at]!, expected!), name).toBeNull();
      }
    });
  });

  test('a core that is not there is a typed error', async () => {
    const failed = opened.page.evaluate("run({ core: '/nowhere.wasm' }, [])");
    await expect(failed).rejects.toThrow(/nowhere\.wasm: 404/);
  });

  test('the page complained of nothing else', () => {
    expect(opened.complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});

/** Every so many cases of a file. */
async function some(file: string, step: number): Promise<EpochCase[]> {
  const cases: EpochCase[] = [];
  let at = 0;
  for await (const given of readCases(vectorFile(file))) if (at++ % step === 0) cases.push(given);
  expect(cases.length).toBeGreaterThan(1);
  return cases;
}
