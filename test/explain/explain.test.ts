import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EpochInput, listRows, sparseRows } from '../../src/epoch/input.js';
import { traceEpoch } from '../../src/epoch/reference/epoch.js';
import { checkedMul, normalize, prop, sum } from '../../src/epoch/reference/fixed.js';
import { checkEpochInput } from '../../src/epoch/validate.js';
import { countMasks, type Explanation, explainNeuron } from '../../src/explain/index.js';
import { sampleCases } from '../../src/sample/sample.js';
import { WORKED_EXAMPLE } from '../worked-example.js';

const SEED = Number(process.env.SEED ?? 20_260_731);
const ONE = 1n << 32n;

describe('the worked example of the spec (16)', () => {
  test('uid 2 lost a third of its trust, all on uid 3, and its self weight is void', () => {
    const { validator } = explainNeuron(WORKED_EXAMPLE, 2);
    expect(validator).toMatchObject({
      stored: 2,
      voided: [{ uid: 2, value: 65_535, reason: 'diagonal' }],
      weightSum: ONE,
      trust: 2_863_296_966n,
      above: [{ uid: 3, weight: ONE, consensus: 2_863_296_966n, gap: 1_431_670_330n }],
      below: [{ uid: 4, weight: 0n, consensus: 1_431_670_329n, gap: 1_431_670_329n }],
    });
    expect(validator!.bonds.map(({ uid }) => uid)).toEqual([3]);
    expect(validator!.bonds[0]).toMatchObject({ before: 327_685_000n, part: ONE });
  });

  test('the consensus on uid 4 stands where the support reaches kappa', () => {
    const { miner, registration, emission } = explainNeuron(WORKED_EXAMPLE, 4);
    expect(miner).toMatchObject({
      consensus: 1_431_670_329n,
      incentive: 1_577_757_828n,
      place: 2,
      rewarded: 2,
      silent: { validators: 1 },
      voided: [],
    });
    expect(miner!.support).toEqual([
      { uid: 1, stake: 1_288_490_188n, weight: 3_579_139_413n, support: 1_288_490_188n, cutOff: 2_147_469_084n },
      { uid: 0, stake: 2_576_980_378n, weight: 1_431_670_329n, support: 3_865_470_566n, cutOff: 0n },
    ]);
    expect(registration).toEqual({ block: 9_700n, age: 300n, voidsBonds: true });
    expect(emission).toMatchObject({ miner: 27_183_927_426n, validator: 0n });
  });

  test('bonds in uid 4, registered since the last epoch, are void', () => {
    const { validator } = explainNeuron(WORKED_EXAMPLE, 0);
    expect(validator!.voidedBonds).toEqual([4]);
    expect(validator!.bonds.find(({ uid }) => uid === 4)).toMatchObject({ before: null });
  });

  test('stake, permit and activity are the masks of the epoch', () => {
    const { stake, permit, activity, isOwner } = explainNeuron(WORKED_EXAMPLE, 1);
    expect(stake).toEqual({
      rao: 300_000n,
      minStake: 1_000n,
      belowThreshold: false,
      share: 1_288_490_188n,
      activeShare: 1_288_490_188n,
    });
    expect(permit).toEqual({ now: true, next: true, place: 2, permits: 64 });
    expect(activity).toEqual({ active: true, lastUpdate: 9_900n, age: 100n });
    expect(isOwner).toBe(false);
  });

  test('a neuron nobody weighs is no miner, one without permit, weights and bonds no validator', () => {
    expect(explainNeuron(WORKED_EXAMPLE, 0).miner).toBeNull();
    expect(explainNeuron(WORKED_EXAMPLE, 3).validator).toBeNull();
  });

  test('a uid that is none is refused', () => {
    for (const uid of [5, -1, 1.5, Number.NaN]) {
      expect(() => explainNeuron(WORKED_EXAMPLE, uid)).toThrow(expect.objectContaining({ code: 'NO_SUCH_UID' }));
    }
  });
});

describe('why a weight or a vote does not count', () => {
  const reasonsFor = (uid: number, changes: Partial<EpochInput>): (readonly [number, string])[] =>
    explainNeuron({ ...WORKED_EXAMPLE, ...changes }, uid).miner!.voided.map((vote) => [vote.uid, vote.reason] as const);

  test.each<[string, Partial<EpochInput>, (readonly [number, string])[]]>([
    ['no permit', { validatorPermit: Uint8Array.of(0, 1, 1, 0, 0) }, [[0, 'permit']]],
    [
      'outdated',
      { registeredAt: BigUint64Array.of(100n, 100n, 100n, 9_900n, 9_700n) },
      [0, 1, 2].map((uid) => [uid, 'outdated']),
    ],
    ['open commit', { commitBlock: BigUint64Array.of(99n, 100n, 100n, 0n, 0n) }, [[0, 'commit']]],
    ['inactive', { lastUpdate: BigUint64Array.of(9_900n, 4_999n, 9_900n, 0n, 0n) }, [[1, 'inactive']]],
    ['no stake', { hyperparameters: { ...WORKED_EXAMPLE.hyperparameters, minStake: 100_001n } }, [[2, 'no stake']]],
  ])('%s', (_, changes, expected) => {
    expect(reasonsFor(3, changes)).toEqual(expected);
  });
});

