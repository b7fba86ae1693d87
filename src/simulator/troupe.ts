/**
 * Troupe: the agents of one subnet at work. It asks every one of them once an epoch, and holds what it says against what
 * an agent may say.
 * PERF   one loop over all agents with one guard round it, and views that are used again: a closure and a view for each of
 *        256 neurons would be garbage in every epoch. Bench: bench/simulate.ts
 */
import { type ErrorData, YumaError } from '../epoch/index.js';
import { Random } from '../sample/random.js';
import type { ChainView, Memory, MinerView, ValidatorView } from './agent.js';
import type { Actor, SubnetCast } from './cast.js';
import { shown } from './definition.js';
import { type Row, rowOf } from './submission.js';

/** What a validator submits: a row, the same again, or nothing. */
export type Decision = Row | 'again' | null;

/** The state of one neuron's agents, plain JSON. */
export interface SavedPlayer {
  readonly memory: readonly [validator: Memory, miner: Memory];
  readonly random: readonly [validator: readonly number[], miner: readonly number[]];
}

interface Player {
  readonly actor: Actor;
  /** Whether its validator decides after the others. */
  readonly last: boolean;
  readonly memory: [validator: Memory, miner: Memory];
  readonly random: [validator: Random, miner: Random];
  /** What its agents are given, written anew in every epoch. */
  readonly view: Writable<ValidatorView>;
  readonly minerView: Writable<MinerView>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class Troupe {
  private readonly players: Player[] = [];
  private readonly outputs: unknown[] = [];
  private scores = new Float64Array(0);
  /** Uids of those that decide last. */
  private readonly late = new Set<number>();
  /** What code that is not ours is given of the scores: it may write there. */
  private lent = new Float64Array(0);

  /** @param index of the subnet within its scenario, which its random streams start from */
  constructor(
    private readonly cast: SubnetCast,
    private readonly seed: number,
    private readonly index: number,
  ) {}

  /** A neuron that begins at `uid`: the first there, or another one. */
  enter(uid: number, actor: Actor, generation: number, saved?: SavedPlayer): void {
    const subject = (((generation & 0xff) * 256 + (this.index & 0xff)) * 32_768 + uid) * 2;
    const random: Player['random'] = saved
      ? [Random.from(saved.random[0]), Random.from(saved.random[1])]
      : [new Random(this.seed, subject), new Random(this.seed, subject + 1)];
    const last = actor.validator?.last === true;
    if (last) this.late.add(uid);
    else this.late.delete(uid);
    const chain = undefined as unknown as ChainView; // there is one before anybody is asked
    this.players[uid] = {
      actor,
      last,
      memory: saved ? [{ ...saved.memory[0] }, { ...saved.memory[1] }] : [{}, {}],
      random,
      view: { chain, uid, scores: this.scores, random: random[0] },
      minerView: { chain, uid, random: random[1] },
    };
  }

  save(): SavedPlayer[] {
    return this.players.map(({ memory, random }) => ({
      memory,
      random: [random[0].state(), random[1].state()],
    }));
  }

  /**
   * What every validator but the last ones submits for the epoch that `chain` is before, by uid; `undefined` = sets no
   * weights by plan, or decides last.
   * @throws YumaError AGENT_FAULT
   */
  decide(chain: ChainView): (Decision | undefined)[] {
    this.score(chain);
    return this.ask(chain, false);
  }

  /** Whether anybody decides last. */
  get hasLate(): boolean {
    return this.late.size > 0;
  }

  /**
   * What those submit that decide last, by uid.
   * @param chain as after the submissions of `decide`, for the same epoch
   * @throws YumaError AGENT_FAULT
   */
  decideLast(chain: ChainView): (Decision | undefined)[] {
    return this.ask(chain, true);
  }

  private ask(chain: ChainView, late: boolean): (Decision | undefined)[] {
    const { scores } = this;
    const decisions: (Decision | undefined)[] = [];
    let uid = 0;
    let reason: string | undefined;
    try {
      for (; uid < this.players.length && reason === undefined; uid++) {
        const { actor, last, memory, view } = this.players[uid]!;
        decisions.push(undefined);
        if (actor.validator === undefined || last !== late) continue;
        view.chain = chain;
        view.scores = actor.isCode ? this.lend(scores) : scores;
        const submission = actor.validator.decide(view, memory[0]);
        if (submission === null || submission === 'again') {
          decisions[uid] = submission;
          continue;
        }
        const row = rowOf(submission, chain.n);
        if ('reason' in row) reason = row.reason;
        else decisions[uid] = row;
      }
    } catch (fault) {
      throw this.thrown({ role: 'validator', uid, epoch: chain.epoch }, fault);
    }
    if (reason === undefined) return decisions;
    throw this.fault({ role: 'validator', uid: uid - 1, epoch: chain.epoch }, reason);
  }

  private lend(scores: Float64Array): Float64Array {
    if (this.lent.length !== scores.length) this.lent = new Float64Array(scores.length);
    this.lent.set(scores);
    return this.lent;
  }

  private score(chain: ChainView): void {
    this.deliver(chain);
    if (this.scores.length !== chain.n) this.scores = new Float64Array(chain.n);
    else this.scores.fill(0);
    const { scores, outputs } = this;
    const place = { role: 'evaluation', epoch: chain.epoch };
    try {
      this.cast.evaluation.score(outputs, scores, chain);
    } catch (fault) {
      throw this.thrown(place, fault);
    }
    for (let uid = 0; uid < scores.length; uid++) {
      const score = scores[uid]!;
      if (score >= 0 && score < Number.POSITIVE_INFINITY) continue;
      throw this.fault(place, `gave the score ${score} to uid ${uid}, which delivered ${shown(outputs[uid])}`);
    }
  }

  private deliver(chain: ChainView): void {
    this.outputs.length = this.players.length;
    let uid = 0;
    try {
      for (; uid < this.players.length; uid++) {
        const { actor, memory, minerView } = this.players[uid]!;
        minerView.chain = chain;
        this.outputs[uid] = actor.miner?.deliver(minerView, memory[1]);
      }
    } catch (fault) {
      throw this.thrown({ role: 'miner', uid, epoch: chain.epoch }, fault);
    }
  }

  private thrown(place: { role: string; uid?: number; epoch: number }, fault: unknown): YumaError {
    return this.fault(place, `threw ${fault instanceof Error ? fault.message : shown(fault)}`, fault);
  }

  private fault(place: { role: string; uid?: number; epoch: number }, reason: string, cause?: unknown): YumaError {
    const data: ErrorData['AGENT_FAULT'] = { ...place, subnet: this.cast.name, reason };
    return new YumaError('AGENT_FAULT', data, { cause });
  }
}
