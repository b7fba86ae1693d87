/** Arbitrary perturbations of a subnet: a few edits of its weights, stakes, blocks, bonds and rules, still strict. */
import fc from 'fast-check';
import { type EpochInput, type Hyperparameters, stakeFromRaw, stakeRaw } from '../../epoch/index.js';
import { mapRows, rowOf, withElement, withRow, withValue, withWeights } from '../change.js';

interface Edit {
  readonly kind: number;
  readonly uid: number;
  readonly column: number;
  readonly value: number;
}

type Change = (input: EpochInput, edit: Edit) => EpochInput;

const withRules = (input: EpochInput, changes: Partial<Hyperparameters>): EpochInput => ({
  ...input,
  hyperparameters: { ...input.hyperparameters, ...changes },
});

const KAPPAS = [0, 1, 16_384, 32_767, 32_768, 39_321, 65_534, 65_535];
const AVERAGES = [0n, 500_000n, 900_000n, 975_000n, 1_000_000n];
const PENALTIES = [0, 1, 49_151, 65_534, 65_535];

/** Half of the perturbations keep the bond algorithm; the others take any. */
const MODES: readonly Partial<Hyperparameters>[] = [
  {},
  {},
  {},
  { yuma3: true, liquidAlpha: false },
  { yuma3: false, liquidAlpha: false },
  { yuma3: true, liquidAlpha: true },
];

/** Changes of the rules; they do for a subnet without neurons, too. */
const OF_RULES: readonly Change[] = [
  (input, { value }) => withRules(input, { kappa: KAPPAS[value % KAPPAS.length]! }),
  (input, { value }) => withRules(input, { bondsPenalty: PENALTIES[value % PENALTIES.length]! }),
  (input, { value }) => withRules(input, { bondsMovingAverage: AVERAGES[value % AVERAGES.length]! }),
  (input, { value }) => withRules(input, { maxValidators: value % (input.n + 2) }),
  (input, { value }) => withRules(input, { commitReveal: value % 2 === 0 }),
  (input, { value }) => ({ ...input, emission: input.emission ^ BigInt(value) }),
];

/** Changes of neurons. */
const OF_NEURONS: readonly Change[] = [
  (input, { uid, column, value }) => withWeights(input, uid, withValue(rowOf(input.weights, uid), column, value)),
  (input, { uid, column }) =>
    withWeights(
      input,
      uid,
      rowOf(input.weights, uid).filter(([at]) => at !== column),
    ),
  (input, { uid }) => withWeights(input, uid, rowOf(input.weights, uid).toReversed()),
  (input, { uid, column }) => withWeights(input, uid, rowOf(input.weights, column)), // copies
  (input, { uid, column }) => withWeights(input, uid, [[column, 65_535]]), // praises one alone
  (input, { uid }) => withWeights(input, uid, []),
  (input, { uid, column, value }) => ({
    ...input,
    bonds: withRow(input.bonds, uid, withValue(rowOf(input.bonds, uid), column, value)),
  }),
  (input, { column }) => ({ ...input, bonds: mapRows(input.bonds, (row) => row.filter(([at]) => at !== column)) }),
  (input, { uid, column }) => withStake(input, uid, stakeRaw(input.stake, column)), // a tie
  (input, { uid, value }) => withStake(input, uid, (stakeRaw(input.stake, uid) * BigInt(value)) >> 15n),
  (input, { uid, value }) => ({
    ...input,
    validatorPermit: withElement(input.validatorPermit, uid, value % 2),
  }),
  (input, { uid, value }) => ({ ...input, lastUpdate: withElement(input.lastUpdate, uid, edge(input, value)) }),
  (input, { uid, value }) => ({ ...input, registeredAt: withElement(input.registeredAt, uid, edge(input, value)) }),
  (input, { uid, value }) => ({ ...input, ownerUid: value % 4 === 0 ? null : uid }),
];

function withStake(input: EpochInput, uid: number, stake: bigint): EpochInput {
  const all = Array.from({ length: input.n }, (_, at) => (at === uid ? stake : stakeRaw(input.stake, at)));
  const fits = all.reduce((sum, raw) => sum + raw, 0n) < 2n ** 127n;
  return fits ? { ...input, stake: stakeFromRaw(all) } : input;
}

/** A block beside the edge of a mask. */
function edge({ currentBlock, lastStep, hyperparameters }: EpochInput, value: number): bigint {
  const edges = [0n, currentBlock, lastStep, lastStep + 1n, currentBlock - hyperparameters.activityCutoff];
  const block = edges[value % edges.length]! + BigInt((value >> 3) % 3) - 1n;
  return block < 0n ? 0n : block > currentBlock ? currentBlock : block;
}

const LARGEST = 65_535;

/** `input` with one to `most` edits. Fewer edits are simpler; edit for edit they shrink. */
export function perturbations(input: EpochInput, most = 6): fc.Arbitrary<EpochInput> {
  const changes = input.n === 0 ? OF_RULES : [...OF_NEURONS, ...OF_RULES];
  const neuron = fc.nat(Math.max(0, input.n - 1));
  const edit = fc.record({ kind: fc.nat(changes.length - 1), uid: neuron, column: neuron, value: fc.nat(LARGEST) });
  const edits = fc.array(edit, { minLength: 1, maxLength: most });
  return fc
    .tuple(edits, fc.constantFrom(...MODES))
    .map(([edits, mode]) => edits.reduce((changed, one) => changes[one.kind]!(changed, one), withRules(input, mode)));
}
