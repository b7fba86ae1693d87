/** Short runs of every scenario of the library, and the digest that each gives on any backend and JavaScript engine. */
import type { Changes } from '../../src/simulator/index.js';

export interface Pinned {
  readonly name: string;
  readonly changes: Changes;
  readonly digest: string;
}

const SMALL_NETWORK = { subnets: 2, neurons: 24, validators: 6 };

export const PINNED: readonly Pinned[] = [
  { name: 'kappa-first', changes: {}, digest: '75edf12a3bf4fdd8' },
  { name: 'kappa-second', changes: { set: { penalty: 0.5 } }, digest: 'a81b84cd5a0b093b' },
  { name: 'kappa-third', changes: { set: { penalty: 0 } }, digest: 'f24d6ddd1caea92d' },
  { name: 'small-finds-first', changes: {}, digest: 'e7f776984a8fa8ea' },
  { name: 'switch-together', changes: {}, digest: 'e3ee5e7aa5aaf356' },
  { name: 'switch-late', changes: {}, digest: '19a4e28be1627e48' },
  { name: 'switch-never', changes: { set: { kappa: 40_000 } }, digest: 'c2c8813804ff5e66' },
  { name: 'clipping', changes: { set: { penalty: 0.5 } }, digest: '1d39b1db87ab336e' },
  { name: 'winner-takes-all', changes: {}, digest: 'dfad622d1623b5df' },
  { name: 'bonds-reset', changes: {}, digest: '95d0827745ddf33f' },
  { name: 'bonds-reset', changes: { set: { of: 'miner' } }, digest: '87d5324f1f13c8eb' },
  { name: 'weights-return', changes: {}, digest: 'f8ec20ab01f0a5b7' },
  { name: 'weights-return', changes: { set: { what: 'everything' } }, digest: '1cc24cfa2fac51e6' },
  { name: 'weight-copying', changes: { epochs: 12, seed: 4 }, digest: 'fde627354ad4d47f' },
  {
    name: 'weight-copying',
    changes: { epochs: 12, set: { reveal: 2, of: 'mean', honest: 3 } },
    digest: '83c8153d1ff9949c',
  },
  {
    name: 'weight-copying',
    changes: { epochs: 12, set: { reveal: 0, of: 'mean', honest: 3 } },
    digest: 'c2159381b7e041c6',
  },
  { name: 'cabal', changes: { epochs: 12 }, digest: '82c5589b51d0d769' },
  { name: 'newcomer', changes: { epochs: 25 }, digest: 'e7225c6f7475e4a1' },
  { name: 'moving-attack', changes: { epochs: 12 }, digest: '86e57356fa9e7166' },
  { name: 'lazy-validators', changes: { epochs: 12 }, digest: 'cc818e4abef13273' },
  { name: 'compounding', changes: { epochs: 12 }, digest: '2091a5cfc1d51e83' },
  { name: 'network', changes: { epochs: 8, set: { ...SMALL_NETWORK, mode: 'yuma2' } }, digest: 'bf7441152248ece1' },
  { name: 'network', changes: { epochs: 8, set: { ...SMALL_NETWORK, mode: 'yuma3' } }, digest: 'e0719497552a573d' },
  { name: 'network', changes: { epochs: 8, set: { ...SMALL_NETWORK, mode: 'liquid' } }, digest: '05cb3d2ac35eb283' },
];