describe('had it handed in the consensus', () => {
  test('is the epoch with that row replaced', () => {
    const story = explainNeuron(WORKED_EXAMPLE, 2);
    // The consensus is 2863296966 and 1431670329 on uids 3 and 4: 65535 and 32768 in u16.
    const rows = listRows(WORKED_EXAMPLE.weights);
    rows[2] = [
      [3, 65_535],
      [4, 32_768],
    ];
    const other = traceEpoch(checkEpochInput({ ...WORKED_EXAMPLE, weights: sparseRows(rows) }));
    expect(story.validator!.withConsensus).toEqual({
      trust: other.validatorTrust[2],
      dividends: other.dividends[2],
      emission: other.amounts.validator[2],
    });
    expect(story.validator!.withConsensus!.trust).toBeGreaterThan(story.validator!.trust);
  });

  test('is not asked of somebody without a vote', () => {
    const inactive = { ...WORKED_EXAMPLE, lastUpdate: BigUint64Array.of(9_900n, 9_900n, 1n, 0n, 0n) };
    expect(explainNeuron(inactive, 2).validator!.withConsensus).toBeNull();
  });

  test('is not asked where there is no consensus', () => {
    const silent = { ...WORKED_EXAMPLE, weights: sparseRows([[], [], [], [], []]) };
    expect(explainNeuron(silent, 0).validator!.withConsensus).toBeNull();
    expect(explainNeuron(silent, 0).epoch.paidByStake).toBe(true);
  });
});

describe('every story adds up, whatever the subnet', () => {
  const stories = function* (input: EpochInput): Generator<Explanation> {
    for (let uid = 0; uid < input.n; uid++) yield explainNeuron(input, uid);
  };
  const subnets = fc.record({
    seed: fc.nat(),
    fill: fc.constantFrom(0.2, 0.6, 1),
    neurons: fc.integer({ min: 3, max: 22 }),
  });
  const forAll = (check: (input: EpochInput) => void): void =>
    fc.assert(
      fc.property(subnets, (size) => {
        for (const { input } of sampleCases({ ...size, validators: 3, subnets: 3 })) check(input);
      }),
      { seed: SEED, numRuns: 8 },
    );

  test('what was cut off is what is missing from the trust', () => {
    forAll((input) => {
      for (const { validator } of stories(input)) {
        if (validator === null) continue;
        expect(sum(validator.above.map(({ gap }) => gap))).toBe(validator.weightSum - validator.trust);
      }
    });
  });

  test('the consensus is the largest weight whose support reaches kappa', () => {
    forAll((input) => {
      const kappa = prop(input.hyperparameters.kappa);
      for (const { miner } of stories(input)) {
        if (miner === null) continue;
        const carried = miner.support.find(({ support }) => support >= kappa);
        expect(carried?.weight ?? 0n).toBe(miner.consensus);
        for (const { weight, cutOff } of miner.support) {
          expect(cutOff).toBe(weight > miner.consensus ? weight - miner.consensus : 0n);
        }
      }
    });
  });

  test('the returns of the bonds are the dividends', () => {
    forAll((input) => {
      const trace = traceEpoch(checkEpochInput(input));
      const returns = [...stories(input)].map(({ validator, stake }) => {
        const total = sum((validator?.bonds ?? []).map(({ share, incentive }) => (share * incentive) >> 32n));
        return input.hyperparameters.yuma3 ? checkedMul(total, stake.activeShare)! : total;
      });
      expect(normalize(returns)).toEqual(trace.dividends);
    });
  });

  test('masks are counted as the epoch applies them', () => {
    forAll((input) => {
      const checked = checkEpochInput(input);
      const trace = traceEpoch(checked);
      const counts = countMasks(checked);
      const left = trace.weights.reduce((entries, row) => entries + row.length, 0);
      const voided = Object.values(counts.weights).reduce((entries, found) => entries + found, 0);
      expect(left + voided).toBe(input.weights.columns.length);
      expect(counts.bonds + trace.oldBonds.flat().length).toBe(input.bonds.columns.length);
      expect(counts.permits).toBe(trace.permit.filter((permit) => permit).length);
      const byStory = [...stories(input)].reduce(
        (entries, { validator }) => entries + (validator?.voided.length ?? 0),
        0,
      );
      expect(byStory).toBe(voided);
    });
  });
});
