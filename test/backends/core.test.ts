/** What the host makes of a core that refuses: no healthy core does, so these exports are made up. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WasmCore } from '../../src/backends/wasm/core.js';
import type { CoreExports } from '../../src/backends/wasm/exports.js';
import { createWasmBackend } from '../../src/backends/wasm/index.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const input = checkEpochInput(WORKED_EXAMPLE);

function coreThatAnswers(prepare: number, run: number): WasmCore {
  const exports: CoreExports = {
    memory: { buffer: new ArrayBuffer(65_536) },
    abiVersion: () => 1,
    bytesNeeded: () => 65_536,
    prepare: () => prepare,
    address: () => 1_024,
    run: () => run,
  };
  return new WasmCore(exports);
}

test.each([
  ['preparing', 3, 0, 3, 'nothing is prepared'],
  ['preparing, in an unknown way', 99, 0, 99, 'unknown'],
  ['running', 0, 3, 3, 'nothing is prepared'],
  ['running, in an unknown way', 0, 99, 99, 'unknown'],
])('a core that fails at %s is a fault with its status', (_, prepare, run, status, reason) => {
  expect(() => coreThatAnswers(prepare, run).run(input, {})).toThrow(
    expect.objectContaining({ code: 'CORE_FAULT', data: { status, reason } }),
  );
});

test('a closed backend computes no more', async () => {
  const bytes = Uint8Array.from(readFileSync(new URL('../../wasm/yuma.wasm', import.meta.url)));
  const backend = createWasmBackend(bytes);
  expect(backend.runSync!(input, {}).n).toBe(5);
  await backend.close();
  await expect(backend.run([input], {})).rejects.toMatchObject({ code: 'CLOSED' });
});
