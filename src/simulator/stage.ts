/**
 * Stage: one subnet of a simulation, from epoch to epoch: what happens before an epoch, the weights that are revealed and
 * submitted, the epoch itself on a held subnet, and what it leaves for the next one.
 * Blocks  the first epoch runs in block START + tempo; weights are submitted one block before the epoch they are for
 * Spec    docs/spec/neurons-stake-weights.md 4.2 (commit-reveal), docs/spec/yuma-epoch.md
 */
import type { EpochOutput, Hyperparameters } from '../epoch/index.js';
import type { Engine, Step, Subnet } from '../index.js';
import type { ChainView, LastResults } from './agent.js';
import type { Actor, CastEvent, SubnetCast } from './cast.js';
import { firstInput, START } from './first-input.js';
import { lastOf } from './last-results.js';
import type { Commit, SavedStage } from './saved-stage.js';
import type { Row } from './submission.js';
import { type Decision, Troupe } from './troupe.js';

const NO_ROW: Row = { columns: new Uint16Array(0), values: new Uint16Array(0) };

export class Stage {
  readonly actors: Actor[] = [];
  /** Weights of each uid that lie on the chain. */
  readonly rows: Row[] = [];
  /** rao */
  readonly stake: bigint[] = [];
  last: LastResults | undefined;
  private hyperparameters: Hyperparameters;
  private block = START;
  private readonly lastUpdate: bigint[] = [];
  private readonly teams: (string | undefined)[] = [];
  private readonly validators: boolean[] = [];
  private commits: Commit[] = [];
  private readonly generations: number[] = [];
  private readonly troupe: Troupe;
  /** What agents are shown of the neurons; `undefined` = made anew for the next epoch. */
  private shown: Pick<ChainView, 'n' | 'stake' | 'teams' | 'validators'> | undefined;

  private constructor(
    readonly cast: SubnetCast,
    seed: number,
    index: number,
    readonly subnet: Subnet,
  ) {
    this.hyperparameters = Object.freeze({ ...cast.hyperparameters });
    this.troupe = new Troupe(cast, seed, index);
  }

  static async open(engine: Engine, cast: SubnetCast, seed: number, index: number): Promise<Stage> {
    const stage = new Stage(cast, seed, index, await engine.open(firstInput(cast)));
    for (const [uid, actor] of cast.actors.entries()) stage.enter(uid, actor);
    return stage;
  }

  /** The stage as it was saved before epoch `epoch`. */
  static async restore(
    engine: Engine,
    cast: SubnetCast,
    seed: number,
    index: number,
    epoch: number,
    saved: SavedStage,
  ): Promise<Stage> {
    const stage = new Stage(cast, seed, index, await engine.restore(saved.snapshot));
    for (const [uid, actor] of cast.actors.entries()) stage.enter(uid, actor);
    const past = [...cast.events].filter(([at]) => at < epoch).sort(([a], [b]) => a - b);
    for (const [, events] of past) {
      for (const event of events) {
        if ('register' in event) stage.enter(event.uid, event.register);
        if ('hyperparameters' in event) {
          stage.hyperparameters = Object.freeze({ ...stage.hyperparameters, ...event.hyperparameters });
        }
      }
    }
    for (const [uid, actor] of stage.actors.entries()) {
      stage.troupe.enter(uid, actor, stage.generations[uid]!, saved.players[uid]);
    }
    stage.block = saved.block;
    stage.commits = [...saved.commits];
    stage.last = saved.last;
    stage.stake.splice(0, stage.stake.length, ...saved.stake);
    stage.lastUpdate.splice(0, stage.lastUpdate.length, ...saved.lastUpdate);
    stage.rows.splice(0, stage.rows.length, ...saved.rows);
    return stage;
  }

  save(): SavedStage {
    const { block, stake, lastUpdate, rows, commits, last } = this;
    return {
      snapshot: this.subnet.snapshot(),
      block,
      stake,
      lastUpdate,
      rows,
      commits,
      last,
      players: this.troupe.save(),
    };
  }

  /**
   * Everything that comes before an epoch: events, weights revealed, weights submitted.
   * @throws YumaError AGENT_FAULT
   */
  prepare(epoch: number): void {
    for (const event of this.cast.events.get(epoch) ?? []) this.happen(event);
    this.block += BigInt(this.hyperparameters.tempo);
    const { revealPeriod } = this.cast;
    const due = this.commits.filter((commit) => commit.epoch + revealPeriod <= epoch);
    if (due.length > 0) {
      this.commits = this.commits.filter((commit) => commit.epoch + revealPeriod > epoch);
      for (const { uid, row } of due) this.setRow(uid, row);
    }
    this.submitAll(this.troupe.decide(this.chain(epoch)), epoch);
    if (this.troupe.hasLate) this.submitAll(this.troupe.decideLast(this.chain(epoch)), epoch);
  }

