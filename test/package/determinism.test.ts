/**
 * The core's builds: two of one source have the same bytes, and nothing is in them whose result may differ between
 * machines.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const BUILDS = { simd: 'yuma', plain: 'yuma-plain', shared: 'yuma-shared' };

/**
 * Every float instruction there is. IEEE 754 leaves none of them a choice (but for the bits of a NaN, which none stores);
 * fixed.ts, stake.ts, emission.ts and docs/liquid-alpha.md bound and correct what they compute.
 */
const DETERMINED = [
  ...['const', 'load', 'store', 'add', 'sub', 'mul', 'div', 'floor', 'max', 'min', 'lt', 'gt', 'ne'].map(
    (op) => `f64.${op}`,
  ),
  ...['convert_i32_s', 'convert_i64_s', 'convert_i64_u'].map((op) => `f64.${op}`),
  ...['splat', 'add', 'sub', 'mul', 'div', 'floor', 'abs', 'pmin', 'pmax', 'lt', 'gt', 'eq', 'ne'].map(
    (op) => `f64x2.${op}`,
  ),
  ...['convert_low_i32x4_s', 'convert_low_i32x4_u', 'promote_low_f32x4'].map((op) => `f64x2.${op}`),
  'f32.demote_f64',
  'f32.store',
];

describe.each(Object.entries(BUILDS))('build %s', (target, name) => {
  const folder = 'build/again';
  mkdirSync(folder, { recursive: true });
  const files = ['--outFile', `${folder}/${name}.wasm`, '--textFile', `${folder}/${name}.wat`];
  const build = () =>
    execFileSync(
      process.execPath,
      ['node_modules/assemblyscript/bin/asc.js', '--config', 'asconfig.json', '--target', target, ...files],
      {
        stdio: 'pipe',
      },
    );

  test('is the same, byte for byte, when it is built again, and holds no instruction that leaves a choice', () => {
    build();
    expect(readFileSync(`${folder}/${name}.wasm`).equals(readFileSync(`wasm/${name}.wasm`))).toBe(true);
    const text = readFileSync(`${folder}/${name}.wat`, 'utf8');
    const found = new Set(text.match(/\b(?:f32|f64|f32x4|f64x2)\.[a-z0-9_]+/g));
    expect([...found].filter((op) => !DETERMINED.includes(op))).toEqual([]);
    expect(found).toContain('f64.div');
    expect(text).not.toContain('relaxed');
  });
});
