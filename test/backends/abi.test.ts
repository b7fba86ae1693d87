/** The interface of docs/abi.md, used right and wrong by somebody who has the module and that page only. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { FIELD, STATUS } from '../../src/backends/wasm/layout.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';

interface Core {
  readonly memory: { readonly buffer: ArrayBuffer };
  abiVersion(): number;
  bytesNeeded(n: number, w: number, b: number): number;
  prepare(n: number, w: number, b: number): number;
  address(field: number): number;
  run(): number;
}

const module = new WebAssembly.Module(readCoreModule());
let core: Core;

beforeEach(() => {
  core = new WebAssembly.Instance(module, {}).exports as Core;
});

const bytes = () => new DataView(core.memory.buffer);
const setRules = (rules: number) => bytes().setUint32(core.address(FIELD.params) + 88, rules, true);
/** Prepares n neurons with zeroed inputs, which make an epoch of nothing. */
function prepareEmpty(n: number, w = 0, b = 0): void {
  expect(core.prepare(n, w, b)).toBe(0);
  new Uint8Array(core.memory.buffer).fill(0, core.address(FIELD.params), core.address(FIELD.active));
  setRules(425);
}

test('the module imports nothing', () => {
  expect(WebAssembly.Module.imports(module)).toEqual([]);
});

test('an empty epoch of 3 neurons gives zeros', () => {
  prepareEmpty(3);
  expect(core.run()).toBe(0);
  expect([...new Uint16Array(core.memory.buffer, core.address(FIELD.incentive), 3)]).toEqual([0, 0, 0]);
});

test('an epoch of no neurons runs', () => {
  prepareEmpty(0);
  expect(core.run()).toBe(0);
});

test('run before prepare is refused', () => {
  expect(STATUS[core.run()]).toBe('nothing is prepared');
});

test('bytesNeeded undoes prepare', () => {
  prepareEmpty(2);
  core.bytesNeeded(4, 0, 0);
  expect(STATUS[core.run()]).toBe('nothing is prepared');
});

test('more than 32 768 neurons are refused', () => {
  expect(core.prepare(32_768, 0, 0)).toBe(0);
  expect(STATUS[core.prepare(32_769, 0, 0)]).toBe('too many neurons');
  expect(STATUS[core.run()]).toBe('nothing is prepared');
});

test('an epoch above 4 GiB is refused without growing the memory', () => {
  const before = core.memory.buffer.byteLength;
  expect(core.bytesNeeded(4_096, 0xffff_ffff, 0xffff_ffff)).toBeGreaterThan(2 ** 32);
  expect(STATUS[core.prepare(4_096, 0xffff_ffff, 0xffff_ffff)]).toBe('out of memory');
  expect(core.memory.buffer.byteLength).toBe(before);
});

test('the memory holds what bytesNeeded says, and the last array lies within it', () => {
  const needed = core.bytesNeeded(1_000, 50_000, 40_000);
  expect(core.prepare(1_000, 50_000, 40_000)).toBe(0);
  expect(core.memory.buffer.byteLength).toBeGreaterThanOrEqual(needed);
  expect(core.memory.buffer.byteLength).toBeLessThan(needed + 2 * 65_536);
});

test('an unknown array has the address 0, every known one another multiple of 16', () => {
  prepareEmpty(5, 7, 3);
  const addresses = Object.values(FIELD).map((field) => core.address(field));
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(addresses.filter((address) => address === 0 || address % 16 !== 0)).toEqual([]);
  expect([12, 31, 46, 70, -1].map((field) => core.address(field))).toEqual([0, 0, 0, 0, 0]);
});

test('arrays 32 to 43 lie one after the other', () => {
  prepareEmpty(9, 4, 4);
  const sizes = [9, 9, 18, 18, 18, 18, 18, 72, 72, 72, 72];
  for (const [at, size] of sizes.entries()) {
    const end = core.address(32 + at) + size;
    expect(core.address(33 + at)).toBe(Math.ceil(end / 16) * 16);
  }
});

