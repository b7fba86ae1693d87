/** Who is paid, and that no more is paid than there is. The bounds are derived in docs/properties.md. */
import { type EpochInput, type EpochOutput, stakeRaw } from '../epoch/index.js';
import type { EpochTrace } from '../reference.js';
import { SOUND } from './preconditions.js';
import type { Given, Precondition, Property } from './property.js';
import { ONE, rangeOf, sumOf } from './raw.js';

const positive = (values: readonly bigint[]): number => values.filter((value) => value > 0n).length;

/** Sum of all incentives and dividends: Q of the spec. */
export const scored = ({ incentive, dividends }: EpochTrace): bigint => sumOf([...incentive, ...dividends]);

/** Numbers that are divided and truncated on the way to the amounts. */
function terms({ input, spec }: Given): number {
  if (scored(spec) > 0n) return positive(spec.incentive) + positive(spec.dividends);
  return positive(spec.activeStake) || positive(filteredStake(input, spec));
}

function filteredStake(input: EpochInput, { owner, wholeStake }: EpochTrace): bigint[] {
  const { minStake } = input.hyperparameters;
  return wholeStake.map((whole, uid) => (uid === owner || whole >= minStake ? stakeRaw(input.stake, uid) : 0n));
}

const SOME_SHARE: Precondition = {
  says: 'some stake passes the threshold',
  holds: ({ spec }) => spec.stake.some((share) => share > 0n),
  without: 'nobody has a share, and nothing at all is paid',
};

const SCORED: Precondition = {
  says: 'somebody has an incentive or a dividend',
  holds: ({ spec }) => scored(spec) > 0n,
  without: 'validators are paid by their stake (fallback-by-stake)',
};

const paid = ({ serverEmission, validatorEmission }: EpochOutput): bigint =>
  sumOf(serverEmission) + sumOf(validatorEmission);

export const noMoreThanAll: Property = {
  name: 'no-more-than-all',
  family: 'emission',
  statement: 'Server and validator amounts together never exceed the emission; nor do the stored amounts.',
  formula: 'sum server[i] + sum validator[i] <= E; sum emission[i] <= E',
  spec: '10',
  requires: SOUND,
  check: async ({ input }, run) => {
    const output = await run(input);
    const all = { 'server and validator amounts': paid(output), 'stored amounts': sumOf(output.emission) };
    const found = Object.entries(all).find(([, sum]) => sum > input.emission);
    return found === undefined ? null : `${found[0]} are ${found[1]} of ${input.emission}`;
  },
};

export const littleIsLost: Property = {
  name: 'little-is-lost',
  family: 'emission',
  statement: 'What is paid falls short of the emission by truncation only.',
  formula: '(E - paid) * 2^32 < (m - 1) * E + m * 2^32, m = number of non-zero incentives and dividends',
  spec: '10, 12',
  requires: [...SOUND, SOME_SHARE],
  check: async (subject, run) => {
    const { emission } = subject.input;
    const sum = paid(await run(subject.input));
    const m = BigInt(terms(subject));
    const lost = emission - sum;
    return lost * ONE < (m - 1n) * emission + m * ONE
      ? null
      : `${sum} of ${emission} is paid for ${m} scores: ${lost} is lost`;
  },
};

export const storedAmount: Property = {
  name: 'stored-amount',
  family: 'emission',
  statement:
    'The stored amount is what a neuron is paid, or more by less than one raw share of the emission and two rao.',
  formula: '0 <= emission[i] - server[i] - validator[i] < E / 2^32 + 2',
  spec: '10',
  requires: SOUND,
  check: async ({ input }, run) => {
    const { emission, serverEmission, validatorEmission } = await run(input);
    const more = Array.from(emission, (amount, uid) => amount - serverEmission[uid]! - validatorEmission[uid]!);
    const uid = more.findIndex((rest) => rest < 0n || rest * ONE >= input.emission + 2n * ONE);
    return uid < 0 ? null : `emission of uid ${uid} is the sum of its two amounts and ${more[uid]}`;
  },
};

