import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSnapshot, parseSnapshot } from '../../src/engine/subnet/snapshot.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { createEngine, type EpochInput, HYPERPARAMETERS, type YumaError } from '../../src/index.js';
import { inputs } from '../arbitrary/inputs.js';
import { runs, SEED } from '../counterexamples.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const META = { netuid: 31, hotkeys: ['ä', 'b'], note: { any: [1, null] } };

async function snapshotOf(input: EpochInput, lenient = false): Promise<Uint8Array> {
  await using engine = await createEngine();
  using subnet = await engine.open(input, { lenient });
  return subnet.snapshot();
}

/** The code of what reading gives, and its sentence. */
function fault(bytes: Uint8Array): string {
  try {
    const { input, check } = parseSnapshot(bytes);
    checkEpochInput(input, check);
  } catch (error) {
    return `${(error as YumaError).code}: ${(error as YumaError).message}`;
  }
  return 'none';
}

/** With a checksum that fits again, as somebody would write it who changed a byte on purpose. */
function resealed(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - 4;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(end, crc32(bytes.subarray(0, end)), true);
  return bytes;
}

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

/** A snapshot without meta, with that text as one. */
function withMeta(bytes: Uint8Array, text: string): Uint8Array {
  const meta = Buffer.from(text);
  const whole = Buffer.alloc(bytes.length + Math.ceil(meta.length / 8) * 8);
  whole.set(bytes);
  whole.fill(0, bytes.length - 4);
  whole.set(meta, bytes.length - 4);
  whole.writeUInt32LE(whole.length, 12);
  whole.writeUInt32LE(meta.length, 36);
  return resealed(new Uint8Array(whole));
}

