/** The bracket of the sigmoid (docs/gpu.md) against the chain's own series: at all knots, beside them, at random. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Device, openDevice } from '../../../src/backends/webgpu/device.js';
import { sigmoidTable } from '../../../src/backends/webgpu/sigmoid.js';
import { nodeSource } from '../../../src/backends/webgpu/source-node.js';
import { expSafe } from '../../../src/epoch/reference/exponential.js';
import { ONE } from '../../../src/epoch/reference/fixed.js';
import { Random } from '../../../src/sample/random.js';
import { runs, SEED } from '../../counterexamples.js';
import { describeOnGpu, MAIN_ADAPTERS } from '../../gpu.js';
import { runProbe } from './probe.js';

const LIMIT = 20n * ONE;
const KNOT = 2n ** 26n;
const BODY = 'answer64(0u, bracket_of(arg64(0u), arg(2u) != 0u));';

function sizesToTry(random: number): bigint[] {
  const sizes: bigint[] = [];
  for (let size = 0n; size <= LIMIT; size += KNOT / 2n) sizes.push(size - 1n, size, size + 1n); // knots, and halfway
  const draw = new Random(SEED, 2);
  for (let count = 0; count < random; count++) {
    const bits = BigInt(draw.below(38));
    sizes.push(((BigInt(draw.next()) << 6n) | BigInt(draw.below(64))) >> bits);
  }
  return sizes.filter((size) => size >= 0n && size <= LIMIT);
}

await describeOnGpu('the bracket', MAIN_ADAPTERS, (adapter) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(nodeSource(), adapter.adapter);
  });
  afterAll(() => device.close());

  /** How many sigmoids lie below and above the bracket of a table with such margins, and how wide it is at most. */
  async function misses(part: number, random: number): Promise<{ below: number; above: number; widest: number }> {
    const sizes = sizesToTry(random);
    const operands = new Uint32Array(6 * sizes.length);
    for (const [index, size] of sizes.entries()) {
      const words = [Number(size & (ONE - 1n)), Number(size >> 32n)];
      operands.set([...words, 0, ...words, 1], 6 * index);
    }
    const kernel = { pass: 'bracket', lanes: 1 } as const;
    const tables = sigmoidTable(part) as Uint32Array<ArrayBuffer>;
    const answers = await runProbe(device, { kernel, takes: 3, gives: 2, body: BODY, tables }, operands);
    const found = { below: 0, above: 0, widest: 0 };
    for (const [index, size] of sizes.entries()) {
      for (const [sign, exponent] of [size, -size].entries()) {
        const sigmoid = Number(2n ** 64n / (ONE + expSafe(exponent)));
        const least = answers[4 * index + 2 * sign]!;
        const largest = answers[4 * index + 2 * sign + 1]!;
        found.below += Number(sigmoid < least);
        found.above += Number(sigmoid > largest);
        found.widest = Math.max(found.widest, largest - least);
      }
    }
    return found;
  }

  test('holds the sigmoid at every exponent tried, and is narrow', async () => {
    const { below, above, widest } = await misses(1, runs(100_000));
    expect({ below, above }).toEqual({ below: 0, above: 0 });
    expect(widest).toBeLessThan(64);
  });

  test('would miss it with a quarter of the margins', async () => {
    const { below, above } = await misses(0.25, 20_000);
    expect(below).toBeGreaterThan(0);
    expect(above).toBeGreaterThan(0);
  });
});