export const nothingForNothing: Property = {
  name: 'nothing-for-nothing',
  family: 'emission',
  statement:
    'A neuron that no vote names, or without incentive, is paid nothing for mining; one without voting stake (in Yuma2: ' +
    'and without stored bonds), or without dividends, nothing for validating.',
  formula:
    'no i with a[i] > 0 and w[i][j] > 0, or inc[j] = 0: server[j] = 0; a[i] = 0 (Yuma2: and B[i] empty), or dv[i] = 0: ' +
    'validator[i] = 0',
  spec: '7.4, 10',
  requires: [...SOUND, SCORED],
  check: async ({ input, spec }, run) => {
    const output = await run(input);
    const { yuma3 } = input.hyperparameters;
    const named = new Set(
      spec.weights
        .flatMap((row, uid) => (spec.activeStake[uid]! > 0n ? row : []))
        .filter(({ value }) => value > 0n)
        .map(({ column }) => column),
    );
    for (let uid = 0; uid < input.n; uid++) {
      const mines = named.has(uid) && rangeOf(output, 'incentive', uid).high > 0n;
      if (!mines && output.serverEmission[uid]! > 0n) return `uid ${uid} gets ${output.serverEmission[uid]} for mining`;
      const earns = spec.activeStake[uid]! > 0n || (!yuma3 && spec.oldBonds[uid]!.length > 0);
      const votes = earns && rangeOf(output, 'dividends', uid).high > 0n;
      if (!votes && output.validatorEmission[uid]! > 0n)
        return `uid ${uid} gets ${output.validatorEmission[uid]} for validating`;
    }
    return null;
  },
};

export const fallbackByStake: Property = {
  name: 'fallback-by-stake',
  family: 'emission',
  statement:
    'Where nobody scores, miners get nothing and validators are paid by active stake, or by stake if none is active.',
  formula: 'Q = 0: server = 0; validator[i] = emission[i] = floor(f[i] * E / 2^32), f = a, or s where sum a = 0',
  spec: '10, 12',
  requires: [
    ...SOUND,
    {
      says: 'nobody has an incentive or a dividend',
      holds: ({ spec }) => scored(spec) === 0n,
      without: 'amounts follow the scores',
    },
  ],
  check: async ({ input, spec }, run) => {
    const output = await run(input);
    const shares = sumOf(spec.activeStake) === 0n ? spec.stake : spec.activeStake;
    for (const [uid, share] of shares.entries()) {
      const want = (share * input.emission) / ONE;
      const got = [output.serverEmission[uid]!, output.validatorEmission[uid]!, output.emission[uid]!];
      if (got[0] !== 0n || got[1] !== want || got[2] !== want)
        return `uid ${uid} gets ${got}, was to get 0,${want},${want}`;
    }
    return null;
  },
};

export const halves: Property = {
  name: 'halves',
  family: 'emission',
  statement:
    'Where there are both incentives and dividends, miners as a whole get half of the emission, within truncation.',
  formula:
    'E * (P / (P + 2^32) - k / 2^32) - k < sum server <= E * 2^32 / (2^32 + D); k, l = number of non-zero incentives, ' +
    'dividends; P = 2^32 - k + 1, D = 2^32 - l + 1',
  spec: '10',
  requires: [
    ...SOUND,
    {
      says: 'there are incentives and dividends',
      holds: ({ spec }) => positive(spec.incentive) > 0 && positive(spec.dividends) > 0,
      without: 'one side gets all of it',
    },
  ],
  check: async ({ input: { emission, ...input }, spec }, run) => {
    const [k, l] = [BigInt(positive(spec.incentive)), BigInt(positive(spec.dividends))];
    const [leastP, leastD] = [ONE - k + 1n, ONE - l + 1n];
    const { serverEmission } = await run({ ...input, emission });
    const mined = sumOf(serverEmission);
    const low = emission * (leastP * ONE - k * (leastP + ONE)) < (mined + k) * (leastP + ONE) * ONE;
    const high = mined * (ONE + leastD) <= emission * ONE;
    return low && high ? null : `miners get ${mined} of ${emission}`;
  },
};

export const scoresSum: Property = {
  name: 'scores-sum-to-one',
  family: 'emission',
  statement: 'Incentives are 0 or add up to 1, and so do dividends; each non-zero one loses less than one unit.',
  formula: '0, or 2^32 - m < sum <= 2^32 with m non-zero ones; as u16: (2^32 - m + 1) * 65535 < (sum + m) * 2^32',
  spec: '7.4, 9.4 c, 9.5',
  requires: SOUND,
  check: async ({ input, spec }, run) => {
    const output = await run(input);
    for (const score of ['incentive', 'dividends'] as const) {
      const m = BigInt(positive(spec[score]));
      const sum = BigInt(output[score].reduce((total, share) => total + share, 0));
      const raw = output.intermediates && sumOf(output.intermediates[score]);
      if (sum > 65_535n || (raw !== undefined && raw > ONE))
        return `${score} add up to ${sum}, raw ${raw ?? 'unknown'}`;
      const short = m > 0n && (sum + m) * ONE <= (ONE - m + 1n) * 65_535n;
      if (short || (m > 0n && raw !== undefined && raw <= ONE - m)) return `${m} ${score} add up to ${sum} only`;
      if (m === 0n && sum > 0n) return `${score} add up to ${sum}, where there are none`;
    }
    return null;
  },
};
