/** Compare: whether exact peers give the same bits, and how far the others are off. */
import type { Kept, Measured } from './measure.js';
import type { Scores } from './peers.js';
import type { Run } from './plan.js';

/** What a comparison reads of a measurement. */
export type Compared = Pick<Measured, 'checksum' | 'kept'> & {
  readonly run: Pick<Run, 'subnets' | 'warmUp' | 'epochs'>;
};

/** How the scores of a peer that is not exact differ from the exact ones. */
export interface ScoreDifferences {
  readonly compared: number;
  readonly differing: number;
  /** u16 units. */
  readonly largest: number;
}

/** They ran the same subnets for the same number of epochs, so their checksums speak of the same results. */
export const sameRun = (one: Compared['run'], other: Compared['run']): boolean =>
  one.subnets === other.subnets && one.warmUp + one.epochs === other.warmUp + other.epochs;

/** Whether the bits are the same wherever both ran; null where one of them is not exact. */
export function agreement(measured: Compared, main: Compared): boolean | null {
  if (measured.checksum === null || main.checksum === null) return null;
  if (sameRun(measured.run, main.run) && measured.checksum !== main.checksum) return false;
  return measured.kept.every((kept, at) => main.kept[at] === undefined || kept.checksum === main.kept[at].checksum);
}

/** Null where nothing is exact, or nothing was kept. */
export function differences(near: readonly Kept[], exact: readonly Kept[]): ScoreDifferences | null {
  let compared = 0;
  let differing = 0;
  let largest = 0;
  for (const [at, { scores, checksum }] of exact.entries()) {
    if (checksum === null || near[at] === undefined) continue;
    for (const field of Object.keys(scores) as (keyof Scores)[]) {
      for (const [uid, score] of scores[field].entries()) {
        const off = Math.abs(score - near[at].scores[field][uid]!);
        compared += 1;
        if (off > 0) differing += 1;
        largest = Math.max(largest, off);
      }
    }
  }
  return compared === 0 ? null : { compared, differing, largest };
}
