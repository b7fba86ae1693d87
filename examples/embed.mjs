/**
 * Embedding the core without this package: `yuma.wasm`, WebAssembly.instantiate and docs/abi.md are all there is.
 * Runs the worked example of the specification (section 16, Yuma3) and prints dividends and server emission.
 *
 *   node examples/embed.mjs [path to yuma.wasm]
 */
import { readFile } from 'node:fs/promises';

const path = process.argv[2] ?? new URL('../wasm/yuma.wasm', import.meta.url);
const { instance } = await WebAssembly.instantiate(await readFile(path), {});
const core = instance.exports;
if (core.abiVersion() !== 1) throw new Error('this example speaks version 1 of the interface');

const weights = [
  [
    [3, 65535],
    [4, 32768],
  ],
  [
    [4, 65535],
    [3, 13107],
  ],
  [
    [3, 40000],
    [2, 65535],
  ],
  [],
  [],
];
const bonds = [
  [
    [3, 65535],
    [4, 30000],
  ],
  [
    [4, 65535],
    [3, 20000],
  ],
  [[3, 5000]],
  [],
  [],
];
const n = 5;
const [w, b] = [weights.flat().length, bonds.flat().length];

const status = core.prepare(n, w, b);
if (status !== 0) throw new Error(`prepare: status ${status}`);
const view = new DataView(core.memory.buffer);
const u64 = (field, values) => {
  for (const [i, v] of values.entries()) view.setBigUint64(core.address(field) + 8 * i, BigInt(v), true);
};
const u8 = (field, values) => {
  for (const [i, v] of values.entries()) view.setUint8(core.address(field) + i, v);
};
const rows = (field, lists) => {
  let at = 0;
  lists.forEach((list, uid) => {
    view.setUint32(core.address(field) + 4 * uid, at, true);
    for (const [column, value] of list) {
      view.setUint16(core.address(field + 1) + 2 * at, column, true);
      view.setUint16(core.address(field + 2) + 2 * at, value, true);
      at += 1;
    }
  });
  view.setUint32(core.address(field) + 4 * lists.length, at, true);
};

u64(1, [0, 600_000, 0, 300_000, 0, 100_000, 0, 0, 0, 0]); // stake: low word, high word
u64(2, [9900, 9900, 9900, 9000, 9000]); // last update
u64(3, [100, 100, 100, 100, 9700]); // registered at
u64(4, Array(n).fill(2n ** 64n - 1n)); // no open commits
u8(5, [1, 1, 1, 0, 0]); // validator permits
rows(6, weights);
rows(9, bonds);

const params = core.address(0);
u64(0, [10_000, 9_639, 5_000, 1_000, 900_000, 148_000_000_000]);
const YUMA3 = 1;
[360, -1, 64, 32767, 65535, 45875, 58982, 1000, YUMA3, n, 425].forEach((value, i) => {
  view.setInt32(params + 48 + 4 * i, value, true);
});

const result = core.run();
if (result !== 0) throw new Error(`run: status ${result}`);
const read = (size, field) => Array.from({ length: n }, (_, uid) => size(core.address(field), uid));
const dividends = read((at, uid) => view.getUint16(at + 2 * uid, true), 37);
const server = read((at, uid) => view.getBigUint64(at + 8 * uid, true), 39);
console.log('dividends      ', dividends.join(' '));
console.log('server emission', server.join(' '));
