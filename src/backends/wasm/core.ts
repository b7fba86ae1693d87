/**
 * Core: one instance of the WebAssembly core with its memory; runs one epoch at a time in the caller's thread.
 * Ownership  inputs are copied in, outputs are copied out: nothing the caller holds lies in the core's memory
 * PERF       views of the memory are kept while the sizes stay the same; a run then creates only the outputs, and of
 *            those all vectors in one piece: 14 small copies took 9 us at n = 256
 */
import { YumaError } from '../../epoch/errors.js';
import type { CheckedInput } from '../../epoch/input.js';
import type { EpochOutput } from '../../epoch/output.js';
import { refuseOddColumns } from '../../epoch/validate.js';
import type { RunOptions } from '../backend.js';
import { type CoreExports, outOfMemory } from './exports.js';
import { ODD_COLUMNS_STATUS, OUT_OF_MEMORY_STATUS, STATUS } from './layout.js';
import { readIntermediates, type Views, viewsOf, writeInput } from './views.js';

export class WasmCore {
  private views: Views | undefined;

  constructor(private readonly exports: CoreExports) {}

  /**
   * Runs one epoch.
   * @throws YumaError OUT_OF_MEMORY with the bytes needed, before any work; COLUMN_OUT_OF_RANGE, DUPLICATE_COLUMN
   */
  run(input: CheckedInput, options: RunOptions): EpochOutput {
    const views = this.prepare(input.n, input.weights.columns.length, input.bonds.columns.length);
    writeInput(views, input);
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
      throw outOfMemory(this.exports.bytesNeeded(n, w, b));
    }
    if (status !== 0) throw new YumaError('CORE_FAULT', { status, reason: STATUS[status] ?? 'unknown' });
    this.views = viewsOf(this.exports, n, w, b, w + b);
    return this.views;
  }
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
