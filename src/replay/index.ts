/** `yuma-engine/replay`: a series of epochs from files, as filed and with something changed, and what that changes. */
export { type Change, type CopySource, checkChanges } from './change.js';
export {
  type Amounts,
  BLOCKS_A_DAY,
  collectWhatIf,
  type EpochPayments,
  type NeuronDifference,
  type Payments,
  type WhatIf,
} from './differences.js';
export { type ReplayedEpoch, type ReplayOptions, replay } from './replay.js';
export { consecutive } from './series.js';
export { paymentTable } from './table.js';
