/**
 * Case: the k-th case of a seed, whoever draws it and in whatever order.
 * Method one stream of 32-bit numbers a case (`Random`, integers only), drawn towards what is interesting: few distinct
 *        stakes and values (ties), shared opinions (medians that are not zero), blocks one off the edge of a mask, both
 *        ends of every hyperparameter
 */
import { type CheckedInput, type EpochInput, NO_COMMIT } from '#yuma/epoch/input.js';
import { checkAllButColumns } from '#yuma/epoch/validate.js';
import { Random } from '#yuma/sample/random.js';
import { type Blocks, drawBlocks, drawEdge } from './blocks.js';
import { drawHyperparameters } from './hyperparameters.js';
import { clampBlock, LAST_U64, oneIn, pick, u64 } from './integers.js';
import { drawRows } from './rows.js';
import { drawStakes } from './stakes.js';

export interface Drawn {
  readonly index: number;
  /** It takes a lenient check: duplicate columns, columns >= n, other lengths, negative stake, crossed alpha bounds. */
  readonly odd: boolean;
  /** As a case file has it. */
  readonly given: EpochInput;
  readonly input: CheckedInput;
}

/** Cases of 250 to 259 neurons: one in so many. */
const LARGE_ONE_IN = 512;

/** @param index below 2^32 */
export function drawCase(seed: number, index: number): Drawn {
  const random = new Random(seed, index);
  const n = drawSize(random);
  const style = random.below(5);
  const odd = style === 0;
  const given = drawInput(random, n, odd, style > 1);
  return { index, odd, given, input: checkAllButColumns(given, { lenient: odd }) };
}

function drawSize(random: Random): number {
  if (oneIn(random, LARGE_ONE_IN)) return 250 + random.below(10);
  const kind = random.below(64);
  if (kind < 1) return random.below(65);
  if (kind < 8) return random.below(21);
  return random.below(9);
}

function drawInput(random: Random, n: number, odd: boolean, sorted: boolean): EpochInput {
  const blocks = drawBlocks(random);
  const { now, lastStep } = blocks;
  const calm = oneIn(random, 2); // nobody is masked by a block or a permit, so that voters meet
  const length = (): number => (odd && oneIn(random, 7) ? random.below(n + 3) : n);
  const recent = (): bigint => clampBlock(now - BigInt(random.below(4)));
  const early = (): bigint => BigInt(random.below(6));
  const orEdge = (usual: () => bigint) => () => (calm || !oneIn(random, 4) ? usual() : drawEdge(random, blocks));
  const permit = (): number => (!calm && oneIn(random, 4) ? 0 : odd && oneIn(random, 4) ? 255 : 1);
  const stake = drawStakes(random, length(), odd);
  const style = { odd, sorted, everyNth: n < 100 ? 1 : pick(random, [4, 16, 64]) };
  return {
    rules: 'subtensor-425',
    n,
    currentBlock: now,
    lastStep,
    emission: oneIn(random, 2) ? pick(random, [0n, 1n, 148_000_000_000n, LAST_U64]) : u64(random),
    ownerUid: oneIn(random, 2) ? pick(random, [null, n, 65_535]) : random.below(Math.max(1, n)),
    hyperparameters: drawHyperparameters(random, n, blocks, stake, odd),
    stake,
    lastUpdate: drawBig(length(), orEdge(recent)),
    registeredAt: drawBig(length(), orEdge(early)),
    validatorPermit: odd && oneIn(random, 16) ? new Uint8Array(0) : Uint8Array.from({ length: length() }, permit),
    ...(oneIn(random, 2) && { commitBlock: drawCommits(random, length(), blocks) }),
    weights: drawRows(random, n, style),
    bonds: drawRows(random, n, style),
  };
}

function drawBig(length: number, draw: () => bigint): BigUint64Array {
  const vector = new BigUint64Array(length);
  for (let uid = 0; uid < length; uid++) vector[uid] = draw();
  return vector;
}

const drawCommits = (random: Random, length: number, blocks: Blocks): BigUint64Array =>
  drawBig(length, () => (oneIn(random, 2) ? NO_COMMIT : drawEdge(random, blocks)));
