/** Made-up series: a sampled subnet whose bonds and permits chain its epochs, with validators who change their minds. */
import type { EpochCase } from '../../src/formats/index.js';
import {
  createEngine,
  type EpochInput,
  type EpochOutput,
  listRows,
  type SparseRows,
  sparseRows,
} from '../../src/index.js';
import { Random } from '../../src/sample/random.js';
import { sampleCases } from '../../src/sample/sample.js';

export interface SeriesOptions {
  readonly epochs?: number;
  readonly neurons?: number;
  readonly validators?: number;
  readonly seed?: number;
  /** What happens before an epoch; the default is nothing. */
  readonly before?: (input: EpochInput, epoch: number) => EpochInput;
}

/** Uids that hold a permit and bonds and set weights, rising. */
export const validatorsOf = ({ input }: EpochCase): number[] =>
  [...input.validatorPermit.keys()].filter(
    (uid) => input.validatorPermit[uid] === 1 && !isEmpty(input.weights, uid) && !isEmpty(input.bonds, uid),
  );

const isEmpty = ({ offsets }: SparseRows, uid: number): boolean => offsets[uid] === offsets[uid + 1];

/** Cases with the results that they expect, as `readCases` would give them. */
export async function makeSeries(options: SeriesOptions = {}): Promise<EpochCase[]> {
  const { epochs = 6, neurons = 24, validators = 6, seed = 5, before = (input) => input } = options;
  const [sample] = sampleCases({ neurons, validators, subnets: 1, fill: 0.7, seed, yuma3: true, commitReveal: false });
  const random = new Random(seed, 77);
  await using engine = await createEngine({ backend: 'wasm', warm: false });
  const series: EpochCase[] = [];
  let input = before(sample!.input, 0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const output = await engine.runEpoch(input);
    series.push({ name: `made-up/${epoch}`, file: 'made-up.jsonl', line: epoch + 1, input, expected: { out: output } });
    input = before(nextEpoch(input, output, random), epoch + 1);
  }
  return series;
}

/** Half of the validators give every miner a new weight near the old one. */
function nextEpoch(input: EpochInput, output: EpochOutput, random: Random): EpochInput {
  const currentBlock = input.currentBlock + BigInt(input.hyperparameters.tempo);
  const lastUpdate = input.lastUpdate.slice();
  const rows = listRows(input.weights).map((row, uid) => {
    if (row.length === 0 || random.below(2) === 0) return row;
    lastUpdate[uid] = currentBlock - 1n - BigInt(random.below(20));
    return row.map(([column, value]) => [column, Math.min(65_535, random.below(2 * value + 2_000))] as const);
  });
  return {
    ...input,
    currentBlock,
    lastStep: input.currentBlock,
    lastUpdate,
    weights: sparseRows(rows),
    bonds: output.bonds,
    validatorPermit: output.newValidatorPermit,
  };
}