test('unknown rules are refused', () => {
  prepareEmpty(1);
  setRules(424);
  expect(STATUS[core.run()]).toBe('unknown rules');
});

describe('a parameter outside its type is refused', () => {
  test.each([
    ['tempo', 48, 65_536],
    ['maximum of validators', 56, 65_536],
    ['kappa', 60, 65_536],
    ['bonds penalty', 64, 0xffff_ffff],
    ['alpha low', 68, 65_536],
    ['alpha high', 72, 65_536],
    ['steepness', 76, 32_768],
    ['flags', 80, 16],
    ['permit length', 84, 2],
    ['side of the bonds', 92, 2],
  ])('%s', (_, offset, value) => {
    prepareEmpty(1);
    bytes().setUint32(core.address(FIELD.params) + offset, value, true);
    expect(STATUS[core.run()]).toBe('a parameter is out of range');
  });
});

describe('row offsets that do not hold are refused, and do not trap', () => {
  test.each([
    ['not from 0', [1, 1, 2]],
    ['falling', [0, 2, 1]],
    ['beyond the entries', [0, 1, 3]],
    ['far beyond the memory', [0, 0xffff_fff0, 0xffff_fff0]],
  ])('%s', (_, offsets) => {
    for (const [field, status] of [
      [FIELD.weightOffsets, 'bad row offsets of the weights'],
      [FIELD.bondOffsets, 'bad row offsets of the bonds'],
    ] as const) {
      prepareEmpty(2, 2, 2);
      new Uint32Array(core.memory.buffer, core.address(field), 3).set(offsets);
      expect(STATUS[core.run()]).toBe(status);
    }
  });
});

test('odd columns are refused if the flag says so, and else taken', () => {
  for (const [columns, status] of [
    [[1, 1], 8],
    [[0, 2], 8],
    [[1, 0], 0],
    [[0, 1], 0],
  ] as const) {
    prepareEmpty(2, 2, 0);
    new Uint32Array(core.memory.buffer, core.address(FIELD.weightOffsets), 3).set([0, 2, 2]);
    new Uint16Array(core.memory.buffer, core.address(FIELD.weightColumns), 2).set(columns);
    expect(core.run()).toBe(0);
    bytes().setUint32(core.address(FIELD.params) + 80, 8, true);
    expect(core.run(), String(columns)).toBe(status);
  }
});

test('any bytes as inputs run to an end without a trap', () => {
  const [n, w, b] = [40, 300, 200];
  expect(core.prepare(n, w, b)).toBe(0);
  let state = 12_345;
  const memory = new Uint8Array(core.memory.buffer);
  for (let round = 0; round < 300; round++) {
    for (let at = core.address(FIELD.stakeIn); at < core.address(FIELD.active); at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      memory[at] = state >>> 24;
    }
    memory.fill(state >>> 24, core.address(FIELD.params), core.address(FIELD.params) + 48);
    bytes().setUint32(core.address(FIELD.params) + 80, round % 8, true);
    setRules(425);
    for (const [field, entries] of [[FIELD.weightOffsets, w] as const, [FIELD.bondOffsets, b] as const]) {
      const offsets = new Uint32Array(core.memory.buffer, core.address(field), n + 1);
      for (let uid = 0; uid <= n; uid++) offsets[uid] = Math.floor((entries * uid) / n);
    }
    expect(core.run(), `round ${round}`).toBe(0);
    const kept = new Uint32Array(core.memory.buffer, core.address(FIELD.bondsOutOffsets), n + 1)[n]!;
    expect(kept).toBeLessThanOrEqual(w + b);
  }
});

test('the example that has only the page and the module computes the worked example of the specification', () => {
  const printed = execFileSync(process.execPath, ['examples/embed.mjs'], { encoding: 'utf8' });
  expect(printed).toContain('51594 13091 848 0 0');
  expect(printed).toContain('0 0 0 46816072539 27183927426');
});

test('the page lists every array and status the backend knows', () => {
  const page = readFileSync('docs/abi.md', 'utf8');
  for (const field of Object.values(FIELD)) expect(page).toMatch(new RegExp(`^\\| ${field} \\|`, 'm'));
});
