/**
 * Troupe: the agents of one subnet at work. It asks every one of them once an epoch, and holds what it says against what
 * an agent may say.
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
  readonly memory: [validator: Memory, miner: Memory];
  readonly random: [validator: Random, miner: Random];
}

export class Troupe {
  private readonly players: Player[] = [];
  private readonly outputs: unknown[] = [];
  private scores = new Float64Array(0);

  /** @param index of the subnet within its scenario, which its random streams start from */
  constructor(
    private readonly cast: SubnetCast,
    private readonly seed: number,
    private readonly index: number,
  ) {}

  /** A neuron that begins at `uid`: the first there, or another one. */
  enter(uid: number, actor: Actor, generation: number, saved?: SavedPlayer): void {
    const subject = (((generation & 0xff) * 256 + (this.index & 0xff)) * 32_768 + uid) * 2;
    this.players[uid] = {
      actor,
      memory: saved ? [{ ...saved.memory[0] }, { ...saved.memory[1] }] : [{}, {}],
      random: saved
        ? [Random.from(saved.random[0]), Random.from(saved.random[1])]
        : [new Random(this.seed, subject), new Random(this.seed, subject + 1)],
    };
  }

  save(): SavedPlayer[] {
    return this.players.map(({ memory, random }) => ({
      memory,
      random: [random[0].state(), random[1].state()],
    }));
  }

  /**
   * What every validator submits for the epoch that `chain` is before, by uid; `undefined` = sets no weights, by plan.
   * @throws YumaError AGENT_FAULT
   */
  decide(chain: ChainView): (Decision | undefined)[] {
    const scores = this.score(chain);
    return this.players.map(({ actor, memory, random }, uid) => {
      if (actor.validator === undefined) return undefined;
      const given: ValidatorView = { chain, uid, scores, random: random[0] };
      const place = { role: 'validator', uid, epoch: chain.epoch };
      const submission = this.guarded(place, () => actor.validator!.decide(given, memory[0]));
      if (submission === null || submission === 'again') return submission;
      const row = rowOf(submission, chain.n);
      if ('reason' in row) throw this.fault(place, row.reason);
      return row;
    });
  }

  private score(chain: ChainView): Float64Array {
    const { epoch } = chain;
    this.outputs.length = this.players.length;
    for (const [uid, { actor, memory, random }] of this.players.entries()) {
      this.outputs[uid] =
        actor.miner === undefined
          ? undefined
          : this.guarded({ role: 'miner', uid, epoch }, () => {
              const given: MinerView = { chain, uid, random: random[1] };
              return actor.miner!.deliver(given, memory[1]);
            });
    }
    if (this.scores.length !== chain.n) this.scores = new Float64Array(chain.n);
    else this.scores.fill(0);
    const place = { role: 'evaluation', epoch };
    this.guarded(place, () => this.cast.evaluation.score(this.outputs, this.scores, chain));
    for (const [uid, score] of this.scores.entries()) {
      if (score >= 0 && score < Number.POSITIVE_INFINITY) continue;
      const delivered = shown(this.outputs[uid]);
      throw this.fault(place, `gave the score ${score} to uid ${uid}, which delivered ${delivered}`);
    }
    return this.scores;
  }

  private guarded<T>(place: { role: string; uid?: number; epoch: number }, call: () => T): T {
    try {
      return call();
    } catch (fault) {
      throw this.fault(place, `threw ${fault instanceof Error ? fault.message : shown(fault)}`, fault);
    }
  }

  private fault(place: { role: string; uid?: number; epoch: number }, reason: string, cause?: unknown): YumaError {
    const data: ErrorData['AGENT_FAULT'] = { ...place, subnet: this.cast.name, reason };
    return new YumaError('AGENT_FAULT', data, { cause });
  }
}
