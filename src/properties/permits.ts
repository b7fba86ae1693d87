/** Permits and activity: who may vote next, and who counts as here. */
import { type EpochInput, stakeFromRaw, stakeRaw } from '../epoch/index.js';
import { exists, STRICT } from './preconditions.js';
import { type Given, type Property, pick, pickFrom } from './property.js';

export const permitCount: Property = {
  name: 'permit-count',
  family: 'permits',
  statement: 'There are no more new permits than maxValidators, and one for the owner on top.',
  formula: '| { i : newPermit[i], i != owner } | <= K; newPermit[owner]; s[i] = 0, i != owner: not newPermit[i]',
  spec: '4.3',
  requires: [STRICT],
  check: async ({ input, spec }, run) => {
    const { newValidatorPermit } = await run(input);
    const others = [...newValidatorPermit.keys()].filter((uid) => newValidatorPermit[uid] && uid !== spec.owner);
    if (others.length > input.hyperparameters.maxValidators)
      return `${others.length} neurons beside the owner get a permit`;
    if (spec.owner !== null && !newValidatorPermit[spec.owner]) return `the owner, uid ${spec.owner}, gets none`;
    const poor = others.find((uid) => spec.stake[uid] === 0n);
    return poor === undefined ? null : `uid ${poor} gets one without stake`;
  },
};

export const permitsToTheTop: Property = {
  name: 'permits-to-the-top',
  family: 'permits',
  statement:
    'Nobody with more stake goes without a permit that somebody with less gets; of equals the higher uid has it.',
  formula: 'newPermit[i], not newPermit[k], i != owner: (s[i], i) > (s[k], k)',
  spec: '4.3',
  requires: [STRICT],
  check: async ({ input, spec }, run) => {
    const { newValidatorPermit } = await run(input);
    const isAbove = (i: number, k: number): boolean =>
      spec.stake[i] === spec.stake[k] ? i > k : spec.stake[i]! > spec.stake[k]!;
    let last: number | undefined;
    let first: number | undefined;
    for (let uid = 0; uid < input.n; uid++) {
      if (uid === spec.owner) continue;
      if (newValidatorPermit[uid]) last = last === undefined || isAbove(last, uid) ? uid : last;
      else first = first === undefined || isAbove(uid, first) ? uid : first;
    }
    if (last === undefined || first === undefined || isAbove(last, first)) return null;
    return `uid ${last} gets a permit and uid ${first} none`;
  },
};

/** Uids that the base epoch gives a permit, or would, by stake alone. */
const holders = ({ spec }: Given): number[] => [...spec.newPermit.keys()].filter((uid) => spec.newPermit[uid]);

const LARGEST_I128 = 2n ** 127n - 1n;

const raisedStake = (input: EpochInput, uid: number, factor: bigint): bigint[] =>
  Array.from({ length: input.n }, (_, at) => stakeRaw(input.stake, at) * (at === uid ? factor : 1n));

export const permitMonotone: Property = {
  name: 'more-stake-keeps-the-permit',
  family: 'permits',
  statement: 'More stake never costs a neuron its new permit.',
  formula: "T'[i] >= T[i], others equal, newPermit[i]: newPermit'[i]",
  spec: '4.2, 4.3',
  requires: [
    STRICT,
    exists('a neuron with a new permit', holders),
    {
      says: 'its raised stake and the others fit 2^127 raw',
      holds: (subject) => {
        const raised = raisedStake(subject.input, pickFrom(subject, 0, holders(subject)), factorOf(subject));
        return raised.reduce((sum, raw) => sum + raw, 0n) <= LARGEST_I128;
      },
      without: 'there is no such input',
    },
  ],
  check: async (subject, run) => {
    const { input } = subject;
    const uid = pickFrom(subject, 0, holders(subject));
    const factor = factorOf(subject);
    if (!(await run(input)).newValidatorPermit[uid]) return `uid ${uid} gets no permit, its stake is enough`;
    const raised = await run({ ...input, stake: stakeFromRaw(raisedStake(input, uid, factor)) });
    return raised.newValidatorPermit[uid] ? null : `uid ${uid} loses its permit with ${factor} times the stake`;
  },
};

const factorOf = (subject: Given): bigint => BigInt(1 + pick(subject, 1, 1_000));

export const activity: Property = {
  name: 'activity',
  family: 'permits',
  statement: 'A neuron is active up to the cutoff after its last update, whatever else it is.',
  formula: 'active[i] = (now <= lu[i] + cutoff)',
  spec: '3',
  requires: [],
  check: async ({ input }, run) => {
    const { active } = await run(input);
    for (let uid = 0; uid < input.n; uid++) {
      const isActive = input.currentBlock <= (input.lastUpdate[uid] ?? 0n) + input.hyperparameters.activityCutoff;
      if ((active[uid] === 1) !== isActive) return `uid ${uid} is ${isActive ? '' : 'not '}to be active`;
    }
    return null;
  },
};
