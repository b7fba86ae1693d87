/** Twins: who has and does the same gets the same. A perfect copy gains nothing over what it copies. */
import { type EpochInput, NO_COMMIT, stakeFromRaw, stakeRaw } from '../epoch/index.js';
import { type Entries, mapRows, rowOf, withElement } from './change.js';
import { exists, SOUND, totalStake } from './preconditions.js';
import { type Given, type Precondition, type Property, pick, pickFrom } from './property.js';

/** Uids with a permit that are no owner, if there is another such neuron to be the copy. */
const originals = ({ input, spec }: Given): number[] => {
  const uids = Array.from({ length: input.n }, (_, uid) => uid).filter((uid) => uid !== spec.owner);
  return uids.length < 2 ? [] : uids.filter((uid) => spec.permit[uid]);
};

const ROOM: Precondition = {
  says: 'the stakes add up to less than 2^126 raw',
  holds: ({ input }) => totalStake(input) < 2n ** 126n,
  without: 'the stakes with that of the copy might not fit',
};

/** A neuron made the copy of another: same stake, permit, blocks and rows; neither row names one of the two. */
function withTwin(subject: Given): { input: EpochInput; original: number; copy: number } {
  const { input, spec } = subject;
  const original = pickFrom(subject, 0, originals(subject));
  const others = Array.from({ length: input.n }, (_, uid) => uid).filter(
    (uid) => uid !== original && uid !== spec.owner,
  );
  const copy = others[pick(subject, 1, others.length)]!;
  const isOther = ([column]: readonly [number, number]): boolean => column !== original && column !== copy;
  const shared = (rows: EpochInput['weights']) => {
    const row: Entries = rowOf(rows, original).filter(isOther);
    return mapRows(rows, (own, uid) => (uid === original || uid === copy ? row : own));
  };
  const stakes = Array.from({ length: input.n }, (_, uid) => stakeRaw(input.stake, uid === copy ? original : uid));
  const lastUpdate = BigUint64Array.from({ length: input.n }, (_, uid) => input.lastUpdate[uid] ?? 0n);
  return {
    original,
    copy,
    input: {
      ...input,
      stake: stakeFromRaw(stakes),
      lastUpdate: withElement(lastUpdate, copy, lastUpdate[original]!),
      validatorPermit: withElement(input.validatorPermit, copy, input.validatorPermit[original]!),
      commitBlock: input.commitBlock && withElement(input.commitBlock, copy, input.commitBlock[original] ?? NO_COMMIT),
      weights: shared(input.weights),
      bonds: shared(input.bonds),
    },
  };
}

export const twins: Property = {
  name: 'twins',
  family: 'invariance',
  statement:
    'Two validators of the same stake, blocks, weights and bonds get the same trust, dividends and amount for validating.',
  formula: 'same T, lu, cb, permit, W, B of i and k, none on i or k: vt, dv, validator amount, bonds of i and k equal',
  spec: '7.3, 9, 10',
  requires: [...SOUND, ROOM, exists('a neuron with a permit, no owner, and another that is none', originals)],
  check: async (subject, run) => {
    const { input, original, copy } = withTwin(subject);
    const output = await run(input);
    for (const field of ['active', 'stakeWeight', 'validatorTrust', 'dividends', 'validatorEmission'] as const) {
      const [a, b] = [output[field][original], output[field][copy]];
      if (a !== b) return `${field} of uid ${original} is ${a}, of its twin ${copy} ${b}`;
    }
    const bonds = [original, copy].map((uid) => JSON.stringify(rowOf(output.bonds, uid)));
    const stored = output.newValidatorPermit[original] === 1 && output.newValidatorPermit[copy] === 1;
    return stored && bonds[0] !== bonds[1] ? `bonds of uid ${original} are ${bonds[0]}, of its twin ${bonds[1]}` : null;
  },
};
