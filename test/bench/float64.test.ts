/** How near the float64 peer is to the exact results: a peer that computes something else would be no peer. */
import { describe, expect, test } from 'vitest';
import { float64Epoch } from '../../src/bench/float64/index.js';
import { MODE_NAMES, MODES } from '../../src/bench/modes.js';
import { benchSubnet } from '../../src/bench/subnet.js';
import type { EpochInput } from '../../src/epoch/input.js';
import type { EpochOutput } from '../../src/epoch/output.js';
import { sampleCases } from '../../src/sample/sample.js';
import { createCore } from '../../src/wasm.js';

const core = createCore();

const SCORES = ['stakeWeight', 'consensus', 'incentive', 'dividends', 'validatorTrust'] as const;

/** u16 units, and share of the emission (a u16 unit is 1.5e-5 of it). */
const SCORE_TOLERANCE = 2;
const AMOUNT_TOLERANCE = 1e-5;

function expectNear(input: EpochInput, what: string): EpochOutput {
  const exact = core.runEpochSync(input);
  const near = float64Epoch(input);
  expect([...near.active], what).toEqual([...exact.active]);
  expect([...near.newValidatorPermit], what).toEqual([...exact.newValidatorPermit]);
  for (const field of SCORES) {
    const off = near[field].map((score, uid) => Math.abs(score - exact[field][uid]!));
    expect(Math.max(0, ...off), `${what}: ${field}`).toBeLessThanOrEqual(SCORE_TOLERANCE);
  }
  for (const field of ['serverEmission', 'validatorEmission'] as const) {
    const off = near[field].map((rao, uid) => Math.abs(rao - Number(exact[field][uid]!)) / Number(input.emission));
    expect(Math.max(0, ...off), `${what}: ${field}`).toBeLessThanOrEqual(AMOUNT_TOLERANCE);
  }
  expect([...near.bonds.offsets], what).toEqual([...exact.bonds.offsets]);
  expect([...near.bonds.columns], what).toEqual([...exact.bonds.columns]);
  let off = 0;
  for (const [at, bond] of near.bonds.values.entries()) off = Math.max(off, Math.abs(bond - exact.bonds.values[at]!));
  expect(off, `${what}: bonds`).toBeLessThanOrEqual(SCORE_TOLERANCE);
  return exact;
}

describe.each(MODE_NAMES)('the float64 epoch in %s', (mode) => {
  test.each([
    { validators: 16, neurons: 64, fill: 1, pattern: 'columns' },
    { validators: 16, neurons: 64, fill: 0.2, pattern: 'columns' },
    { validators: 32, neurons: 300, fill: 0.3, pattern: 'random' },
    { validators: 48, neurons: 48, fill: 1, pattern: 'columns' },
    { validators: 1, neurons: 1, fill: 1, pattern: 'columns' },
    { validators: 4, neurons: 16, fill: 0, pattern: 'columns' },
  ] as const)('is within two u16 units of the exact one: %o', (shape) => {
    for (let netuid = 1; netuid <= 5; netuid++) expectNear(benchSubnet(shape, mode, 3, netuid), `netuid ${netuid}`);
  });

  test('is so on realistic subnets, which have masks, owners and unsorted rows', () => {
    let scored = 0;
    for (const { name, input } of sampleCases({
      neurons: 96,
      validators: 16,
      subnets: 20,
      fill: 0.6,
      seed: 5,
      ...MODES[mode],
    })) {
      scored += expectNear(input, name).incentive.some((score) => score > 0) ? 1 : 0;
    }
    expect(scored).toBeGreaterThan(15);
  });
});
