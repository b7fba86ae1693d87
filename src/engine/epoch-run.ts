/** Epoch run: one epoch that is to be computed in an arena, whoever computes it. */
import { ODD_COLUMNS_STATUS, STATUS } from '../backends/wasm/layout.js';
import type { SubnetMemory } from '../backends/wasm/subnet-memory.js';
import { YumaError } from '../epoch/errors.js';

export class EpochRun {
  constructor(
    /** Predicted time in one thread, ns. */
    readonly cost: number,
    /** Nothing is known that keeps several threads from sharing it. */
    readonly splits: boolean,
    /** Lays the inputs out, or gives them where they lie; called when the turn of the epoch comes. */
    readonly start: () => SubnetMemory,
    /** Called where the core refuses odd columns: throws the error that says which. */
    private readonly refuseOddColumns?: () => void,
  ) {}

  /** What a status other than 0 means to the caller. */
  fault(status: number): unknown {
    try {
      if (status === ODD_COLUMNS_STATUS) this.refuseOddColumns?.();
    } catch (fault) {
      return fault;
    }
    return new YumaError('CORE_FAULT', { status, reason: STATUS[status] ?? 'unknown' });
  }
}
