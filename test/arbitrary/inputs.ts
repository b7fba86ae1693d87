/**
 * Arbitrary epoch inputs, drawn towards what is interesting: few distinct stakes and values (ties), shared opinions
 * (medians that are not zero), blocks one off the edge of a mask, both ends of every hyperparameter.
 */
import fc from 'fast-check';
import { type EpochInput, NO_COMMIT, sparseRows, stakeFromRaw } from '../../src/epoch/input.js';
import { type Blocks, blocks, edgeBlocks } from './blocks.js';
import { hyperparameters } from './hyperparameters.js';
import { rows } from './rows.js';
import { stakes } from './stakes.js';

export interface InputOptions {
  /**
   * Also what only a lenient check lets pass: duplicate columns, columns >= n, vectors and row lists of another length
   * than n, negative stake, crossed alpha bounds. Default false.
   */
  readonly odd?: boolean;
  /** Columns ascend in every row, as the core's tiles need it. Default false. */
  readonly sorted?: boolean;
  /** Largest n. Default 48. */
  readonly neurons?: number;
}

/** Inputs that pass `checkEpochInput`, leniently if `odd`. */
export function inputs({ odd = false, sorted = false, neurons = 48 }: InputOptions = {}): fc.Arbitrary<EpochInput> {
  const n = fc.oneof(
    { weight: 4, arbitrary: fc.nat(Math.min(8, neurons)) },
    { weight: 2, arbitrary: fc.nat(Math.min(20, neurons)) },
    { weight: 1, arbitrary: fc.nat(neurons) },
  );
  return fc.tuple(n, blocks, fc.boolean()).chain(([n, blocks, calm]) => inputOf(n, blocks, calm, odd, sorted));
}

/** @param calm nobody is masked by a block or a permit, so that what only shows with several voters does show */
function inputOf(n: number, blocks: Blocks, calm: boolean, odd: boolean, sorted: boolean): fc.Arbitrary<EpochInput> {
  const lengths = odd ? fc.oneof({ weight: 6, arbitrary: fc.constant(n) }, fc.nat(n + 2)) : fc.constant(n);
  const vector = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    lengths.chain((length) => fc.array(item, { minLength: length, maxLength: length }));
  const edge = edgeBlocks(blocks);
  const orEdge = (usual: fc.Arbitrary<bigint>): fc.Arbitrary<bigint> =>
    calm ? usual : fc.oneof({ weight: 5, arbitrary: usual }, edge);
  const recent = fc.nat(3).map((ago) => (blocks.now > ago ? blocks.now - BigInt(ago) : 0n));
  const early = fc.nat(5).map(BigInt);
  const permitted = fc.constantFrom(1, 1, 1, odd ? 255 : 1);
  const permit = calm ? permitted : fc.oneof({ weight: 3, arbitrary: permitted }, fc.constant(0));
  return fc
    .record({
      rules: fc.constant('subtensor-425' as const),
      n: fc.constant(n),
      currentBlock: fc.constant(blocks.now),
      lastStep: fc.constant(blocks.lastStep),
      emission: fc.oneof(fc.constantFrom(0n, 1n, 148_000_000_000n, 2n ** 64n - 1n), fc.bigInt(0n, 2n ** 64n - 1n)),
      ownerUid: fc.oneof(fc.constantFrom(null, n, 65_535), fc.nat(Math.max(0, n - 1))),
      hyperparameters: hyperparameters(n, blocks, odd),
      stake: lengths.chain((length) => stakes(length, odd)).map(stakeFromRaw),
      lastUpdate: vector(orEdge(recent)),
      registeredAt: vector(orEdge(early)),
      validatorPermit: vector(permit),
      commitBlock: fc.option(vector(fc.oneof(fc.constant(NO_COMMIT), edge)), { nil: undefined }),
      weights: rows(n, odd, sorted).map(sparseRows),
      bonds: rows(n, odd, sorted).map(sparseRows),
    })
    .map(({ lastUpdate, registeredAt, validatorPermit, commitBlock, ...rest }) => ({
      ...rest,
      lastUpdate: BigUint64Array.from(lastUpdate),
      registeredAt: BigUint64Array.from(registeredAt),
      validatorPermit: Uint8Array.from(validatorPermit),
      commitBlock: commitBlock && BigUint64Array.from(commitBlock),
    }));
}
