/** Branches of bonds, dividends and stored results, without liquid alpha (spec 9, 11). */
import { ONE, toU16 } from '#yuma/epoch/reference/fixed.js';
import type { Row } from '#yuma/epoch/reference/rows.js';
import { type Branches, type Seen, twice } from './seen.js';

const MILLION = 1_000_000n;
/** From here on the average does not fit I32F32. */
const TOO_LARGE = 2n ** 31n * MILLION;

export const BONDS: Branches = {
  '9.1 a bond within the horizon': ({ trace }) => trace.oldBonds.some((row) => row.length > 0),
  '9.1 a void bond': (seen) => toward(seen, (registered) => registered >= seen.trace.horizon),
  '9.1 void from the very block': (seen) => toward(seen, (registered) => registered === seen.trace.horizon),
  '9.1 within by one block': (seen) => toward(seen, (registered) => registered + 1n === seen.trace.horizon),
  '9.1 a bond beyond the neurons': ({ input }) => input.bonds.columns.some((column) => column >= input.n),
  '9.1 a bond twice in a row': ({ storedBonds }) => storedBonds.some(twice),
  '9.2 alpha 0: new bonds do not count': ({ trace }) => trace.alpha === 0n,
  '9.2 alpha 1: old bonds do not count': ({ trace }) => trace.alpha === ONE,
  '9.2 alpha between': ({ trace }) => trace.alpha !== null && trace.alpha > 0n && trace.alpha < ONE,
  '9.2 alpha below 0': ({ trace }) => trace.alpha !== null && trace.alpha < 0n,
  '9.2 an average too large: Yuma2 clamps': ({ input }) =>
    !input.hyperparameters.yuma3 && input.hyperparameters.bondsMovingAverage >= TOO_LARGE,
  '9.2 an average too large: Yuma3 wraps': (seen) =>
    fixedYuma3(seen) && seen.input.hyperparameters.bondsMovingAverage >= TOO_LARGE,
  '9.3 a bond new and old': (seen) => average(seen, (fresh, old, now) => fresh > 0n && old > 0n && now),
  '9.3 a new bond': (seen) => average(seen, (fresh, old, now) => fresh > 0n && old === 0n && now),
  '9.3 an old bond decays': (seen) => average(seen, (fresh, old, now) => fresh === 0n && old > 0n && now),
  '9.3 an average truncated to nothing': (seen) => average(seen, (fresh, old, now) => (fresh > 0n || old > 0n) && !now),
  '9.4 Yuma3': (seen) => fixedYuma3(seen) && holdsBonds(seen),
  '9.4 liquid alpha asked for, and no median': ({ input, trace }) =>
    input.n > 0 && input.hyperparameters.yuma3 && input.hyperparameters.liquidAlpha && trace.alpha !== null,
  '9.4 dividends': ({ input, trace }) => input.hyperparameters.yuma3 && trace.dividends.some((share) => share > 0n),
  '9.4 bonds, and no dividends': (seen) =>
    seen.input.hyperparameters.yuma3 && holdsBonds(seen) && seen.trace.dividends.every((share) => share === 0n),
  '9.4 all dividends to one': ({ trace }) => trace.dividends.includes(ONE),
  '9.5 Yuma2': (seen) => !seen.input.hyperparameters.yuma3 && holdsBonds(seen),
  '9.5 Yuma2 with the flag of liquid alpha': ({ input }) =>
    input.n > 0 && !input.hyperparameters.yuma3 && input.hyperparameters.liquidAlpha,
  '9.5 dividends': ({ input, trace }) => !input.hyperparameters.yuma3 && trace.dividends.some((share) => share > 0n),
  '9.5 old bonds of 0 in a whole column': ({ input, trace }) =>
    !input.hyperparameters.yuma3 &&
    columnsOf(trace.oldBonds, input.n).some(({ sum, entries }) => entries > 0 && sum === 0n),
  '9.5 bought for nothing in a whole column': (seen) => !seen.input.hyperparameters.yuma3 && boughtNothing(seen),
  '9.5 a column shared': ({ input, trace }) =>
    !input.hyperparameters.yuma3 && columnsOf(trace.bonds, input.n).some(({ entries }) => entries > 1),
  '9.5 scaled to the largest': ({ input, trace }) =>
    !input.hyperparameters.yuma3 && trace.bonds.some((row) => row.some(({ value }) => value > 0n && value < ONE)),
  '11 bonds lost with the permit': ({ trace, uids }) =>
    uids.some((uid) => trace.bonds[uid]!.length > 0 && !trace.newPermit[uid]),
  '11 bonds stored': ({ trace, uids }) => uids.some((uid) => trace.bonds[uid]!.length > 0 && trace.newPermit[uid]),
  '11 a bond stored as 0': (seen) => storedAs(seen, (share) => share === 0),
  '11 a bond stored as 65535': (seen) => storedAs(seen, (share) => share === 65_535),
  '11 a share just below 1 stored as 65534': ({ trace }) =>
    [...trace.consensus, ...trace.incentive, ...trace.dividends, ...trace.validatorTrust, ...trace.stake].some(
      (share) => share < ONE && toU16(share) === 65_534,
    ),
  '11 negative stake stored as 0': ({ trace, stakeWeight, uids }) =>
    uids.some((uid) => stakeWeight[uid]! < 0n && trace.wholeStake[uid] === 0n),
};

const fixedYuma3 = ({ input, trace }: Seen): boolean => input.hyperparameters.yuma3 && trace.alpha !== null;

const holdsBonds = ({ trace }: Seen): boolean => trace.bonds.some((row) => row.length > 0);

const toward = ({ input, storedBonds }: Seen, fits: (registered: bigint) => boolean): boolean =>
  storedBonds.some((row) => row.some(({ column }) => column < input.n && fits(input.registeredAt[column]!)));

/** Whether any pair of a fixed average in Yuma3 has such new and old bonds, and is left or not. */
function average(seen: Seen, fits: (fresh: bigint, old: bigint, left: boolean) => boolean): boolean {
  if (!fixedYuma3(seen)) return false;
  const { trace, uids } = seen;
  const at = (row: Row, column: number): bigint => row.find((entry) => entry.column === column)?.value ?? 0n;
  return uids.some((uid) => {
    const [fresh, old] = [trace.weightsForBonds[uid]!, trace.oldBonds[uid]!];
    return [...fresh, ...old].some(
      ({ column }) =>
        column < uids.length && fits(at(fresh, column), at(old, column), at(trace.bonds[uid]!, column) > 0n),
    );
  });
}

function columnsOf(rows: readonly Row[], n: number): { sum: bigint; entries: number }[] {
  const columns = Array.from({ length: n }, () => ({ sum: 0n, entries: 0 }));
  for (const { column, value } of rows.flat()) {
    const counted = columns[column];
    if (counted === undefined) continue;
    counted.sum += value;
    counted.entries += 1;
  }
  return columns;
}

function boughtNothing({ input, trace }: Seen): boolean {
  const bought = trace.weightsForBonds.map((row, uid) =>
    row.map(({ column, value }) => ({ column, value: (value * trace.activeStake[uid]!) >> 32n })),
  );
  return columnsOf(bought, input.n).some(({ sum, entries }) => entries > 0 && sum === 0n);
}

const storedAs = ({ trace, uids }: Seen, fits: (share: number) => boolean): boolean =>
  uids.some((uid) => trace.newPermit[uid] && trace.bonds[uid]!.some(({ value }) => fits(toU16(value))));
