/**
 * A property: a statement about every epoch, what it requires, and the check that finds a place where it fails.
 * Takes  any implementation of the epoch as a function; what the spec says of an input comes from the executable spec
 */
import { checkEpochInput, type EpochInput, type EpochOutput } from '../epoch/index.js';
import { type EpochTrace, traceEpoch } from '../reference.js';

/**
 * An implementation under test. It takes odd input leniently and never writes to it. With `intermediates` in the output
 * raw values are checked, else what their u16 leaves open.
 */
export type Run = (input: EpochInput) => EpochOutput | Promise<EpochOutput>;

/** Naturals below 65 536 that decide what a check is free to choose (a uid, a factor, ...), so that a failure replays. */
export type Picks = readonly number[];

/** How many picks a check may use. */
export const PICKS = 4;

/** One input with all that a check needs beside the implementation. */
export interface Given {
  readonly input: EpochInput;
  /** What the executable spec makes of the input. */
  readonly spec: EpochTrace;
  readonly picks: Picks;
}

/** What an input must be for the statement to hold; exact, in words and as code. */
export interface Precondition {
  readonly says: string;
  readonly holds: (given: Given) => boolean;
  /** What happens where it does not hold. */
  readonly without: string;
}

/** Parts of the mechanism, in the order of the catalogue. */
export const FAMILIES = [
  'function',
  'emission',
  'invariance',
  'influence',
  'consensus',
  'clipping',
  'bonds',
  'permits',
] as const;

export interface Property {
  /** Stable: the value of `--property`. */
  readonly name: string;
  readonly family: (typeof FAMILIES)[number];
  readonly statement: string;
  readonly formula: string;
  /** Section of docs/spec/yuma-epoch.md. */
  readonly spec: string;
  readonly requires: readonly Precondition[];
  /** @returns why the statement does not hold here, `null` if it does; all of `requires` hold */
  readonly check: (given: Given, run: Run) => string | null | Promise<string | null>;
}

/** What became of one check. JSON-safe. */
export type Finding =
  | { readonly status: 'ok' }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'outside'; readonly reason: string };

const traces = new WeakMap<EpochInput, EpochTrace>();

/** @param picks missing ones are 0 */
export function given(input: EpochInput, picks: Picks = []): Given {
  return {
    input,
    picks,
    get spec() {
      const known = traces.get(input) ?? traceEpoch(checkEpochInput(input, { lenient: true }));
      traces.set(input, known);
      return known;
    },
  };
}

/** Checks one property on one input. @throws what `run` throws */
export async function checkProperty(
  property: Property,
  run: Run,
  input: EpochInput,
  picks: Picks = [],
): Promise<Finding> {
  const subject = given(input, picks);
  for (const { holds, says } of property.requires) {
    if (!holds(subject)) return { status: 'outside', reason: says };
  }
  const reason = await property.check(subject, run);
  return reason === null ? { status: 'ok' } : { status: 'failed', reason };
}

/** The pick at `at`, below `bound`. */
export const pick = ({ picks }: Given, at: number, bound: number): number => (picks[at] ?? 0) % bound;

/** The item that the pick at `at` chooses; the list must not be empty. */
export const pickFrom = <T>(subject: Given, at: number, list: readonly T[]): T => list[pick(subject, at, list.length)]!;
