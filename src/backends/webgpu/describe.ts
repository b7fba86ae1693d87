/** Describe: a subnet's hyperparameters as the words that kernels read (layout.ts, `SUBNET`). */
import { ONE, prop, type Raw } from '../../epoch/reference/fixed.js';
import { horizon } from '../../epoch/reference/horizon.js';
import { sigmoidSlope } from '../../epoch/reference/liquid.js';
import { smoothing } from '../../epoch/reference/smoothing.js';
import { FLAG, padded, SUBNET, type SubnetField } from './layout.js';
import { isLiquid, type Prepared } from './prepare.js';

/** Where a subnet lies in the batch. */
export interface Place {
  readonly cell: number;
  readonly row: number;
  readonly neuron: number;
}

const NONE = 0xffff_ffff;
const FULL = 65_535;

const low = (raw: bigint): number => Number(BigInt.asUintN(32, raw));
const high = (raw: bigint): number => Number(BigInt.asUintN(32, raw >> 32n));

/** In the order of `SUBNET`. */
export function describeSubnet(prepared: Prepared, place: Place): number[] {
  const { input, voters, size } = prepared;
  const parameters = input.hyperparameters;
  const alpha = smoothing(parameters.bondsMovingAverage, parameters.yuma3);
  const bonds = horizon(input.lastStep, input.currentBlock, BigInt(parameters.tempo));
  const least = prop(parameters.alphaLow);
  const span = spanOf(prepared);
  const slope = sigmoidSlope(parameters.alphaSigmoidSteepness);
  const steep = slope < 0n ? -slope : slope;
  const [latestLow, latestHigh] = latestOf(input.registeredAt);
  const words: Record<SubnetField, number> = {
    N: input.n,
    ROWS: size.rows,
    VOTERS: voters,
    STRIDE: padded(input.n),
    FIRST_CELL: place.cell,
    FIRST_ROW: place.row,
    FIRST_NEURON: place.neuron,
    FLAGS: flagsOf(prepared, alpha, slope),
    OWNER: input.ownerUid ?? NONE,
    KAPPA_LESS_ONE: low(prop(parameters.kappa) - 1n),
    PENALTY: low(prop(parameters.bondsPenalty)),
    ALPHA: low(alpha),
    REST: low(ONE - alpha),
    HORIZON_LOW: low(bonds),
    HORIZON_HIGH: high(bonds),
    LATEST_LOW: latestLow,
    LATEST_HIGH: latestHigh,
    EMISSION_LOW: low(input.emission),
    EMISSION_HIGH: high(input.emission),
    LEAST_ALPHA: low(least),
    SPAN: low(span),
    SLOPE_LOW: low(steep),
    SLOPE_HIGH: high(steep),
  };
  return SUBNET.map((field) => words[field]);
}

function flagsOf(prepared: Prepared, alpha: Raw, slope: Raw): number {
  const { hyperparameters } = prepared.input;
  const set: Record<keyof typeof FLAG, boolean> = {
    YUMA3: hyperparameters.yuma3,
    LIQUID: isLiquid(prepared.input),
    COMMIT_REVEAL: hyperparameters.commitReveal,
    ZERO_VOTE: prepared.zeroVote,
    LONE_VOTER: prepared.loneVoter,
    ACTIVE: prepared.active,
    NO_KAPPA: hyperparameters.kappa === 0,
    NO_PENALTY: hyperparameters.bondsPenalty === 0,
    FULL_PENALTY: hyperparameters.bondsPenalty === FULL,
    ONLY_FRESH: alpha === ONE,
    ONLY_OLD: alpha === 0n,
    ONLY_WEIGHTS: hyperparameters.alphaLow === FULL,
    FULL_SPAN: spanOf(prepared) === ONE,
    SLOPE_DOWN: slope < 0n,
  };
  return (Object.keys(FLAG) as (keyof typeof FLAG)[]).reduce((flags, name) => flags + (set[name] ? FLAG[name] : 0), 0);
}

/** Between the bounds of liquid alpha; 0 where they are crossed, as every constant is then the lower one. */
function spanOf({ input: { hyperparameters } }: Prepared): Raw {
  const span = prop(hyperparameters.alphaHigh) - prop(hyperparameters.alphaLow);
  return span > 0n ? span : 0n;
}

/** Words of the largest block. */
function latestOf(blocks: BigUint64Array): [low: number, high: number] {
  const words = new Uint32Array(blocks.buffer, blocks.byteOffset, 2 * blocks.length);
  let latestLow = 0;
  let latestHigh = 0;
  for (let at = 0; at < words.length; at += 2) {
    const blockHigh = words[at + 1]!;
    if (blockHigh < latestHigh || (blockHigh === latestHigh && words[at]! <= latestLow)) continue;
    latestLow = words[at]!;
    latestHigh = blockHigh;
  }
  return [latestLow, latestHigh];
}