  /** Of the epoch that was prepared. */
  get step(): Step {
    return { currentBlock: this.block, emission: this.cast.emission };
  }

  /** Takes over what the epoch left, and lets stakes grow. */
  conclude(output: EpochOutput): void {
    this.last = lastOf(output, this.last);
    for (let uid = 0; uid < this.actors.length; uid++) {
      const { compound } = this.actors[uid]!;
      if (compound === 0) continue;
      const earned = output.validatorEmission[uid]!;
      const added = compound === 1 ? earned : BigInt(Math.floor(Number(earned) * compound));
      if (added > 0n) this.setStake(uid, this.stake[uid]! + added);
    }
  }

  close(): void {
    this.subnet.close();
  }

  /**
   * Frozen copies: an agent that writes there throws, instead of changing what others see and a record keeps. Rows are
   * copied for the first who looks at them.
   */
  private chain(epoch: number): ChainView {
    const { block, hyperparameters, last, rows } = this;
    let shownRows: readonly Row[] | undefined;
    this.shown ??= {
      n: this.actors.length,
      stake: Object.freeze(this.stake.slice()),
      teams: Object.freeze(this.teams.slice()),
      validators: Object.freeze(this.validators.slice()),
    };
    return Object.freeze({
      ...this.shown,
      epoch,
      block,
      hyperparameters,
      last,
      get rows() {
        shownRows ??= Object.freeze(rows.slice());
        return shownRows;
      },
    });
  }

  private happen(event: CastEvent): void {
    if ('hyperparameters' in event) {
      this.hyperparameters = Object.freeze({ ...this.hyperparameters, ...event.hyperparameters });
      this.subnet.setHyperparameters(event.hyperparameters);
    } else if ('stake' in event) this.setStake(event.uid, event.stake);
    else this.register(event.uid, event.register);
  }

  private register(uid: number, actor: Actor): void {
    const block = this.block + 1n;
    this.subnet.register(uid, block);
    this.commits = this.commits.filter((commit) => commit.uid !== uid);
    for (const [other, { columns, values }] of this.rows.entries()) {
      const entry = columns.indexOf(uid);
      if (entry >= 0) this.rows[other] = { columns, values: values.with(entry, 0) };
    }
    this.enter(uid, actor);
    this.lastUpdate[uid] = block;
    this.setStake(uid, actor.stake);
  }

  private enter(uid: number, actor: Actor): void {
    this.actors[uid] = actor;
    this.teams[uid] = actor.team;
    this.validators[uid] = actor.validator !== undefined;
    this.generations[uid] = (this.generations[uid] ?? -1) + 1;
    this.rows[uid] = NO_ROW;
    this.stake[uid] = actor.stake;
    this.lastUpdate[uid] = START;
    this.shown = undefined;
    this.troupe.enter(uid, actor, this.generations[uid]!);
  }

  private submitAll(decisions: readonly (Decision | undefined)[], epoch: number): void {
    for (let uid = 0; uid < decisions.length; uid++) {
      const decision = decisions[uid];
      if (decision) this.submit(uid, decision, epoch);
    }
  }

  private submit(uid: number, decision: Exclude<Decision, null>, epoch: number): void {
    const block = this.block - 1n;
    this.lastUpdate[uid] = block;
    if (this.cast.revealPeriod === 0) {
      if (decision === 'again') this.subnet.setLastUpdate(uid, block);
      else this.setRow(uid, decision);
      return;
    }
    const row = decision === 'again' ? this.newestRow(uid) : decision;
    this.commits.push({ epoch, uid, block, row });
    this.subnet.setLastUpdate(uid, block);
    this.subnet.setCommit(uid, this.oldestCommit(uid));
  }

  /** A row that counts from now on, without a new last update but that which the neuron has. */
  private setRow(uid: number, row: Row): void {
    this.rows[uid] = row;
    this.subnet.setWeights(uid, row, this.lastUpdate[uid]!);
    if (this.cast.revealPeriod > 0) this.subnet.setCommit(uid, this.oldestCommit(uid));
  }

  private oldestCommit(uid: number): bigint | null {
    return this.commits.find((commit) => commit.uid === uid)?.block ?? null;
  }

  private newestRow(uid: number): Row {
    return this.commits.findLast((commit) => commit.uid === uid)?.row ?? this.rows[uid]!;
  }

  private setStake(uid: number, rao: bigint): void {
    this.stake[uid] = rao;
    this.shown = undefined;
    this.subnet.setStake(uid, rao << 64n);
  }
}
