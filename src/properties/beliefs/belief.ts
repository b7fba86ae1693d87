/** A belief: a statement that sounds true of Yuma Consensus and is false. */
import type { Given, Property, Run } from '../property.js';

export interface Belief {
  /** Stable; `docs/beliefs/<name>.jsonl` is a small counterexample. */
  readonly name: string;
  readonly statement: string;
  /** Why it fails. */
  readonly why: string;
  /** Section of docs/spec/yuma-epoch.md. */
  readonly spec: string;
  /** @returns how the input refutes it, `null` if it does not */
  readonly refute: (given: Given, run: Run) => Promise<string | null>;
}

/** The belief as a property, which fails where the belief is refuted. */
export const asProperty = ({ name, statement, spec, refute }: Belief): Property => ({
  name,
  family: 'function',
  statement,
  formula: '',
  spec,
  requires: [],
  check: refute,
});
