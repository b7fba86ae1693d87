/** The float64 peer: one epoch, and a subnet that keeps its bonds from one to the next. */
import type { EpochInput } from '../../epoch/input.js';
import { type Float64Output, float64Epoch } from './epoch.js';

export { type Float64Output, float64Epoch } from './epoch.js';

/** What an epoch brings: the block it runs in and the rao it hands out. */
export interface EpochStep {
  readonly currentBlock: bigint;
  readonly emission: bigint;
}

export class Float64Subnet {
  private output: Float64Output | undefined;

  constructor(private input: EpochInput) {}

  /** Runs an epoch and writes bonds and permits back. */
  advance({ currentBlock, emission }: EpochStep): void {
    const input = { ...this.input, currentBlock, emission };
    const output = float64Epoch(input);
    this.input = { ...input, lastStep: currentBlock, bonds: output.bonds, validatorPermit: output.newValidatorPermit };
    this.output = output;
  }

  /** Results of the last epoch; none before the first. */
  view(): Float64Output | undefined {
    return this.output;
  }
}
