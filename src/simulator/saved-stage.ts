/** Saved stage: all of one subnet of a simulation that its cast does not say. */
import type { LastResults } from './agent.js';
import type { Row } from './submission.js';
import type { SavedPlayer } from './troupe.js';

/** Weights that wait to be revealed. */
export interface Commit {
  readonly epoch: number;
  readonly uid: number;
  readonly block: bigint;
  readonly row: Row;
}

/** Everything of a stage that its cast does not say. */
export interface SavedStage {
  readonly snapshot: Uint8Array;
  /** Block of the last epoch. */
  readonly block: bigint;
  readonly stake: readonly bigint[];
  readonly lastUpdate: readonly bigint[];
  readonly rows: readonly Row[];
  readonly commits: readonly Commit[];
  readonly players: readonly SavedPlayer[];
  readonly last: LastResults | undefined;
}
