/**
 * Replay: a series of epochs computed twice, as filed and with changes, epoch beside epoch.
 * Baseline each case of the files as it stands, so that it gives what the files expect
 * Changed  the same cases with the changes; it carries bonds of its own from epoch to epoch, and permits where the changes
 *          reach them. Stakes, registrations and what the others submit stay as filed: nobody reacts to anybody
 * Cost     two epochs a case, and O(n + entries) for the changed input; two epochs in memory
 */
import { caseFault, type EpochCase } from '../formats/index.js';
import {
  type CheckedInput,
  checkEpochInput,
  type Engine,
  type EpochInput,
  type EpochOutput,
  type SparseRows,
  YumaError,
} from '../index.js';
import { carryBonds, carryPermits, chainBonds } from './between-epochs.js';
import { type Change, checkChanges } from './change.js';
import { type Carried, ChangedInputs } from './changed-input.js';
import { consecutive } from './series.js';

export interface ReplayOptions {
  /** Computes the epochs; its backend makes no difference to any number. */
  readonly engine: Pick<Engine, 'runEpoch'>;
  /** Take odd input, and give what the chain's code makes of it. Default false. */
  readonly lenient?: boolean | undefined;
  /**
   * Bonds of the epochs after the first. `filed` (default): the baseline has those of the files; where they are not what
   * the epoch before gave, the changed run follows. `chained`: both runs have what their own epoch before gave, whatever
   * the files hold.
   */
  readonly bonds?: 'filed' | 'chained' | undefined;
}

/** One epoch of both runs. */
export interface ReplayedEpoch {
  /** As filed. */
  readonly case: EpochCase;
  /** What the changed run computed with. */
  readonly input: EpochInput;
  readonly baseline: EpochOutput;
  readonly changed: EpochOutput;
  /** Rows of bonds that the file has otherwise than the epoch before left them; 0 where bonds are chained. */
  readonly editedBonds: number;
  /** Neurons whose permit the changes gave or took. */
  readonly otherPermits: number;
}

/**
 * Epochs of both runs, in order, as they are computed. The changes are checked against the first case.
 * @throws YumaError as `checkChanges`; WRONG_TYPE for `bonds`; NO_SERIES; faults of reading and running, with file, line and case
 */
export async function* replay(
  cases: AsyncIterable<EpochCase> | Iterable<EpochCase>,
  changes: readonly Change[],
  options: ReplayOptions,
): AsyncGenerator<ReplayedEpoch, void, undefined> {
  const { engine, lenient = false, bonds = 'filed' } = options;
  if (bonds !== 'filed' && bonds !== 'chained') {
    throw new YumaError('WRONG_TYPE', { field: 'bonds', expected: 'filed or chained', got: String(bonds) });
  }
  let inputs: ChangedInputs | undefined;
  let last: Last | undefined;
  for await (const given of consecutive(cases)) {
    if (inputs === undefined) {
      checkChanges(changes, given.input);
      inputs = new ChangedInputs(changes);
    }
    try {
      const checked = checkEpochInput(given.input, { lenient });
      const between = last && carry(last, checked, bonds);
      const filed =
        between?.baselineBonds === undefined ? given.input : { ...given.input, bonds: between.baselineBonds };
      const input = inputs.next(given.input, checked, between?.carried);
      const [baseline, changed] = await Promise.all([
        engine.runEpoch(filed, { lenient }),
        engine.runEpoch(input, { lenient }),
      ]);
      const otherPermits = permitsApart(between?.carried.nextPermits, checked.validatorPermit);
      yield { case: given, input, baseline, changed, editedBonds: between?.edited ?? 0, otherPermits };
      last = { checked, input, baseline, changed };
    } catch (fault) {
      throw caseFault(fault, given);
    }
  }
}

/** The previous epoch. */
interface Last {
  /** As filed. */
  readonly checked: CheckedInput;
  /** Of the changed run. */
  readonly input: EpochInput;
  readonly baseline: EpochOutput;
  readonly changed: EpochOutput;
}

interface Between {
  readonly carried: Carried;
  /** `undefined`: as filed. */
  readonly baselineBonds: SparseRows | undefined;
  readonly edited: number;
}

/** What the epoch before hands to the epoch of `next`. */
function carry({ checked, input, baseline, changed }: Last, next: CheckedInput, mode: 'filed' | 'chained'): Between {
  const taken = (uid: number): boolean => checked.registeredAt[uid] !== next.registeredAt[uid];
  const chained = mode === 'chained';
  const { bonds, edited } = chained
    ? { bonds: chainBonds(changed.bonds, next.n, taken), edited: 0 }
    : carryBonds(changed.bonds, baseline.bonds, next.bonds);
  return {
    carried: {
      weights: input.weights,
      permits: input.validatorPermit,
      output: changed,
      bonds,
      nextPermits: carryPermits(changed.newValidatorPermit, baseline.newValidatorPermit, next.validatorPermit, taken),
    },
    baselineBonds: chained ? chainBonds(baseline.bonds, next.n, taken) : undefined,
    edited,
  };
}

function permitsApart(permits: Uint8Array | undefined, filed: Uint8Array): number {
  return permits === undefined ? 0 : permits.reduce((count, permit, uid) => count + Number(permit !== filed[uid]), 0);
}
