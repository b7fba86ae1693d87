/**
 * Recorder: keeps what a record shows of one subnet while it runs.
 * Memory  7 numbers of 8 bytes a neuron for each epoch that is kept, and 2 bytes an entry of each frame
 */
import type { EpochOutput, SparseRows } from '../index.js';
import { LARGEST_EPOCHS } from './cast/events.js';
import type { SubnetCast } from './cast.js';
import { numberWithin } from './definition.js';
import { type MatrixFrame, METRIC_NAMES, type Metric, type SubnetRecord } from './record.js';
import type { Stage } from './stage.js';

/** What is kept of a run. */
export interface RecordOptions {
  /** Every how many epochs vectors are kept; the last epoch always. Default: so many that it stays below 2 000 000 numbers. */
  readonly every?: number | undefined;
  /** Every how many epochs weights and bonds are kept, and in the last one; default 0: never. */
  readonly frames?: number | undefined;
}

/** What one kept epoch gave. */
interface Kept {
  readonly epoch: number;
  readonly n: number;
  readonly vectors: Readonly<Record<Metric, Float64Array>>;
}

/** All that a recorder holds. */
export interface SavedRecorder {
  readonly kept: readonly Kept[];
  readonly weights: readonly MatrixFrame[];
  readonly bonds: readonly MatrixFrame[];
  readonly totals: SubnetRecord['totals'];
}

const MOST_NUMBERS = 2_000_000;
const TWO_32 = 4_294_967_296;

export class Recorder {
  private readonly kept: Kept[];
  private readonly weights: MatrixFrame[];
  private readonly bonds: MatrixFrame[];
  private totals: SubnetRecord['totals'];
  private readonly every: number;
  private readonly frames: number;

  constructor(
    private readonly cast: SubnetCast,
    private readonly epochs: number,
    { every, frames = 0 }: RecordOptions,
    saved?: SavedRecorder,
  ) {
    for (const [name, value, least] of [
      ['every', every ?? 1, 1],
      ['frames', frames, 0],
    ] as const) {
      numberWithin(value, least, LARGEST_EPOCHS, true, { field: `record.${name}` });
    }
    const numbers = epochs * Math.max(1, cast.actors.length) * METRIC_NAMES.length;
    this.every = every ?? Math.ceil(numbers / MOST_NUMBERS);
    this.frames = frames;
    this.kept = [...(saved?.kept ?? [])];
    this.weights = [...(saved?.weights ?? [])];
    this.bonds = [...(saved?.bonds ?? [])];
    this.totals = saved?.totals ?? noTotals(cast.actors.length);
  }

  save(): SavedRecorder {
    const { kept, weights, bonds, totals } = this;
    return { kept, weights, bonds, totals };
  }

  /** @param output of this epoch, read here and not kept */
  keep(epoch: number, stage: Stage, output: EpochOutput): void {
    const last = epoch === this.epochs - 1;
    this.addUp(output);
    if (last || epoch % this.every === 0) {
      const vectors = {
        incentive: new Float64Array(output.incentive),
        dividends: new Float64Array(output.dividends),
        consensus: new Float64Array(output.consensus),
        validatorTrust: new Float64Array(output.validatorTrust),
        serverEmission: numbers(output.serverEmission),
        validatorEmission: numbers(output.validatorEmission),
        stake: Float64Array.from(stage.stake, Number),
      };
      this.kept.push({ epoch, n: output.n, vectors });
    }
    if (this.frames > 0 && (last || epoch % this.frames === 0)) {
      const uids = stage.actors.flatMap(({ validator }, uid) => (validator === undefined ? [] : [uid]));
      this.weights.push(weightFrame(epoch, output.n, uids, stage));
      this.bonds.push(bondFrame(epoch, output.n, uids, output.bonds));
    }
  }

  private addUp({ n, serverEmission, validatorEmission }: EpochOutput): void {
    if (n > this.totals.serverEmission.length) {
      const { serverEmission: server, validatorEmission: validator } = this.totals;
      this.totals = noTotals(n);
      this.totals.serverEmission.set(server);
      this.totals.validatorEmission.set(validator);
    }
    addNumbers(serverEmission, this.totals.serverEmission);
    addNumbers(validatorEmission, this.totals.validatorEmission);
  }

  record({ actors }: Stage): SubnetRecord {
    const n = actors.length;
    const metrics = Object.fromEntries(
      METRIC_NAMES.map((name) => {
        const values = new Float64Array(this.kept.length * n);
        for (const [at, { vectors }] of this.kept.entries()) values.set(vectors[name], at * n);
        return [name, values];
      }),
    ) as Record<Metric, Float64Array>;
    return {
      name: this.cast.name,
      hyperparameters: this.cast.hyperparameters,
      emission: this.cast.emission,
      n,
      names: actors.map(({ name }) => name),
      teams: actors.map(({ team }) => team),
      validators: actors.flatMap(({ validator }, uid) => (validator === undefined ? [] : [uid])),
      epochs: this.kept.map(({ epoch }) => epoch),
      metrics,
      totals: {
        serverEmission: this.totals.serverEmission.slice(),
        validatorEmission: this.totals.validatorEmission.slice(),
      },
      weights: [...this.weights],
      bonds: [...this.bonds],
    };
  }
}

const noTotals = (n: number): SubnetRecord['totals'] => ({
  serverEmission: new Float64Array(n),
  validatorEmission: new Float64Array(n),
});

function numbers(amounts: BigUint64Array): Float64Array {
  const values = new Float64Array(amounts.length);
  addNumbers(amounts, values);
  return values;
}

/** Adds u64 amounts to numbers: exact below 2^53, a few times faster than through bigints. */
function addNumbers(amounts: BigUint64Array, to: Float64Array): void {
  const words = new Uint32Array(amounts.buffer, amounts.byteOffset, 2 * amounts.length);
  for (let uid = 0; uid < amounts.length; uid++) to[uid]! += words[2 * uid]! + words[2 * uid + 1]! * TWO_32;
}

/** Each row as shares of its sum, 65535 = all of it, rounded down. */
function weightFrame(epoch: number, n: number, uids: readonly number[], { rows }: Stage): MatrixFrame {
  const values = new Uint16Array(uids.length * n);
  for (const [at, uid] of uids.entries()) {
    const row = rows[uid]!;
    const sum = row.values.reduce((total, value) => total + value, 0);
    for (const [entry, column] of row.columns.entries()) {
      if (sum > 0) values[at * n + column] = Math.floor((row.values[entry]! * 65_535) / sum);
    }
  }
  return { epoch, uids, n, values };
}

function bondFrame(epoch: number, n: number, uids: readonly number[], bonds: SparseRows): MatrixFrame {
  const values = new Uint16Array(uids.length * n);
  for (const [at, uid] of uids.entries()) {
    for (let entry = bonds.offsets[uid]!; entry < bonds.offsets[uid + 1]!; entry++) {
      values[at * n + bonds.columns[entry]!] = bonds.values[entry]!;
    }
  }
  return { epoch, uids, n, values };
}
