/** The network benchmark on tiny networks: what it says about results, never how long they took. */
import { describe, expect, test } from 'vitest';
import { bytesNeeded } from '../../src/bench/memory.js';
import { MODE_NAMES } from '../../src/bench/modes.js';
import { benchNetwork, type NetworkRow, type SkippedPeer } from '../../src/bench/network.js';
import { PEERS, type PeerName } from '../../src/bench/peers.js';
import type { NetworkOptions } from '../../src/bench/plan.js';

const TINY: NetworkOptions = {
  subnets: 2,
  neurons: 64,
  validators: 16,
  fill: 1,
  pattern: 'columns',
  mode: 'yuma3',
  seed: 7,
  epochs: 3,
  threads: 0,
  peers: PEERS,
  fullScale: false,
};

/** @param left takes what peers are left out; by default none may be */
async function bench(
  changes: Partial<NetworkOptions> = {},
  { signal = new AbortController().signal, left = null as SkippedPeer[] | null } = {},
) {
  const rows: NetworkRow[] = [];
  let progress = 0;
  const result = await benchNetwork(
    { ...TINY, ...changes },
    {
      signal,
      progress: () => {
        progress += 1;
      },
      row: (row) => void rows.push(row),
      skipped: (peer) => void (left ?? expect.unreachable()).push(peer),
    },
  );
  expect(rows).toEqual(result.rows);
  expect(progress).toBeGreaterThan(0);
  return result;
}

const checksumOf = async (changes: Partial<NetworkOptions>): Promise<string> =>
  (await bench({ peers: ['wasm'], ...changes })).rows[0]!.checksum!;

describe('a network epoch', () => {
  test.each(MODE_NAMES)('in %s: all exact backends agree, float64 comes near', async (mode) => {
    const { rows, agree } = await bench({ mode });
    expect(agree).toBe(true);
    expect(rows.map(({ backend, agrees }) => [backend, agrees])).toEqual([
      ['wasm', null],
      ['plain', true],
      ['reference', true],
      ['float64', null],
    ]);
    const [wasm, plain, , float64] = rows;
    expect(wasm!.checksum).toMatch(/^[0-9a-f]{16}$/);
    expect(plain!.checksum).toBe(wasm!.checksum);
    expect(float64!.checksum).toBeNull();
    expect(float64!.differences!.compared).toBe(2 * 5 * 64);
    expect(float64!.differences!.largest).toBeLessThanOrEqual(2);
  });

  test.each([
    { fill: 0.3 },
    { fill: 0.3, pattern: 'random' },
    { fill: 0 },
    { neurons: 1, validators: 1 },
    { neurons: 16, validators: 16, subnets: 5 },
  ] as const)('agrees with %o, too', async (changes) => {
    expect((await bench(changes)).agree).toBe(true);
  });

  test('gives the checksum of one thread on two', async () => {
    const { rows, speedUpPerThread } = await bench({ threads: 2, subnets: 6, peers: ['wasm'] });
    expect(rows.map(({ threads, agrees }) => [threads, agrees])).toEqual([
      [2, null],
      [1, true],
    ]);
    expect(rows[1]!.checksum).toBe(rows[0]!.checksum);
    expect(rows[0]!.checksum).toBe(await checksumOf({ subnets: 6 }));
    expect(speedUpPerThread).toBeGreaterThan(0);
  });

  test('has one checksum a seed, mode, shape and number of epochs', async () => {
    const same = await checksumOf({});
    expect(await checksumOf({})).toBe(same);
    const others = await Promise.all(
      [{ seed: 8 }, { mode: 'yuma2' as const }, { fill: 0.9 }, { validators: 15 }, { subnets: 3 }, { epochs: 4 }].map(
        checksumOf,
      ),
    );
    expect(new Set([same, ...others]).size).toBe(others.length + 1);
  });

  test('says how many subnets were measured where a peer takes too long for all', async () => {
    const { rows } = await bench({
      subnets: 3,
      neurons: 512,
      validators: 400,
      peers: ['wasm', 'reference'],
      epochs: 1,
    });
    const [wasm, reference] = rows;
    expect(wasm).toMatchObject({ measuredSubnets: 3, epochs: 1 });
    expect(reference).toMatchObject({ measuredSubnets: 1, subnets: 3, agrees: true, checksum: null });
    expect(reference!.nsPerWeight! * 3 * 512 * 400).toBeCloseTo(reference!.medianMs * 1e6, -3);
  });

  test('leaves out a peer that has not the memory', async () => {
    const left: SkippedPeer[] = [];
    const large = { subnets: 1, neurons: 2100, validators: 2100, epochs: 1, fullScale: true } as const;
    const { rows, agree } = await bench({ ...large, peers: ['wasm', 'reference'] }, { left });
    expect(rows.map(({ backend }) => backend)).toEqual(['wasm']);
    expect(left).toEqual([
      { backend: 'reference', mode: 'yuma3', skipped: 'one of these subnets would take 2.2 GB of the heap' },
    ]);
    expect(agree).toBe(true);
    await expect(bench({ ...large, peers: ['reference'] })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });

  test('can be measured on each peer alone', async () => {
    for (const peer of PEERS) {
      const { rows, agree } = await bench({ peers: [peer] });
      expect(agree).toBe(true);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ backend: peer, agrees: null, differences: null, timesMain: 1 });
    }
  });

  test('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    const run = bench({ subnets: 60_000, peers: ['wasm'] }, { signal: stop.signal });
    const reason = new Error('stopped');
    setTimeout(() => stop.abort(reason), 20);
    await expect(run).rejects.toBe(reason);
  });

  test.each([
    [{ validators: 65 }, 'validators'],
    [{ neurons: 0 }, 'neurons'],
    [{ subnets: 0 }, 'subnets'],
    [{ epochs: 1.5 }, 'epochs'],
    [{ seed: -1 }, 'seed'],
    [{ fill: 1.1 }, 'fill'],
  ])('refuses %o', async (changes, field) => {
    await expect(bench(changes)).rejects.toMatchObject({ code: 'OUT_OF_RANGE', data: { field } });
  });
});

describe('at full scale', () => {
  test('subnets are streamed, one at a time, to the same results', async () => {
    const peers: readonly PeerName[] = ['wasm', 'plain', 'reference', 'float64'];
    // Fewer epochs warm up when streaming, so as many more are measured.
    const streamed = await bench({ subnets: 40, epochs: 3, fullScale: true, peers });
    const whole = await bench({ subnets: 40, epochs: 2, peers: ['wasm'] });
    expect(streamed.agree).toBe(true);
    expect(streamed.rows[0]!.checksum).toBe(whole.rows[0]!.checksum);
    expect(streamed.rows.map(({ agrees }) => agrees)).toEqual([null, true, true, null]);
  });

  test('what is in memory does not grow with the number of subnets', () => {
    const network = { ...TINY, neurons: 4096, validators: 4096, fullScale: true };
    expect(bytesNeeded({ ...network, subnets: 256 })).toBe(bytesNeeded({ ...network, subnets: 1 }));
    expect(bytesNeeded({ ...network, subnets: 256 })).toBeLessThan(16e9);
  });
});
