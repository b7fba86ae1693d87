/**
 * Views: typed arrays over the memory of a core, one for each array of the epoch that is laid out there (docs/abi.md).
 * Ownership  they are void as soon as the epoch is laid out anew, or an unshared memory grows
 */
import type { CheckedInput, SparseRows } from '../../epoch/input.js';
import type { EpochIntermediates } from '../../epoch/output.js';
import type { RulesVersion } from '../../epoch/rules.js';
import type { CoreExports } from './exports.js';
import { FIELD, type Field, FLAG, PARAMS_BYTES, U32_AT, U64_AT } from './layout.js';

const RULES_NUMBER: Record<RulesVersion, number> = { 'subtensor-425': 425 };

export type Views = ReturnType<typeof viewsOf>;

/** @param bOut entries that there is room for in the bonds written */
export function viewsOf(core: CoreExports, n: number, w: number, b: number, bOut: number) {
  const { buffer } = core.memory;
  const at = (field: Field) => core.address(FIELD[field]) >>> 0; // beyond 2 GiB it comes as a negative number
  const u8 = (field: Field, length: number) => new Uint8Array(buffer, at(field), length);
  const u16 = (field: Field, length: number) => new Uint16Array(buffer, at(field), length);
  const u32 = (field: Field, length: number) => new Uint32Array(buffer, at(field), length);
  const u64 = (field: Field, length: number) => new BigUint64Array(buffer, at(field), length);
  const i64 = (field: Field, length: number) => new BigInt64Array(buffer, at(field), length);
  return {
    n,
    w,
    b,
    params: new DataView(buffer, at('params'), PARAMS_BYTES),
    stakeIn: u64('stakeIn', 2 * n),
    lastUpdate: u64('lastUpdate', n),
    registeredAt: u64('registeredAt', n),
    commitBlock: u64('commitBlock', n),
    validatorPermit: u8('validatorPermit', n),
    weights: {
      offsets: u32('weightOffsets', n + 1),
      columns: u16('weightColumns', w),
      values: u16('weightValues', w),
    },
    bonds: { offsets: u32('bondOffsets', n + 1), columns: u16('bondColumns', b), values: u16('bondValues', b) },
    active: u8('active', n),
    newValidatorPermit: u8('newValidatorPermit', n),
    stakeWeight: u16('stakeWeight', n),
    consensus: u16('consensus', n),
    incentive: u16('incentive', n),
    dividends: u16('dividends', n),
    validatorTrust: u16('validatorTrust', n),
    serverEmission: u64('serverEmission', n),
    validatorEmission: u64('validatorEmission', n),
    emission: u64('emission', n),
    wholeStake: u64('wholeStake', n),
    bondsOut: {
      offsets: u32('bondsOutOffsets', n + 1),
      columns: u16('bondsOutColumns', bOut),
      values: u16('bondsOutValues', bOut),
    },
    /** From the first of the vectors to the end of the bonds' offsets. */
    vectors: new Uint8Array(buffer, at('active'), at('bondsOutOffsets') + 4 * (n + 1) - at('active')),
    rawStake: i64('rawStake', n),
    rawActiveStake: i64('rawActiveStake', n),
    rawConsensus: i64('rawConsensus', n),
    rawValidatorTrust: i64('rawValidatorTrust', n),
    rawIncentive: i64('rawIncentive', n),
    rawDividends: i64('rawDividends', n),
  };
}

/** Writes all that an epoch reads, with the bonds in the first of their two places. */
export function writeInput(views: Views, input: CheckedInput): void {
  writeParams(views.params, input);
  views.stakeIn.set(input.stake);
  views.lastUpdate.set(input.lastUpdate);
  views.registeredAt.set(input.registeredAt);
  views.commitBlock.set(input.commitBlock);
  views.validatorPermit.set(input.validatorPermit);
  writeRows(views.weights, input.weights);
  writeRows(views.bonds, input.bonds);
}

export function writeRows(view: SparseRows, rows: SparseRows): void {
  view.offsets.set(rows.offsets);
  view.columns.set(rows.columns);
  view.values.set(rows.values);
}

/** What of an input stands in the parameter block. */
export type Parameters = Pick<
  CheckedInput,
  | 'rules'
  | 'currentBlock'
  | 'lastStep'
  | 'emission'
  | 'ownerUid'
  | 'hyperparameters'
  | 'permitLength'
  | 'columnsToCheck'
>;

export function writeParams(block: DataView, input: Parameters, turned = false): void {
  const parameters = input.hyperparameters;
  const u64 = (at: number, value: bigint) => block.setBigUint64(at, value, true);
  const u32 = (at: number, value: number) => block.setUint32(at, value, true);
  u64(U64_AT.currentBlock, input.currentBlock);
  u64(U64_AT.lastStep, input.lastStep);
  u64(U64_AT.activityCutoff, parameters.activityCutoff);
  u64(U64_AT.minStake, parameters.minStake);
  u64(U64_AT.bondsMovingAverage, parameters.bondsMovingAverage);
  u64(U64_AT.emission, input.emission);
  u32(U32_AT.tempo, parameters.tempo);
  u32(U32_AT.ownerUid, input.ownerUid ?? -1);
  u32(U32_AT.maxValidators, parameters.maxValidators);
  u32(U32_AT.kappa, parameters.kappa);
  u32(U32_AT.bondsPenalty, parameters.bondsPenalty);
  u32(U32_AT.alphaLow, parameters.alphaLow);
  u32(U32_AT.alphaHigh, parameters.alphaHigh);
  u32(U32_AT.alphaSigmoidSteepness, parameters.alphaSigmoidSteepness);
  const flags =
    (parameters.yuma3 ? FLAG.yuma3 : 0) |
    (parameters.liquidAlpha ? FLAG.liquidAlpha : 0) |
    (parameters.commitReveal ? FLAG.commitReveal : 0) |
    (input.columnsToCheck ? FLAG.refuseOddColumns : 0);
  u32(U32_AT.flags, flags);
  u32(U32_AT.permitLength, input.permitLength);
  u32(U32_AT.rules, RULES_NUMBER[input.rules]);
  u32(U32_AT.turned, Number(turned));
}

export function readIntermediates(views: Views): EpochIntermediates {
  return {
    stake: views.rawStake.slice(),
    activeStake: views.rawActiveStake.slice(),
    consensus: views.rawConsensus.slice(),
    validatorTrust: views.rawValidatorTrust.slice(),
    incentive: views.rawIncentive.slice(),
    dividends: views.rawDividends.slice(),
  };
}
