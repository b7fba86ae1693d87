/** Branches of who takes part: activity, horizon, stake, permits, and the masks of weights (spec 1 to 6). */
import { ONE } from '#yuma/epoch/reference/fixed.js';
import { type Branches, total, twice, unsorted } from './seen.js';

const LAST_BLOCK = 2n ** 64n - 1n;
const LARGEST_I64 = 2n ** 63n - 1n;

export const SUBNET: Branches = {
  '1 no neurons': ({ input }) => input.n === 0,
  '1 one neuron': ({ input }) => input.n === 1,
  '1 no owner': ({ input }) => input.ownerUid === null,
  '1 an owner beyond the neurons': ({ input, trace }) => input.ownerUid !== null && trace.owner === null,
  '1.2 a row out of order': ({ storedWeights }) => storedWeights.some(unsorted),
  '1.3 no permits stored: stake is not masked': ({ input }) => input.n > 0 && input.permitLength === 0,
  '1.3 fewer permits than neurons': ({ input }) => input.permitLength > 0 && input.permitLength < input.n,
  '1.3 an owner beyond the stored permits': ({ input, trace }) =>
    trace.owner !== null && trace.owner >= input.permitLength,
  '3 active': ({ trace }) => trace.active.includes(true),
  '3 inactive': ({ trace }) => trace.active.includes(false),
  '3 active at the very cutoff': ({ input }) =>
    input.lastUpdate.some((at) => at + input.hyperparameters.activityCutoff === input.currentBlock),
  '3 inactive by one block': ({ input }) =>
    input.lastUpdate.some((at) => at + input.hyperparameters.activityCutoff + 1n === input.currentBlock),
  '3 an update in the future': ({ input }) => input.lastUpdate.some((at) => at > input.currentBlock),
  '3 update and cutoff beyond 2^64': ({ input }) =>
    input.lastUpdate.some((at) => at + input.hyperparameters.activityCutoff > LAST_BLOCK),
  '3 horizon before the first epoch': ({ input }) =>
    input.lastStep === 0n && input.currentBlock > BigInt(input.hyperparameters.tempo),
  '3 horizon 0 before the first epoch': ({ input }) =>
    input.lastStep === 0n && input.currentBlock <= BigInt(input.hyperparameters.tempo),
  '3 horizon after an epoch': ({ input }) => input.lastStep > 0n && input.lastStep < LAST_BLOCK,
  '3 horizon at the last block': ({ input }) => input.lastStep === LAST_BLOCK,
};

export const STAKE: Branches = {
  '4.1 negative stake': ({ stakeWeight }) => stakeWeight.some((raw) => raw < 0n),
  '4.1 a fraction of a rao': ({ stakeWeight }) => stakeWeight.some((raw) => raw > 0n && raw >> 64n === 0n),
  '4.2 stake below the minimum': ({ input, trace, uids, stakeWeight }) =>
    uids.some((uid) => uid !== trace.owner && stakeWeight[uid]! > 0n && under(trace, input, uid)),
  '4.2 stake of just the minimum': ({ input, trace, uids }) =>
    uids.some((uid) => trace.wholeStake[uid] === input.hyperparameters.minStake && trace.stake[uid]! > 0n),
  '4.2 the owner below the minimum': ({ input, trace }) =>
    trace.owner !== null && trace.stake[trace.owner]! > 0n && under(trace, input, trace.owner),
  '4.2 no stake at all': ({ input, trace }) => input.n > 0 && trace.stake.every((share) => share === 0n),
  '4.2 all of the stake in one': ({ trace }) => trace.stake.includes(ONE),
  '4.2 a share truncated to 0': ({ input, trace, uids }) =>
    uids.some((uid) => trace.wholeStake[uid]! > 0n && trace.stake[uid] === 0n && !under(trace, input, uid)),
  '4.2 the sum of stakes wraps': ({ stakeWeight }) => total(stakeWeight) >= 2n ** 127n,
  '4.2 a share beyond 1 or below 0': ({ trace }) => trace.stake.some((share) => share > ONE || share < 0n),
  '4.2 a share clamped to I32F32': ({ trace }) => trace.stake.includes(LARGEST_I64),
  '4.3 permits for all who have stake': ({ input, trace }) =>
    staked(trace) > 0 && staked(trace) <= input.hyperparameters.maxValidators,
  '4.3 more candidates than permits': ({ input, trace }) => staked(trace) > input.hyperparameters.maxValidators,
  '4.3 no permits to give': ({ input, trace }) => staked(trace) > 0 && input.hyperparameters.maxValidators === 0,
  '4.3 a tie for the last permit': ({ trace, uids }) =>
    uids.some((uid) => trace.stake[uid] !== 0n && kept(trace, uid) && uids.some((other) => lost(trace, other, uid))),
  '4.3 no permit without stake': ({ trace, uids }) =>
    uids.some((uid) => trace.stake[uid] === 0n && !trace.newPermit[uid]),
  '4.3 a permit on top for the owner': ({ trace }) =>
    trace.owner !== null && trace.newPermit[trace.owner]! && trace.stake[trace.owner] === 0n,
  '4.3 a permit won': ({ trace, uids }) => uids.some((uid) => trace.newPermit[uid] && !trace.permit[uid]),
  '4.3 a permit lost': ({ trace, uids }) => uids.some((uid) => !trace.newPermit[uid] && trace.permit[uid]),
  '4.4 a permit in force for the owner': ({ input, trace }) =>
    trace.owner !== null && trace.permit[trace.owner]! && input.validatorPermit[trace.owner] === 0,
  '5 stake of the inactive is masked': ({ trace, uids }) =>
    uids.some((uid) => trace.stake[uid] !== 0n && !trace.active[uid]),
  '5 stake without permit is masked': ({ input, trace, uids }) =>
    input.permitLength > 0 && uids.some((uid) => trace.stake[uid] !== 0n && trace.active[uid] && !trace.permit[uid]),
  '5 stake, and none of it active': ({ trace, voters }) =>
    voters.length === 0 && trace.stake.some((share) => share > 0n),
  '5 a lone voter': ({ trace }) => trace.activeStake.includes(ONE),
  '5 several voters': ({ voters }) => voters.length > 1,
  '5 active stake beyond 1 or below 0': ({ trace }) => trace.activeStake.some((share) => share > ONE || share < 0n),
};

