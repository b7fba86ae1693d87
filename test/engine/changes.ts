/** What a caller might do to an input whose epoch waits or runs. */
import type { EpochInput } from '../../src/index.js';

type Change = (input: EpochInput) => void;

export const CHANGES: readonly (readonly [string, Change])[] = [
  ['columns beyond n', ({ weights }) => void weights.columns.fill(65_535)],
  ['the same column twice', ({ weights, bonds }) => [weights, bonds].forEach(({ columns }) => void columns.fill(3))],
  ['rows that end before they begin', ({ weights }) => void weights.offsets.reverse()],
  [
    'rows beyond the last entry',
    ({ weights, bonds }) => [weights, bonds].forEach((rows) => void rows.offsets.fill(2 ** 31)),
  ],
  ['a last row without end', ({ n, bonds }) => void bonds.offsets.fill(0xffff_ffff, n)],
  ['negative stake', ({ stake }) => void stake.fill(2n ** 64n - 1n)],
  ['permits of 255', ({ validatorPermit }) => void validatorPermit.fill(255)],
  ['other rules', ({ hyperparameters }) => void Object.assign(hyperparameters, { kappa: -1, bondsMovingAverage: 7n })],
  ['a number of neurons', (input) => void Object.assign(input, { n: 32_768 })],
  [
    'arrays given away',
    ({ weights, stake }) =>
      void structuredClone(null, { transfer: [weights.values.buffer, stake.buffer] as ArrayBuffer[] }),
  ],
];
