/**
 * A case: one line of a case file, in columns.
 * Format docs/case-format.md
 */
import type { EpochInput } from '../epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '../epoch/output.js';
import type { OutField } from './fields.js';

/** Results to compare with; fields that the line left out are left out. An `EpochOutput` fits. */
export type ExpectedOutput = { readonly [K in OutField]?: EpochOutput[K] | undefined };

export type ExpectedIntermediates = { readonly [K in keyof EpochIntermediates]?: EpochIntermediates[K] | undefined };

/** Expected results of a case. A level that the line left out is left out. */
export interface ExpectedCase {
  readonly out?: ExpectedOutput | undefined;
  readonly mid?: ExpectedIntermediates | undefined;
}

/** A case without the place it came from; what `formatCase` writes. */
export interface Case {
  readonly name: string;
  readonly input: EpochInput;
  readonly expected?: ExpectedCase | undefined;
}

/** A case as read. Its form is right; whether an epoch takes its values is for `checkEpochInput` to say. */
export interface EpochCase extends Case {
  /** The path, or the name given to the stream. */
  readonly file: string;
  /** From 1; empty lines count. */
  readonly line: number;
}
