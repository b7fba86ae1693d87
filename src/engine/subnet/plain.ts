/**
 * Plain state: a held subnet as an `EpochInput` in plain arrays, for any backend. Every change writes it as a reader of
 * the spec would; tests hold the resident state (`resident.ts`) against it.
 * Spec   docs/spec/yuma-epoch.md 1, 11; registration: docs/spec/neurons-stake-weights.md 1.2
 * Cost   O(entries) a change of weights: written to be read
 */
import type { Backend, RunOptions } from '../../backends/backend.js';
import { YumaError } from '../../epoch/errors.js';
import type { Hyperparameters } from '../../epoch/hyperparameters.js';
import { type CheckedInput, type EpochInput, listRows, NO_COMMIT, sparseRows } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { type CheckOptions, checkEpochInput } from '../../epoch/validate.js';
import { refuseIfCancelled } from '../cancellation.js';
import type { Lane } from '../lane.js';
import { extended } from './extended.js';
import type { Row } from './row.js';
import type { Computation, ScheduleOptions, Step, SubnetState } from './state.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class PlainState implements SubnetState {
  private readonly state: Mutable<EpochInput>;
  private computed: EpochOutput | undefined;

  constructor(
    checked: CheckedInput,
    private readonly lane: Lane,
    private readonly backend: Backend,
    private readonly check: CheckOptions,
  ) {
    this.state = ownedInput(checked);
  }

  get n(): number {
    return this.state.n;
  }

  get hyperparameters(): Hyperparameters {
    return this.state.hyperparameters;
  }

  setWeights(uid: number, row: Row, block: bigint): void {
    const lists = listRows(this.state.weights);
    lists[uid] = [...row.columns].map((column, entry) => [column, row.values[entry]!]);
    this.state.weights = sparseRows(lists);
    this.state.lastUpdate[uid] = block;
  }

  setLastUpdate(uid: number, block: bigint): void {
    this.state.lastUpdate[uid] = block;
  }

  setCommit(uid: number, block: bigint): void {
    this.state.commitBlock![uid] = block;
  }

  setStake(uid: number, raw: bigint): void {
    this.state.stake[2 * uid] = BigInt.asUintN(64, raw);
    this.state.stake[2 * uid + 1] = BigInt.asUintN(64, raw >> 64n);
  }

  register(uid: number, block: bigint): void {
    const state = this.state;
    const weights = listRows(state.weights);
    const bonds = listRows(state.bonds);
    if (uid === state.n) {
      state.n += 1;
      state.stake = extended(state.stake, 2 * state.n);
      state.lastUpdate = extended(state.lastUpdate, state.n);
      state.registeredAt = extended(state.registeredAt, state.n);
      state.commitBlock = extended(state.commitBlock!, state.n);
      state.validatorPermit = extended(state.validatorPermit, state.validatorPermit.length + 1);
    } else {
      for (const row of weights) for (const entry of row) if (entry[0] === uid) entry[1] = 0;
      if (uid < state.validatorPermit.length) state.validatorPermit[uid] = 0;
    }
    weights[uid] = [];
    bonds[uid] = [];
    state.weights = sparseRows(weights);
    state.bonds = sparseRows(bonds);
    state.lastUpdate[uid] = block;
    state.registeredAt[uid] = block;
    state.commitBlock![uid] = NO_COMMIT;
    this.setStake(uid, 0n);
  }

  setHyperparameters(parameters: Hyperparameters): void {
    this.state.hyperparameters = parameters;
  }

  compute(step: Step, options: RunOptions & ScheduleOptions): Computation {
    let over = false;
    const run = async () => {
      try {
        refuseIfCancelled(options);
        this.computed = await this.lane.runOnce(checkEpochInput({ ...this.state, ...step }, this.check), options);
      } finally {
        over = true;
      }
    };
    const done = run();
    return { done, whenOver: (callback) => void (over ? callback() : done.then(callback, callback)) };
  }

  computeNow(step: Step, options: RunOptions): void {
    if (this.backend.runSync === undefined) {
      throw new YumaError('BAD_USAGE', {
        reason: `advanceSync: the backend "${this.backend.name}" cannot, take advance`,
      });
    }
    this.computed = this.backend.runSync(checkEpochInput({ ...this.state, ...step }, this.check), options);
  }

  accept(step: Step): void {
    const { newValidatorPermit, bonds } = this.computed!;
    Object.assign(this.state, {
      ...step,
      lastStep: step.currentBlock,
      validatorPermit: newValidatorPermit.slice(),
      bonds: { offsets: bonds.offsets.slice(), columns: bonds.columns.slice(), values: bonds.values.slice() },
    });
  }

  view(): EpochOutput {
    return this.computed!;
  }

  output(): EpochOutput {
    return this.computed!;
  }

  input(): EpochInput {
    return ownedInput(this.state);
  }

  free(): void {
    this.computed = undefined;
  }
}

/** Copies of all arrays; rows without what lies behind the last offset, permits as long as they are stored. */
function ownedInput(input: EpochInput & { readonly permitLength?: number }): EpochInput {
  return {
    rules: input.rules,
    n: input.n,
    currentBlock: input.currentBlock,
    lastStep: input.lastStep,
    emission: input.emission,
    ownerUid: input.ownerUid,
    hyperparameters: { ...input.hyperparameters },
    stake: input.stake.slice(),
    lastUpdate: input.lastUpdate.slice(),
    registeredAt: input.registeredAt.slice(),
    validatorPermit: input.validatorPermit.slice(0, input.permitLength),
    commitBlock: input.commitBlock!.slice(),
    weights: sparseRows(listRows(input.weights)),
    bonds: sparseRows(listRows(input.bonds)),
    meta: input.meta,
  };
}
