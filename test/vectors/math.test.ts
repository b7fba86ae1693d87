import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  type ArithmeticUnderTest,
  type Line,
  type Operations,
  type Result,
  referenceArithmetic,
} from './arithmetic.js';
import { MATH_OPERATIONS, vectorFile } from './manifest.js';
import { wasmArithmetic } from './wasm-arithmetic.js';

/** Folds of the whole table of 65 536 u16 into one number, by the operation each is made of. */
const TABLES: Readonly<Record<string, (ops: Operations, value: bigint) => bigint>> = {
  'u16_proportion_to_fixed.table_fnv1a64': (ops, value) => ops.u16_proportion_to_fixed(value),
  'fixed_proportion_to_u16.roundtrip_table_fnv1a64': (ops, value) =>
    ops.fixed_proportion_to_u16(ops.u16_proportion_to_fixed(value)),
};

const lines = gunzipSync(readFileSync(vectorFile('math.jsonl.gz')))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

test.each([referenceArithmetic, wasmArithmetic])(
  `${MATH_OPERATIONS} golden operations on the arithmetic of $name (spec 2)`,
  (arithmetic) => {
    let ran = 0;
    const leftOut = new Map<string, number>();
    for (const [at, line] of lines.entries()) {
      const reason = arithmetic.leftOut?.(line.op, line.args);
      if (reason !== undefined) {
        leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
        continue;
      }
      const got = toJson(runOperation(arithmetic.ops, line));
      const want = toJson(arithmetic.expected?.(line.op, fromJson(line.out)) ?? fromJson(line.out));
      if (JSON.stringify(got) !== JSON.stringify(want)) {
        const { op, args } = line;
        expect({ line: at + 1, op, args, got }).toEqual({ line: at + 1, op, args, got: want });
      }
      ran += 1;
    }
    for (const [reason, count] of leftOut) console.log(`${arithmetic.name}: ${count} operations left out, ${reason}`);
    expect(ran + [...leftOut.values()].reduce((sum, count) => sum + count, 0)).toBe(MATH_OPERATIONS);
    expect(ran).toBeGreaterThan(0.99 * MATH_OPERATIONS);
  },
);

test('an unknown operation fails', () => {
  const line: Line = { op: 'i32f32.sqrt', args: ['1'], out: '1' };
  expect(() => runOperation(referenceArithmetic.ops, line)).toThrow('i32f32.sqrt');
});

test('an unknown field of a line fails', () => {
  const line = { op: 'exp', args: ['0'], out: '4294967296', note: 'new' };
  expect(() => runOperation(referenceArithmetic.ops, line)).toThrow('note');
});

function runOperation(ops: ArithmeticUnderTest['ops'], line: Line): Result {
  for (const field of Object.keys(line)) {
    if (!['op', 'args', 'out'].includes(field)) throw new Error(`math.jsonl.gz: unknown field ${field}`);
  }
  const table = TABLES[line.op];
  if (table !== undefined) return fnv1a64(Array.from({ length: 65_536 }, (_, value) => table(ops, BigInt(value))));
  if (!Object.hasOwn(ops, line.op)) throw new Error(`math.jsonl.gz: unknown operation ${line.op}`);
  const operation = ops[line.op as keyof Operations] as (...args: (bigint | bigint[])[]) => Result;
  return operation(...line.args.map((arg) => (typeof arg === 'string' ? BigInt(arg) : arg.map(BigInt))));
}

/** Decimal strings as numbers. */
function fromJson(out: unknown): Result {
  if (typeof out === 'string') return BigInt(out);
  return Array.isArray(out) ? out.map(fromJson) : (out as Result);
}

/** Numbers as decimal strings. */
function toJson(result: Result): unknown {
  if (typeof result === 'bigint') return String(result);
  return Array.isArray(result) ? result.map(toJson) : result;
}

/**
 * FNV-1a over the numbers, each as decimal digits and a line feed. (README.md beside the vectors says 8 little-endian
 * bytes each; both values in the file are of this form, and of no form in bytes.)
 */
function fnv1a64(values: readonly bigint[]): bigint {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of Buffer.from(values.map((value) => `${value}\n`).join(''))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100_0000_01b3n);
  }
  return hash;
}
