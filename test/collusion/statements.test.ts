/**
 * Statements about the two-team game that people rely on, held against maps of the standard subnet (512 neurons, seed
 * 1, 3 repeats) on a coarser grid. docs/collusion.md tells where each comes from and what the whole maps give.
 */
import { describe, expect, test } from 'vitest';
import { type CollusionOptions, collusionMap, gridAxis, retentionLines } from '../../src/collusion/index.js';
import { createEngine } from '../../src/index.js';

const engine = await createEngine({ backend: 'wasm' });

/** From where on each stake is kept under any cabal; W_H from 0.5 in steps of 0.02. */
async function anyCabal(options: CollusionOptions) {
  const honestUtilities = Array.from({ length: 26 }, (_, at) => (25 + at) / 50);
  const map = await collusionMap({ honestUtilities, cabalSelfWeights: gridAxis(6), ...options, engine });
  return retentionLines(map).map(({ stake, anyCabal }) => ({ stake, ...anyCabal }));
}

const standard = await anyCabal({ stakes: [0.51, 0.6, 0.7, 0.8, 0.9] });
const [slim, sixty, seventy, eighty, ninety] = standard;

describe('at kappa 0.5, full penalty and sigma 0.4', () => {
  test('honest stake 0.6 keeps its share under any cabal from W_H 0.735 on, give or take 0.007', () => {
    expect(sixty!.honestUtility).toBeCloseTo(0.735, 2);
    expect(sixty!.low!).toBeLessThan(0.73);
    expect(sixty!.low!).toBeGreaterThan(0.725);
    expect(sixty!.high!).toBeLessThan(0.745);
  });

  test('honest stake 0.7 does from about W_H 0.75 on', () => {
    expect(seventy!.low!).toBeLessThanOrEqual(0.75);
    expect(seventy!.high!).toBeGreaterThanOrEqual(0.75);
    expect(seventy!.high! - seventy!.low!).toBeLessThan(0.015);
  });

  test('more stake takes more utility to keep, from 0.6 on: the bands do not touch', () => {
    expect(sixty!.high!).toBeLessThan(seventy!.low!);
    expect(seventy!.high!).toBeLessThan(eighty!.low!);
    expect(eighty!.high!).toBeLessThan(ninety!.low!);
  });

  test('but a slim majority of 0.51 takes more than 0.6, 0.7 and 0.8 do', () => {
    expect(slim!.low!).toBeGreaterThan(eighty!.high!);
  });

  test('Yuma3 keeps what Yuma2 does', async () => {
    const [yuma3] = await anyCabal({ stakes: [0.6], yuma3: true });
    expect(Math.abs(yuma3!.honestUtility! - sixty!.honestUtility!)).toBeLessThan(0.001);
  });
});

test('a lower penalty erodes it: about 0.735, 0.77 and 0.79 for stake 0.6', async () => {
  const [half] = await anyCabal({ stakes: [0.6], bondsPenalty: 0.5 });
  const [none] = await anyCabal({ stakes: [0.6], bondsPenalty: 0 });
  expect(half!.low!).toBeGreaterThan(sixty!.high!);
  expect(none!.low!).toBeGreaterThan(half!.high!);
  expect(half!.honestUtility).toBeCloseTo(0.772, 2);
  expect(none!.honestUtility).toBeCloseTo(0.791, 2);
});

test('more noise erodes it: 0.60, 0.67 and 0.735 for stake 0.6 at sigma 0, 0.2 and 0.4', async () => {
  const [none] = await anyCabal({ stakes: [0.6], sigma: 0 });
  const [some] = await anyCabal({ stakes: [0.6], sigma: 0.2 });
  expect(none!.honestUtility).toBeCloseTo(0.6, 3);
  expect(some!.honestUtility).toBeCloseTo(0.667, 2);
  expect(some!.low!).toBeGreaterThan(none!.high!);
  expect(sixty!.low!).toBeGreaterThan(some!.high!);
});

test('kappa 0.6 leaves stakes below 0.6 without protection', async () => {
  for (const line of await anyCabal({ stakes: [0.51, 0.55], kappa: 0.6 })) {
    expect(line.honestUtility, `stake ${line.stake}`).toBeNull();
  }
});

test('kappa 0.4 asks more of a stake of 0.51', async () => {
  const [lower] = await anyCabal({ stakes: [0.51], kappa: 0.4 });
  expect(lower!.low!).toBeGreaterThan(slim!.high!);
});