export const WEIGHTS: Branches = {
  '6 a column beyond the neurons': ({ input }) => input.weights.columns.some((column) => column >= input.n),
  '6 a column twice in a row': ({ storedWeights }) => storedWeights.some(twice),
  '6 a weight that counts': ({ weights }) => weights.some(({ mask }) => mask === null),
  '6.1 no permit': ({ weights }) => weights.some(({ mask }) => mask === 'permit'),
  '6.2 the diagonal': ({ weights }) => weights.some(({ mask }) => mask === 'diagonal'),
  "6.2 the owner's weight on itself": ({ weights }) =>
    weights.some(({ uid, column, mask }) => mask === null && uid === column),
  '6.3 outdated': ({ weights }) => weights.some(({ mask }) => mask === 'outdated'),
  '6.3 outdated in the very block': ({ input, weights }) =>
    weights.some(
      ({ uid, column, mask }) => mask === 'outdated' && input.lastUpdate[uid] === input.registeredAt[column],
    ),
  '6.3 younger by one block': ({ input, weights }) =>
    weights.some(
      ({ uid, column, mask }) => mask === null && input.lastUpdate[uid] === input.registeredAt[column]! + 1n,
    ),
  '6.4 committed before the registration': ({ weights }) => weights.some(({ mask }) => mask === 'commit'),
  '6.4 committed before it by one block': ({ input, weights }) =>
    weights.some(
      ({ uid, column, mask }) => mask === 'commit' && input.commitBlock[uid]! + 1n === input.registeredAt[column],
    ),
  '6.4 committed in the very block': ({ input, trace, weights }) =>
    trace.masks.commitBlock !== null &&
    weights.some(({ uid, column, mask }) => mask === null && input.commitBlock[uid] === input.registeredAt[column]),
  '6.4 commit-reveal off, or it would be void': ({ input, trace, weights }) =>
    trace.masks.commitBlock === null &&
    weights.some(({ uid, column, mask }) => mask === null && input.commitBlock[uid]! < input.registeredAt[column]!),
  '6.5 a row that the masks empty': ({ trace, storedWeights }) =>
    storedWeights.some((row, uid) => row.length > 0 && trace.weights[uid]?.length === 0),
  '6.5 a row of zeros': ({ trace }) =>
    trace.weights.some((row) => row.length > 0 && row.every(({ value }) => value === 0n)),
  '6.5 a zero beside weights': ({ trace }) =>
    trace.weights.some((row) => row.some(({ value }) => value === 0n) && row.some(({ value }) => value > 0n)),
  '6.5 a weight of all': ({ trace }) => trace.weights.some((row) => row.some(({ value }) => value === ONE)),
};

type Trace = Parameters<Branches[string]>[0]['trace'];
type Input = Parameters<Branches[string]>[0]['input'];

const under = (trace: Trace, input: Input, uid: number): boolean =>
  trace.wholeStake[uid]! < input.hyperparameters.minStake;

const staked = (trace: Trace): number => trace.stake.filter((share) => share !== 0n).length;

const kept = (trace: Trace, uid: number): boolean => trace.newPermit[uid]! && uid !== trace.owner;

/** As much stake, and no permit: the higher uid kept it. */
const lost = (trace: Trace, other: number, uid: number): boolean =>
  other < uid && trace.stake[other] === trace.stake[uid] && !trace.newPermit[other];
