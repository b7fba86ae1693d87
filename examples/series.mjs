/**
 * A series for `yuma whatif`, made up: one subnet over twenty epochs, whose bonds and permits chain them. Validators see
 * the miners through noise; in the middle of it the worst miner becomes the best, and the careful ones find out first.
 *
 *   node examples/series.mjs build/series.jsonl.gz
 */

import { createEngine, sparseRows } from 'yuma-engine';
import { formatCase, writeAtomically } from 'yuma-engine/formats';
import { sampleCases } from 'yuma-engine/sample';
import { Random } from 'yuma-engine/simulator';

const EPOCHS = 20;
const SEED = 7;
const file = process.argv[2] ?? 'build/series.jsonl.gz';

const [{ input: start }] = sampleCases({
  subnets: 1,
  neurons: 32,
  validators: 8,
  fill: 1,
  seed: SEED,
  tempo: 360,
  yuma3: true,
  bondsPenalty: 65_535,
  bondsMovingAverage: 900_000n,
  liquidAlpha: false,
  commitReveal: false,
});
const random = new Random(SEED, 1);
const validators = [...start.validatorPermit.keys()].filter((uid) => start.validatorPermit[uid] === 1);
const miners = [...start.validatorPermit.keys()].filter((uid) => start.validatorPermit[uid] === 0);
const quality = new Map(miners.map((uid) => [uid, 2_000 + random.below(20_000)]));
const rising = miners.reduce((worst, uid) => (quality.get(uid) < quality.get(worst) ? uid : worst));

/** What a validator gives every miner: its quality, up to a tenth off. */
const opinion = () => miners.map((uid) => [uid, Math.floor((quality.get(uid) * (900 + random.below(201))) / 1_000)]);

async function* cases() {
  const engine = await createEngine();
  const rows = Array.from({ length: start.n }, () => []);
  let input = start;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    if (epoch === EPOCHS / 2) quality.set(rising, 40_000);
    const lastUpdate = input.lastUpdate.slice();
    for (const [rank, uid] of validators.entries()) {
      if (epoch % (1 + (rank % 3)) > 0) continue; // some look every epoch, some every third
      rows[uid] = opinion();
      lastUpdate[uid] = input.currentBlock - 10n;
    }
    input = { ...input, lastUpdate, weights: sparseRows(rows) };
    yield formatCase({ name: `series-${SEED}/${epoch}`, input });
    const output = await engine.runEpoch(input);
    input = {
      ...input,
      lastStep: input.currentBlock,
      currentBlock: input.currentBlock + 360n,
      bonds: output.bonds,
      validatorPermit: output.newValidatorPermit,
    };
  }
  await engine.close();
}

await writeAtomically(file, cases());
