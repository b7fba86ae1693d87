/** A contender computes cases and is held against the oracle, bit for bit. Whoever adds one reads only this file. */
import type { ExpectedCase } from '#yuma/formats/case.js';
import type { Drawn } from './draw/case.js';

/** What came of a case: results, or `null` where the contender did not take it after all. */
export type Outcome = ExpectedCase | null;

export interface Contender {
  /** As it stands in the record. */
  readonly name: string;
  /** Whether it is given the case. */
  takes(drawn: Drawn): boolean;
  /** One outcome a case, in order. Throws where it breaks down, which counts as a difference. */
  run(cases: readonly Drawn[]): Promise<readonly Outcome[]>;
  close(): Promise<void>;
}
