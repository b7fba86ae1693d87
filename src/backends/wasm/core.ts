/**
 * Core: one instance of the WebAssembly core with its memory; runs one epoch at a time in the caller's thread.
 * Ownership  inputs are copied in, outputs are copied out: nothing the caller holds lies in the core's memory
 * PERF       views of the memory are kept while the sizes stay the same; a run then creates only the outputs, and of
 *            those all vectors in one piece: 14 small copies took 9 us at n = 256
 */
import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput, SparseRows } from '../../epoch/input.js';
import type { EpochIntermediates, EpochOutput } from '../../epoch/output.js';
import type { RulesVersion } from '../../epoch/rules.js';
import { refuseOddColumns } from '../../epoch/validate.js';
import type { RunOptions } from '../backend.js';
import type { CoreExports } from './exports.js';
import {
  FIELD,
  type Field,
  FLAG,
  ODD_COLUMNS_STATUS,
  OUT_OF_MEMORY_STATUS,
  PARAMS_BYTES,
  STATUS,
  U32_AT,
  U64_AT,
} from './layout.js';

const MEMORY_LIMIT = 2 ** 32 - 65_536;
const RULES_NUMBER: Record<RulesVersion, number> = { 'subtensor-425': 425 };

export class WasmCore {
  private views: Views | undefined;

  constructor(private readonly exports: CoreExports) {}

  /**
   * Runs one epoch.
   * @throws YumaError OUT_OF_MEMORY with the bytes needed, before any work; COLUMN_OUT_OF_RANGE, DUPLICATE_COLUMN
   */
  run(input: CheckedInput, options: RunOptions): EpochOutput {
    const views = this.prepare(input.n, input.weights.columns.length, input.bonds.columns.length);
    writeParams(views.params, input);
    views.stakeIn.set(input.stake);
    views.lastUpdate.set(input.lastUpdate);
    views.registeredAt.set(input.registeredAt);
    views.commitBlock.set(input.commitBlock);
    views.validatorPermit.set(input.validatorPermit);
    writeRows(views.weights, input.weights);
    writeRows(views.bonds, input.bonds);
    const status = this.exports.run();
    if (status === ODD_COLUMNS_STATUS) refuseOddColumns(input);
    if (status !== 0) throw new YumaError('CORE_FAULT', { status, reason: STATUS[status] ?? 'unknown' });
    return readOutput(views, input, options);
  }

  private prepare(n: number, w: number, b: number): Views {
    const kept = this.views;
    if (kept !== undefined && kept.n === n && kept.w === w && kept.b === b) return kept;
    this.views = undefined;
    const status = this.exports.prepare(n, w, b);
    if (status === OUT_OF_MEMORY_STATUS) {
      const bytes = String(this.exports.bytesNeeded(n, w, b));
      throw new YumaError('OUT_OF_MEMORY', { bytes, limit: String(MEMORY_LIMIT) });
    }
    if (status !== 0) throw new YumaError('CORE_FAULT', { status, reason: STATUS[status] ?? 'unknown' });
    this.views = viewsOf(this.exports, n, w, b);
    return this.views;
  }
}

type Views = ReturnType<typeof viewsOf>;

/** Typed views of every array of the prepared epoch; void as soon as the memory grows or is laid out anew. */
function viewsOf(core: CoreExports, n: number, w: number, b: number) {
  const { buffer } = core.memory;
  const u8 = (field: Field, length: number) => new Uint8Array(buffer, core.address(FIELD[field]), length);
  const u16 = (field: Field, length: number) => new Uint16Array(buffer, core.address(FIELD[field]), length);
  const u32 = (field: Field, length: number) => new Uint32Array(buffer, core.address(FIELD[field]), length);
  const u64 = (field: Field, length: number) => new BigUint64Array(buffer, core.address(FIELD[field]), length);
  const i64 = (field: Field, length: number) => new BigInt64Array(buffer, core.address(FIELD[field]), length);
  return {
    n,
    w,
    b,
    params: new DataView(buffer, core.address(FIELD.params), PARAMS_BYTES),
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
      columns: u16('bondsOutColumns', w + b),
      values: u16('bondsOutValues', w + b),
    },
    /** From the first of the vectors to the end of the bonds' offsets. */
    vectors: new Uint8Array(
      buffer,
      core.address(FIELD.active),
      core.address(FIELD.bondsOutOffsets) + 4 * (n + 1) - core.address(FIELD.active),
    ),
    rawStake: i64('rawStake', n),
    rawActiveStake: i64('rawActiveStake', n),
    rawConsensus: i64('rawConsensus', n),
    rawValidatorTrust: i64('rawValidatorTrust', n),
    rawIncentive: i64('rawIncentive', n),
    rawDividends: i64('rawDividends', n),
  };
}

function writeRows(view: SparseRows, rows: SparseRows): void {
  view.offsets.set(rows.offsets);
  view.columns.set(rows.columns);
  view.values.set(rows.values);
}

function writeParams(block: DataView, input: CheckedInput): void {
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
}

/** One copy of all vectors, which lie one after the other (docs/abi.md); the output's vectors are views of it. */
function readOutput(views: Views, input: CheckedInput, options: RunOptions): EpochOutput {
  const { n } = views;
  const entries = views.bondsOut.offsets[n]!;
  const start = views.active.byteOffset;
  const { buffer } = views.vectors.slice();
  const u8 = (view: Uint8Array) => new Uint8Array(buffer, view.byteOffset - start, n);
  const u16 = (view: Uint16Array) => new Uint16Array(buffer, view.byteOffset - start, n);
  const u64 = (view: BigUint64Array) => new BigUint64Array(buffer, view.byteOffset - start, n);
  return {
    n,
    active: u8(views.active),
    stakeWeight: u16(views.stakeWeight),
    consensus: u16(views.consensus),
    incentive: u16(views.incentive),
    dividends: u16(views.dividends),
    validatorTrust: u16(views.validatorTrust),
    serverEmission: u64(views.serverEmission),
    validatorEmission: u64(views.validatorEmission),
    emission: u64(views.emission),
    newValidatorPermit: u8(views.newValidatorPermit),
    stake: u64(views.wholeStake),
    bonds: {
      offsets: new Uint32Array(buffer, views.bondsOut.offsets.byteOffset - start, n + 1),
      columns: views.bondsOut.columns.slice(0, entries),
      values: views.bondsOut.values.slice(0, entries),
    },
    ...(options.intermediates ? { intermediates: readIntermediates(views) } : {}),
    ...(input.meta === undefined ? {} : { meta: input.meta }),
  };
}

function readIntermediates(views: Views): EpochIntermediates {
  return {
    stake: views.rawStake.slice(),
    activeStake: views.rawActiveStake.slice(),
    consensus: views.rawConsensus.slice(),
    validatorTrust: views.rawValidatorTrust.slice(),
    incentive: views.rawIncentive.slice(),
    dividends: views.rawDividends.slice(),
  };
}
