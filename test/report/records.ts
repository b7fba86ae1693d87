/** Records of small runs of the engine, as a simulator would keep them. */
import { createEngine, type Hyperparameters, hyperparameters, sparseRows, stakeFromRao } from '../../src/index.js';
import { Random } from '../../src/sample/random.js';
import {
  type MatrixFrame,
  METRIC_NAMES,
  type Metric,
  type RunRecord,
  type SubnetRecord,
} from '../../src/simulator/record.js';

export const ABOUT = { engineVersion: '0.1.0' };

export interface Plan {
  readonly scenario: string;
  readonly title: string;
  readonly epochs: number;
  readonly names: readonly string[];
  readonly teams?: readonly (string | undefined)[];
  /** Alpha of stake of each uid; those with some are validators. */
  readonly stakes: readonly number[];
  readonly subnets: Readonly<Record<string, Partial<Hyperparameters>>>;
  /** Weights of a validator in an epoch, by uid. */
  weights(uid: number, epoch: number): readonly (readonly [uid: number, weight: number])[];
}

const EMISSION = 148_000_000_000n;

/** Runs it with the engine, keeping everything. */
export async function recordOf(plan: Plan): Promise<RunRecord> {
  const subnets: SubnetRecord[] = [];
  for (const [name, changes] of Object.entries(plan.subnets)) subnets.push(await subnetOf(plan, name, changes));
  return {
    scenario: plan.scenario,
    title: plan.title,
    seed: 7,
    epochs: plan.epochs,
    digest: '0123456789abcdef',
    subnets,
  };
}

async function subnetOf(plan: Plan, name: string, changes: Partial<Hyperparameters>): Promise<SubnetRecord> {
  const n = plan.stakes.length;
  const parameters = hyperparameters({ commitReveal: false, ...changes });
  const validators = plan.stakes.flatMap((stake, uid) => (stake > 0 ? [uid] : []));
  await using engine = await createEngine({ backend: 'wasm' });
  const tempo = BigInt(parameters.tempo) + 1n;
  using subnet = await engine.open({
    rules: 'subtensor-425',
    n,
    currentBlock: 0n,
    lastStep: 0n,
    emission: EMISSION,
    ownerUid: null,
    hyperparameters: parameters,
    stake: stakeFromRao(plan.stakes.map((stake) => BigInt(Math.round(stake * 1e9)))),
    lastUpdate: new BigUint64Array(n),
    registeredAt: new BigUint64Array(n),
    validatorPermit: Uint8Array.from(plan.stakes, (stake) => (stake > 0 ? 1 : 0)),
    weights: sparseRows(plan.stakes.map(() => [])),
    bonds: sparseRows(plan.stakes.map(() => [])),
  });
  const metrics = Object.fromEntries(METRIC_NAMES.map((metric) => [metric, new Float64Array(plan.epochs * n)]));
  const weights: MatrixFrame[] = [];
  const bonds: MatrixFrame[] = [];
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const block = BigInt(epoch + 2) * tempo;
    const rows = new Uint16Array(validators.length * n);
    for (const [row, uid] of validators.entries()) {
      const given = plan.weights(uid, epoch);
      subnet.setWeights(uid, given, block - 1n);
      for (const [to, weight] of given) rows[row * n + to] = weight;
    }
    const output = await subnet.runEpoch({ currentBlock: block, emission: EMISSION });
    for (const metric of METRIC_NAMES) {
      for (let uid = 0; uid < n; uid++) metrics[metric]![epoch * n + uid] = Number(output[metric][uid]);
    }
    weights.push({ epoch, uids: validators, n, values: rows });
    const held = new Uint16Array(validators.length * n);
    for (const [row, uid] of validators.entries()) {
      const { offsets, columns, values } = output.bonds;
      for (let at = offsets[uid]!; at < offsets[uid + 1]!; at++) held[row * n + columns[at]!] = values[at]!;
    }
    bonds.push({ epoch, uids: validators, n, values: held });
  }
  const totalOf = (metric: Metric): Float64Array =>
    Float64Array.from({ length: n }, (_, uid) => {
      let sum = 0;
      for (let epoch = 0; epoch < plan.epochs; epoch++) sum += metrics[metric]![epoch * n + uid]!;
      return sum;
    });
  return {
    name,
    hyperparameters: parameters,
    emission: EMISSION,
    n,
    names: plan.names,
    teams: plan.teams ?? plan.names.map(() => undefined),
    validators,
    epochs: Array.from({ length: plan.epochs }, (_, epoch) => epoch),
    metrics: metrics as SubnetRecord['metrics'],
    totals: { serverEmission: totalOf('serverEmission'), validatorEmission: totalOf('validatorEmission') },
    weights,
    bonds,
  };
}

/** Three validators and two miners: the majority moves first, the small ones follow. */
export const CLASSIC: Plan = {
  scenario: 'kappa-moves-first',
  title: 'The kappa-majority moves first',
  epochs: 40,
  names: ['Validator A', 'Validator B', 'Validator C', 'Server 1', 'Server 2'],
  stakes: [800, 100, 100, 0, 0],
  subnets: { yuma2: { yuma3: false }, yuma3: {}, liquid: { liquidAlpha: true } },
  weights: (uid, epoch) => (epoch < 1 + uid * 2 ? [[3, 65_535]] : [[4, 65_535]]),
};

/** A subnet as large as the chain's, with noisy validators and a cabal. */
export function large(
  neurons: number,
  validators: number,
  epochs: number,
  subnets: Plan['subnets'] = { yuma3: {} },
): Plan {
  const random = new Random(11, 1);
  const quality = Array.from({ length: neurons }, () => random.uniform() ** 3);
  const noise = Array.from({ length: validators * neurons }, () => 0.7 + 0.6 * random.uniform());
  return {
    scenario: 'large',
    title: `${neurons} neurons`,
    epochs,
    names: Array.from({ length: neurons }, (_, uid) => (uid < validators ? `validator ${uid}` : `miner ${uid}`)),
    teams: Array.from({ length: neurons }, (_, uid) => (uid % 3 === 0 ? 'cabal' : 'honest')),
    stakes: Array.from({ length: neurons }, (_, uid) => (uid < validators ? 1_000 + 100 * (uid % 7) : 0)),
    subnets,
    weights: (uid, epoch) =>
      Array.from({ length: neurons - validators }, (_, at) => {
        const to = validators + at;
        const drift = 1 + 0.5 * Math.sin((epoch + to) / 9);
        const own = uid % 3 === 0 && to % 3 === 0 ? 4 : 1;
        return [to, Math.round(8_000 * quality[to]! * noise[uid * neurons + to]! * drift * own)] as const;
      }).filter(([, weight]) => weight > 0),
  };
}

/** A record of the same shape without some of it. */
export function change(record: RunRecord, subnet: (old: SubnetRecord) => Partial<SubnetRecord>): RunRecord {
  return { ...record, subnets: record.subnets.map((old) => ({ ...old, ...subnet(old) })) };
}