describe('a snapshot', () => {
  test('gives the whole input back, bit for bit, strict or odd', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(inputs(), inputs({ odd: true })), async (input) => {
        const bytes = await snapshotOf(input, true);
        const { input: back, check } = parseSnapshot(bytes);
        const { columnsToCheck: _, ...checked } = checkEpochInput(input, { lenient: true });
        const { columnsToCheck: __, ...again } = checkEpochInput(back, check);
        const entries = (rows: EpochInput['weights']) => rows.offsets.at(-1)!;
        expect(check.lenient).toBe(true);
        expect(again.meta).toBe(undefined);
        expect({ ...again, meta: undefined }).toEqual({
          ...checked,
          weights: {
            offsets: checked.weights.offsets,
            columns: checked.weights.columns.slice(0, entries(checked.weights)),
            values: checked.weights.values.slice(0, entries(checked.weights)),
          },
          bonds: {
            offsets: checked.bonds.offsets,
            columns: checked.bonds.columns.slice(0, entries(checked.bonds)),
            values: checked.bonds.values.slice(0, entries(checked.bonds)),
          },
        });
      }),
      { seed: SEED, numRuns: runs(100) },
    ));

  test('is the same again after it was restored, with meta and what was pending', async () => {
    await using engine = await createEngine();
    using subnet = await engine.open({ ...WORKED_EXAMPLE, meta: META });
    await subnet.advance({ currentBlock: 2_000n, emission: 5n });
    subnet.setWeights(0, [[1, 7]], 2_001n);
    const bytes = subnet.snapshot();
    using restored = await engine.restore(bytes);
    expect(restored.snapshot()).toEqual(bytes);
    const step = { currentBlock: 2_360n, emission: 7n };
    const output = await restored.runEpoch(step);
    expect(output).toEqual(await subnet.runEpoch(step));
    expect(output.meta).toEqual(META);
  });

  test('reads from any place in a larger buffer, and keeps no hold on it', async () => {
    const bytes = await snapshotOf(WORKED_EXAMPLE);
    const around = new Uint8Array(bytes.length + 9);
    around.set(bytes, 5);
    const { input } = parseSnapshot(around.subarray(5, 5 + bytes.length));
    around.fill(0);
    expect(input.stake).toEqual(WORKED_EXAMPLE.stake);
  });

  test('cut anywhere is refused', async () => {
    const bytes = await snapshotOf({ ...WORKED_EXAMPLE, meta: META });
    for (let length = 0; length < bytes.length; length++) {
      expect(fault(bytes.subarray(0, length))).toMatch(/^BAD_SNAPSHOT/);
    }
    expect(fault(Uint8Array.of(...bytes, 0))).toMatch(/^BAD_SNAPSHOT/);
  });

  test('with any one byte changed is refused', async () => {
    const bytes = await snapshotOf({ ...WORKED_EXAMPLE, meta: META });
    expect(fault(bytes)).toBe('none');
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (at % 8);
      expect(fault(flipped), `byte ${at}`).toMatch(/^BAD_SNAPSHOT/);
    }
  });

  test('says what it is not', async () => {
    const bytes = await snapshotOf(WORKED_EXAMPLE);
    expect(fault(changed(bytes, 0, 0))).toContain('does not begin with');
    expect(fault(changed(bytes, 8, 2))).toContain('version 2 is not known');
    expect(fault(changed(bytes, 12, 7))).toContain('and says 7');
    expect(fault(changed(bytes, 200, 7))).toContain('checksum');
    expect(fault('text' as unknown as Uint8Array)).toContain('no Uint8Array');
  });

  test('whose lengths or contents are wrong under a checksum that fits is refused as well', async () => {
    const bytes = await snapshotOf(WORKED_EXAMPLE);
    for (const at of [16, 20, 24, 28, 36]) {
      for (const value of [0x7fff_ffff, 99]) {
        expect(fault(resealed(changed(bytes, at, value))), `length at ${at}`).toMatch(/^BAD_SNAPSHOT/);
      }
    }
    expect(fault(resealed(changed(bytes, 32, 2)))).toContain('its flags 2 are not known');
    expect(fault(resealed(changed(bytes, 40, 9)))).toContain('rules');
    const yuma3 = 72 + 8 * Object.keys(HYPERPARAMETERS).indexOf('yuma3');
    expect(fault(resealed(changed(bytes, yuma3, 2)))).toContain('yuma3 is 2, and neither 0 nor 1');
    expect(fault(resealed(changed(bytes, 72, 65_536)))).toMatch(/^OUT_OF_RANGE: tempo/);
    const weightOffsets = 176 + 16 * 5 + 3 * 8 * 5 + 8;
    expect(fault(resealed(changed(bytes, weightOffsets + 4, 50)))).toMatch(/^BAD_ROW_OFFSETS/);
  });

  test('whose padding is not zero is refused', async () => {
    const bytes = await snapshotOf({ ...WORKED_EXAMPLE, meta: META });
    const permits = 176 + 16 * 5 + 3 * 8 * 5;
    for (let at = permits + 5; at < permits + 8; at++) {
      const dirty = bytes.slice();
      dirty[at] = 1;
      expect(fault(resealed(dirty)), `byte ${at}`).toBe(
        `BAD_SNAPSHOT: the snapshot cannot be read: byte ${at} is padding and not 0. Restore from another one.`,
      );
    }
  });

  test('with an owner that has two forms is refused, since it would give other bytes again', async () => {
    const bytes = await snapshotOf({ ...WORKED_EXAMPLE, ownerUid: null });
    expect(fault(bytes)).toBe('none');
    expect(fault(resealed(changed(bytes, 44, 0xffff_fffe)))).toContain('its owner is uid -2');
  });

  test.each([
    ['{"a":12345678901234567890}', 'JSON.stringify'],
    ['{"a":1,"a":2}', 'JSON.stringify'],
    ['{"a": 1}', 'JSON.stringify'],
    ['\ufeff{"a":1}', 'cannot be read'],
    [`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'cannot be read'],
    ['[1]', 'no object'],
    ['null', 'no object'],
  ])('whose meta would not come back as it is, is refused: %.30s', (text, reason) => {
    const bytes = formatSnapshot(checkEpochInput(WORKED_EXAMPLE), {});
    expect(fault(withMeta(bytes, '{"a":1}'))).toBe('none');
    expect(fault(withMeta(bytes, text))).toMatch(/^BAD_SNAPSHOT/);
    expect(fault(withMeta(bytes, text))).toContain(reason);
  });

  test('whose meta is no JSON is refused, and meta that is none cannot be written', () => {
    const input = checkEpochInput({ ...WORKED_EXAMPLE, meta: { a: 1 } });
    const bytes = formatSnapshot(input, {});
    const brace = bytes.lastIndexOf('{'.charCodeAt(0));
    const broken = bytes.slice();
    broken[brace] = 0xff;
    expect(fault(resealed(broken))).toMatch(/^BAD_SNAPSHOT/);
    expect(() => formatSnapshot({ ...input, meta: { block: 1n } }, {})).toThrow(/meta cannot be written/);
    for (const meta of [null, 5, [1], 'text']) {
      expect(() => formatSnapshot({ ...input, meta: meta as never }, {})).toThrow(/it is no object/);
    }
  });
});
