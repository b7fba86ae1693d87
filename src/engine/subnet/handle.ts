/**
 * Handle: what `engine.open` gives. It checks every call, keeps one epoch at a time on its way, and takes an epoch's
 * results over only when it is done; the state behind it (`state.ts`) does the rest.
 */
import type { RunOptions } from '../../backends/backend.js';
import { YumaError } from '../../epoch/errors.js';
import { HYPERPARAMETERS, type Hyperparameters } from '../../epoch/hyperparameters.js';
import { MAX_NEURONS, NO_COMMIT, stakeFromRaw } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { wrongType } from '../../epoch/types.js';
import { type CheckOptions, checkHyperparameters, checkInteger, checkOptions } from '../../epoch/validate.js';
import { checkRow, type GivenRow } from './row.js';
import { formatSnapshot } from './snapshot.js';
import type { BondsWanted, Computation, ScheduleOptions, Step, SubnetState } from './state.js';
import type { Subnet } from './subnet.js';

export class SubnetHandle implements Subnet {
  private closed = false;
  private computing: Computation | undefined;
  /** The results of the last epoch are still those of the state: nothing was changed since. */
  private fresh = false;

  constructor(
    private readonly state: SubnetState,
    private readonly check: CheckOptions,
    private readonly engineIsClosed: () => boolean,
  ) {}

  get n(): number {
    return this.state.n;
  }

  setWeights(uid: number, row: GivenRow, block: bigint): void {
    this.refuseUnlessIdle('setWeights');
    this.checkUid(uid, this.n - 1);
    checkInteger('block', block, 'u64');
    const checked = checkRow(row, uid, this.n, this.check.lenient ?? false);
    this.fresh = false;
    this.state.setWeights(uid, checked, block);
  }

  setLastUpdate(uid: number, block: bigint): void {
    this.refuseUnlessIdle('setLastUpdate');
    this.checkUid(uid, this.n - 1);
    checkInteger('block', block, 'u64');
    this.fresh = false;
    this.state.setLastUpdate(uid, block);
  }

  setCommit(uid: number, block: bigint | null): void {
    this.refuseUnlessIdle('setCommit');
    this.checkUid(uid, this.n - 1);
    if (block !== null) checkInteger('block', block, 'u64');
    this.fresh = false;
    this.state.setCommit(uid, block ?? NO_COMMIT);
  }

  setStake(uid: number, stake: bigint): void {
    this.refuseUnlessIdle('setStake');
    this.checkUid(uid, this.n - 1);
    try {
      stakeFromRaw([stake]);
    } catch (fault) {
      if (fault instanceof YumaError) throw new YumaError(fault.code, { ...fault.data, uid });
      throw fault;
    }
    if (stake < 0n && !this.check.lenient) {
      throw new YumaError('NEGATIVE_STAKE', { field: 'stake', uid, value: String(stake) });
    }
    this.fresh = false;
    this.state.setStake(uid, stake);
  }

  register(uid: number, block: bigint): void {
    this.refuseUnlessIdle('register');
    this.checkUid(uid, this.n);
    if (uid === MAX_NEURONS) {
      throw new YumaError('TOO_MANY_NEURONS', { field: 'n', n: String(uid + 1), limit: MAX_NEURONS });
    }
    checkInteger('block', block, 'u64');
    this.fresh = false;
    this.state.register(uid, block);
  }

  setHyperparameters(changes: Partial<Hyperparameters>): void {
    this.refuseUnlessIdle('setHyperparameters');
    if (typeof changes !== 'object' || changes === null) throw wrongType({ field: 'changes' }, 'an object', changes);
    for (const field of Object.keys(changes)) {
      if (!Object.hasOwn(HYPERPARAMETERS, field)) {
        throw new YumaError('UNKNOWN_FIELD', { field, known: Object.keys(HYPERPARAMETERS) });
      }
    }
    const hyperparameters = { ...this.state.hyperparameters, ...changes };
    checkHyperparameters({ hyperparameters }, this.check.lenient ?? false);
    this.fresh = false;
    this.state.setHyperparameters(hyperparameters);
  }

  async runEpoch(step: Step, options: RunOptions & ScheduleOptions = {}): Promise<EpochOutput> {
    checkOptions(options);
    return this.take(step, { ...options, bondsStay: false }, () => this.state.output(options));
  }

  async advance(step: Step, options: ScheduleOptions = {}): Promise<void> {
    checkOptions(options);
    await this.take(step, { ...options, bondsStay: true }, () => {});
  }

  advanceSync(step: Step): void {
    this.refuseUnlessIdle('advanceSync');
    const ownStep = checkStep(step);
    if (this.state.computeNow === undefined) {
      throw new YumaError('BAD_USAGE', { reason: 'advanceSync: worker threads or a GPU compute, take advance' });
    }
    this.fresh = false;
    this.state.computeNow(ownStep, {});
    this.state.accept(ownStep);
    this.fresh = true;
  }

  view(): EpochOutput {
    this.refuseUnlessIdle('view');
    if (!this.fresh) {
      const reason = 'view: there are no results to see, since no epoch was run after opening or after the last change';
      throw new YumaError('BAD_USAGE', { reason });
    }
    return this.state.view();
  }

  snapshot(): Uint8Array {
    this.refuseIfClosed();
    return formatSnapshot(this.state.input(), this.check);
  }

  async idle(): Promise<void> {
    const { computing } = this;
    if (computing !== undefined) await new Promise<void>((resolve) => computing.whenOver(resolve));
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.fresh = false;
    if (this.computing === undefined) this.state.free();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Runs an epoch and takes it over; what `read` gives is read before anybody can change the subnet again. */
  private async take<T>(step: Step, options: RunOptions & ScheduleOptions & BondsWanted, read: () => T): Promise<T> {
    this.refuseUnlessIdle('runEpoch');
    const ownStep = checkStep(step);
    this.fresh = false;
    const computing = this.state.compute(ownStep, options);
    this.computing = computing;
    try {
      await computing.done;
      if (this.closed) throw new YumaError('CLOSED', { what: 'the subnet' });
      this.state.accept(ownStep); // also where the engine was closed meanwhile: what runs is waited for
      this.fresh = true;
      return read();
    } finally {
      computing.whenOver(() => {
        this.computing = undefined;
        if (this.closed) this.state.free();
      });
    }
  }

  private checkUid(uid: unknown, last: number): void {
    if (typeof uid === 'number' && Number.isInteger(uid) && uid >= 0 && uid <= last) return;
    throw new YumaError('NO_SUCH_UID', { wanted: String(uid), n: this.n });
  }

  private refuseUnlessIdle(wanted: string): void {
    this.refuseIfClosed();
    if (this.computing !== undefined) throw new YumaError('BUSY', { wanted });
  }

  private refuseIfClosed(): void {
    if (this.closed) throw new YumaError('CLOSED', { what: 'the subnet' });
    if (this.engineIsClosed()) throw new YumaError('CLOSED', { what: 'the engine' });
  }
}

function checkStep(step: Step): Step {
  const { currentBlock, emission } = step ?? {};
  checkInteger('currentBlock', currentBlock, 'u64');
  checkInteger('emission', emission, 'u64');
  return { currentBlock, emission };
}
