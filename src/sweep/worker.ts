/** Worker: a thread that runs points, one at a time, each on an engine of its own that stays for the next one. */
import { createEngine, type Engine, YumaError } from '../index.js';
import { type PointResult, type PointTask, runPoint } from './run-point.js';

/** An error loses its class on the way to another thread: it travels as plain values. */
export type PointReply =
  | { readonly ok: true; readonly result: PointResult }
  | { readonly ok: false; readonly code: string; readonly data: object; readonly message: string };

let engine: Promise<Engine> | undefined;

export default async function reply(task: PointTask): Promise<PointReply> {
  try {
    engine ??= createEngine({ warm: false });
    return { ok: true, result: await runPoint(await engine, task) };
  } catch (fault) {
    if (fault instanceof YumaError) return { ok: false, code: fault.code, data: fault.data, message: fault.message };
    throw fault;
  }
}
