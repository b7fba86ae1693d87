/** Arrays: where the arrays of docs/abi.md lie, by their numbers. */
import type { CoreExports } from '#yuma/backends/wasm/exports.js';
import { FIELD, PARAMS_BYTES, U32_AT } from '#yuma/backends/wasm/layout.js';
import type { Range } from './host.js';

export interface Arrays {
  readonly n: number;
  readonly w: number;
  /** Room for bonds in the first buffer (9 to 11), and in the second (43 to 45). */
  readonly b: number;
  readonly bOut: number;
  readonly of: ReadonlyMap<number, Range>;
  /** Of the last array. */
  readonly end: number;
}

const ALIGN = 16;

export function arraysOf(core: CoreExports, n: number, w: number, b: number, bOut: number): Arrays {
  const bytes: Readonly<Record<number, number>> = {
    ...{ 0: PARAMS_BYTES, 1: 16 * n, 2: 8 * n, 3: 8 * n, 4: 8 * n, 5: n, 6: 4 * (n + 1), 7: 2 * w, 8: 2 * w },
    ...{ 9: 4 * (n + 1), 10: 2 * b, 11: 2 * b, 32: n, 33: n, 34: 2 * n, 35: 2 * n, 36: 2 * n, 37: 2 * n, 38: 2 * n },
    ...{ 39: 8 * n, 40: 8 * n, 41: 8 * n, 42: 8 * n, 43: 4 * (n + 1), 44: 2 * bOut, 45: 2 * bOut },
    ...{ 64: 8 * n, 65: 8 * n, 66: 8 * n, 67: 8 * n, 68: 8 * n, 69: 8 * n },
  };
  const of = new Map<number, Range>();
  for (const field of Object.values(FIELD)) {
    const start = core.address(field) >>> 0;
    of.set(field, [start, start + bytes[field]!]);
  }
  const end = Math.max(...[...of.values()].map(([, last]) => Math.ceil(last / ALIGN) * ALIGN));
  return { n, w, b, bOut, of, end };
}

/** What a run may write, each up to where the next array may begin. */
export function outputsOf(memory: ArrayBuffer | SharedArrayBuffer, { of }: Arrays): Range[] {
  const turned = new DataView(memory).getUint32(of.get(0)![0] + U32_AT.turned, true) !== 0;
  const bonds = turned ? [9, 10, 11] : [43, 44, 45];
  const fields = [...Array.from({ length: 11 }, (_, at) => 32 + at), ...bonds, 64, 65, 66, 67, 68, 69];
  return fields.map((field) => {
    const [start, end] = of.get(field)!;
    return [start, Math.ceil(end / ALIGN) * ALIGN] as const;
  });
}
