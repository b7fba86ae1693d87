/** The entry for browsers, as far as it needs no browser: where the core comes from. browser.test.ts runs the rest in one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/browser.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { serve } from './serve.js';

const WASM = new URL('../../wasm/', import.meta.url).pathname;
const SHARE = 51_594; // dividends of uid 0, spec 16
const dividend = async (core: NonNullable<Parameters<typeof createEngine>[0]>['core']): Promise<number> => {
  const engine = await createEngine({ core });
  try {
    return (await engine.runEpoch(WORKED_EXAMPLE)).dividends[0]!;
  } finally {
    await engine.close();
  }
};

test('the core may be bytes', async () => {
  expect(await dividend(Uint8Array.from(readFileSync(`${WASM}yuma.wasm`)))).toBe(SHARE);
});

test('the core may be fetched', async () => {
  const site = await serve(WASM);
  try {
    expect(await dividend(`${site.url}yuma-plain.wasm`)).toBe(SHARE);
    const absent = dividend(new URL(`${site.url}absent.wasm`));
    await expect(absent).rejects.toMatchObject({
      code: 'CORE_UNAVAILABLE',
      data: { reason: `${site.url}absent.wasm: 404 Not Found` },
    });
  } finally {
    await site.close();
  }
});

test('a core that cannot be fetched is told with its address, the one of the package too', async () => {
  await expect(createEngine()).rejects.toMatchObject({
    code: 'CORE_UNAVAILABLE',
    data: { reason: expect.stringMatching(/^file:\S+yuma\.wasm: /) },
  });
  await expect(createEngine({ build: 'plain' })).rejects.toMatchObject({
    data: { reason: expect.stringMatching(/^file:\S+yuma-plain\.wasm: /) },
  });
});

test('there are no worker threads, and asking for some is refused', async () => {
  const core = Uint8Array.from(readFileSync(`${WASM}yuma.wasm`));
  const reason = "threads: in a browser every backend runs in the caller's thread only";
  await expect(createEngine({ core, threads: 2 })).rejects.toMatchObject({ code: 'BAD_USAGE', data: { reason } });
});
