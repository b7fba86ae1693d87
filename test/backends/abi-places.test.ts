/** Places that a host gives to the core (docs/abi.md, "What a host may get wrong"): wrong ones are refused before a byte is written. */
import { beforeEach, describe, expect, test } from 'vitest';
import {
  compileCore,
  instantiateArena,
  instantiateShared,
  type SharedExports,
} from '../../src/backends/wasm/exports.js';
import { FIELD, STATUS } from '../../src/backends/wasm/layout.js';
import { readCoreModule } from '../../src/backends/wasm/module.js';

const PAGE = 65_536;
const [N, W, B] = [5, 10, 10];
const BAD_PLACE = "a place is none of the embedder's, or two overlap";

let core: SharedExports;
let base: number;
let scratch: number;
let bytes: number;
let common: number;
let commonBytes: number;

beforeEach(() => {
  const memory = new WebAssembly.Memory({ initial: 40, maximum: PAGE, shared: true });
  core = instantiateShared(compileCore(readCoreModule('shared')), memory);
  base = core.arenaStart();
  scratch = up(base + core.stateBytes(N, W, B));
  bytes = up(core.tileScratchBytes(N, N, W, B));
  common = scratch + bytes;
  commonBytes = up(core.splitBytes(N, N));
});

const up = (at: number): number => (at + 15) & ~15;
const end = (): number => core.memory.buffer.byteLength;
const place = (at = base, from = scratch, size = bytes) => STATUS[core.place(at, from, size, N, W, B)];
const placePart = (from = common, size = commonBytes) =>
  STATUS[core.placePart(base, scratch, bytes, from, size, N, W, B, 0)];
/** Inputs of an epoch of nothing. */
function clear(): void {
  new Uint8Array(core.memory.buffer).fill(0, base);
  new DataView(core.memory.buffer).setUint32(core.address(FIELD.params) + 88, 425, true);
}

test('right ones are taken, also at the very end of the memory', () => {
  expect(place()).toBe('ok');
  expect(place(base, end() - bytes)).toBe('ok');
  expect(place(base, base, 0)).toBe('ok'); // no scratch, to ask for addresses only
  expect(placePart()).toBe('ok');
});

test.each([
  ['a state below the arena', () => place(base - 16)],
  ['a state at 0', () => place(0)],
  ['a state that is not aligned', () => place(base + 8)],
  ['a state beyond the memory', () => place(end())],
  ['a state that ends beyond it', () => place(end() - 64)],
  ['a state that wraps round 4 GiB', () => place(2 ** 32 - 32)],
  ['a scratch below the arena', () => place(base, 16)],
  ['a scratch that is not aligned', () => place(base, scratch + 1)],
  ['a scratch that ends beyond the memory', () => place(base, scratch, end() - scratch + 1)],
  ['a scratch over the state', () => place(base, scratch - 16)],
  ['a state over the scratch', () => place(scratch + 16)],
  ['common bytes over the state', () => placePart(base)],
  ['common bytes over the scratch', () => placePart(scratch + 16)],
  ['common bytes that are not aligned', () => placePart(common + 4)],
  ['common bytes beyond the memory', () => placePart(end())],
])('%s is refused, and nothing is placed', (_, call) => {
  expect(place()).toBe('ok');
  expect(call()).toBe(BAD_PLACE);
  expect(STATUS[core.run()]).toBe('nothing is prepared');
});

describe('a scratch that is too small', () => {
  test.each([0, 16, 200, 480])('of %i bytes is refused by the run, and nothing behind it is written', (size) => {
    for (const open of [() => core, () => instantiateArena(compileCore(readCoreModule('plain')))]) {
      const one = open();
      const first = one.arenaStart();
      const missing = Math.ceil((first + 2 ** 17 - one.memory.buffer.byteLength) / PAGE);
      if (missing > 0) one.memory.grow(missing);
      const from = up(first + one.stateBytes(N, W, B));
      expect(one.place(first, from, size, N, W, B)).toBe(0);
      const memory = new Uint8Array(one.memory.buffer);
      memory.fill(0, first);
      memory.fill(0xab, from);
      new DataView(one.memory.buffer).setUint32(one.address(FIELD.params) + 88, 425, true);
      expect(STATUS[one.run()]).toBe('the scratch is too small');
      expect(memory.subarray(from + size).every((byte) => byte === 0xab)).toBe(true);
    }
  });
});

describe('the calls of a part out of their order', () => {
  const phases = ['tilesPart', 'dividendsPart', 'finish'] as const;
  const call = (phase: (typeof phases)[number]) => STATUS[core[phase]()];

  test('are refused before anything is placed', () => {
    for (const phase of phases) expect(call(phase), phase).toBe('nothing is prepared');
  });

  test('are refused where an epoch was placed or prepared whole: there are no common bytes then', () => {
    for (const whole of [() => core.place(base, scratch, bytes, N, W, B), () => core.prepare(N, W, B)]) {
      expect(placePart()).toBe('ok');
      expect(whole()).toBe(0);
      new Uint8Array(core.memory.buffer, common, commonBytes).fill(0xab);
      for (const phase of phases) expect(call(phase), phase).toBe('nothing is prepared');
      expect(new Uint8Array(core.memory.buffer, common, commonBytes).every((byte) => byte === 0xab)).toBe(true);
    }
  });

  test('are refused after another placement, a run, or the end', () => {
    const undo = [() => core.place(base, scratch, bytes, N, W, B), () => core.run(), () => core.finish()];
    for (const step of undo) {
      expect(placePart()).toBe('ok');
      clear();
      expect(call('dividendsPart')).toBe('nothing is prepared');
      expect(call('tilesPart')).toBe('the epoch cannot be split'); // it has no entries
      step();
      expect(call('dividendsPart')).toBe('nothing is prepared');
      expect(call('finish')).toBe('nothing is prepared');
    }
  });
});
