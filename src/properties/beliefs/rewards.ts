/** False beliefs about bonds, dividends, amounts and permits. */
import { listRows, stakeFromRaw, stakeRaw } from '../../epoch/index.js';
import { fixed } from '../../reference.js';
import { storedRows, valuesOf } from '../bonds.js';
import { isHeld, repeated } from '../bonds-over-time.js';
import { withWeights } from '../change.js';
import { otherRow, powerless } from '../influence.js';
import { FIXED_YUMA3, STRICT, voters } from '../preconditions.js';
import { pickFrom } from '../property.js';
import type { Belief } from './belief.js';

export const storedIsTheSum: Belief = {
  name: 'stored-emission-is-the-sum',
  statement: 'The stored emission of a neuron differs from the sum of its two amounts by at most one rao.',
  why:
    'Shares are truncated to 32 bits before they are multiplied. One unit of a share is worth E / 2^32 rao: 34 rao of ' +
    '148 alpha.',
  spec: '10',
  refute: async ({ input }, run) => {
    const { emission, serverEmission, validatorEmission } = await run(input);
    const more = Array.from(emission, (amount, uid) => amount - serverEmission[uid]! - validatorEmission[uid]!);
    const uid = more.findIndex((rest) => rest > 1n);
    return uid < 0 ? null : `the stored emission of uid ${uid} is ${more[uid]} rao above its two amounts`;
  },
};

export const noStakeNoDividend: Belief = {
  name: 'no-stake-no-dividend',
  statement: 'A validator without any stake gets no dividends.',
  why: 'In Yuma2 active stake buys bonds, and bonds pay. Old bonds still pay when the stake is gone.',
  spec: '9.5',
  refute: async ({ input, spec }, run) => {
    const { dividends } = await run(input);
    const uid = spec.stake.findIndex((share, at) => share === 0n && dividends[at]! > 0);
    return uid < 0 ? null : `uid ${uid} has no stake and dividends of ${dividends[uid]}`;
  },
};

export const inactiveIsHarmless: Belief = {
  name: 'inactive-is-harmless',
  statement: 'The weights of an inactive validator change nothing for the others.',
  why:
    'In Yuma3 its row still makes bonds. They are part of the sum by which the bonds of each miner are shared, so they ' +
    'dilute those of everybody else.',
  spec: '9.4 c',
  refute: async (given, run) => {
    const uids = powerless(given, 'inactive');
    if (uids.length === 0) return null;
    const uid = pickFrom(given, 0, uids);
    const base = await run(given.input);
    const { dividends } = await run(withWeights(given.input, uid, otherRow(given, uid)));
    const hurt = dividends.findIndex((share, at) => at !== uid && share !== base.dividends[at]);
    return hurt < 0
      ? null
      : `inactive uid ${uid} moves the dividends of ${hurt} from ${base.dividends[hurt]} to ${dividends[hurt]}`;
  },
};

export const abandonedBondsDecay: Belief = {
  name: 'abandoned-bonds-decay',
  statement: 'A bond on a miner that nobody weighs any more shrinks with every epoch.',
  why: 'In Yuma2 a column of bonds is divided by its sum after the average. Where nobody buys, all shares stay as they are.',
  spec: '9.5',
  refute: async ({ input, spec }, run) => {
    const weighed = new Set(
      spec.weightsForBonds
        .flat()
        .filter(({ value }) => value > 0n)
        .map(({ column }) => column),
    );
    const old = listRows(input.bonds).map((row) => new Map(row));
    const { bondsMovingAverage } = input.hyperparameters;
    for (const { uid, stored } of storedRows(await run(input))) {
      for (const [column, bond] of stored) {
        if (bond === 0 || weighed.has(column) || bond < (old[uid]!.get(column) ?? 0)) continue;
        if (bondsMovingAverage < 1_000_000n)
          return `nobody weighs uid ${column}, and uid ${uid} keeps its bond of ${bond}`;
      }
    }
    return null;
  },
};

export const bondsReachTheirWeight: Belief = {
  name: 'bonds-reach-their-weight',
  statement: 'In Yuma3, if a weight never changes, its bond ends at it.',
  why: 'Each epoch truncates the bond to u16. At 900 000 a bond that lies ten units below its weight stands still.',
  spec: '9.3, 9.6',
  refute: async (given, run) => {
    const { input, spec } = given;
    if (!FIXED_YUMA3.holds(given) || !STRICT.holds(given) || input.hyperparameters.bondsMovingAverage > 900_000n)
      return null;
    for (const { uid, stored } of storedRows(await repeated(input, run, 250))) {
      for (const [column, weight] of valuesOf(spec.weightsForBonds[uid]!)) {
        const [bond, want] = [stored.get(column) ?? 0, fixed.toU16(weight)];
        if (isHeld(given, column) && bond < want)
          return `the bond of uid ${uid} on ${column} ends at ${bond}, its weight is ${want}`;
      }
    }
    return null;
  },
};

export const equalsGetEqualPermits: Belief = {
  name: 'equal-stake-equal-permit',
  statement: 'Two neurons of the same stake both get a permit, or neither does.',
  why: 'Permits are counted. Where the last one falls among equals the higher uid has it.',
  spec: '4.3',
  refute: async ({ input, spec }, run) => {
    const { newValidatorPermit } = await run(input);
    const others = [...spec.stake.keys()].filter((uid) => uid !== spec.owner);
    for (const uid of others) {
      const equal = others.find(
        (at) => spec.stake[at] === spec.stake[uid] && newValidatorPermit[at] !== newValidatorPermit[uid],
      );
      if (equal !== undefined) return `uids ${uid} and ${equal} have the same stake, one of them gets a permit`;
    }
    return null;
  },
};

/** Of 65535; more than truncation can be to blame for. */
const A_THOUSANDTH = 66;

export const stakePays: Belief = {
  name: 'more-stake-never-costs',
  statement: 'A validator that doubles its stake, all else unchanged, gets no smaller share of the dividends.',
  why: 'More stake moves the consensus. Others can find their weights cut less, or its own miners find themselves alone.',
  spec: '7.1, 9',
  refute: async (given, run) => {
    const { input, spec } = given;
    const uids = voters(spec);
    if (!STRICT.holds(given) || uids.length < 2) return null;
    const uid = pickFrom(given, 0, uids);
    const raised = Array.from({ length: input.n }, (_, at) => (at === uid ? 2n : 1n) * stakeRaw(input.stake, at));
    if (raised.reduce((sum, raw) => sum + raw, 0n) >= 2n ** 127n) return null;
    const [before, after] = [await run(input), await run({ ...input, stake: stakeFromRaw(raised) })];
    const [was, is] = [before.dividends[uid]!, after.dividends[uid]!];
    return is + A_THOUSANDTH < was ? `uid ${uid} doubles its stake, and its dividends go from ${was} to ${is}` : null;
  },
};
