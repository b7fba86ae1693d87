/** Material for the tests of the formats: a small case as an object, changed at will, and files and streams of it. */
import { chmodSync } from 'node:fs';
import { Readable } from 'node:stream';
import { isMainThread } from 'node:worker_threads';
import { type ErrorCode, YumaError } from '../../src/epoch/errors.js';
import { type EpochCase, readCases } from '../../src/formats/index.js';

type Json = { [field: string]: unknown };

/** A whole case of two neurons; every call gives a new one. */
export function caseObject(name = 'a') {
  return {
    name,
    params: {
      n: 2,
      currentBlock: 1000,
      tempo: 100,
      lastStep: 899,
      activityCutoff: 500,
      minStake: '1000',
      ownerUid: null,
      maxValidators: 4,
      kappa: 32767,
      bondsPenalty: 65535,
      bondsMovingAverage: 900000,
      yuma3: false,
      liquidAlpha: false,
      alphaLow: 45875,
      alphaHigh: 58982,
      alphaSigmoidSteepness: 1000,
      commitReveal: false,
      emission: '1000000000',
    } as Json,
    neurons: {
      stakeBits: ['922337203685477580800000000000', '0'],
      lastUpdate: [950, 10],
      registeredAt: [10, 10],
      validatorPermit: [true, false],
    } as Json,
    weights: [[[1, 65535]], []] as unknown,
    bonds: [[[1, 7]], []] as unknown,
  };
}

/** The line of a case after `change`. */
export function lineWith(
  change: (object: ReturnType<typeof caseObject> & Json) => void = () => {},
  name = 'a',
): string {
  const object = caseObject(name);
  change(object);
  return JSON.stringify(object);
}

/** The line of a case with JSON text in place of a field's value; `field` is a dotted path. */
export function lineWithText(field: string, text: string): string {
  return lineWith((object) => {
    const path = field.split('.');
    const last = path.pop()!;
    const parent = path.reduce<Json>((within, name) => within[name] as Json, object);
    parent[last] = '@@';
  }).replace('"@@"', () => text);
}

export function streamOf(...chunks: (string | Buffer)[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)));
}

/** Reads to the end or to the first fault. */
export async function readAll(
  source: Parameters<typeof readCases>[0],
): Promise<{ cases: EpochCase[]; fault: YumaError | undefined }> {
  const cases: EpochCase[] = [];
  try {
    for await (const one of readCases(source)) cases.push(one);
    return { cases, fault: undefined };
  } catch (fault) {
    if (fault instanceof YumaError) return { cases, fault };
    throw fault;
  }
}

/** Reads text, or bytes, under a name. */
export const readText = (text: string | Buffer, name = 'x.jsonl') => readAll({ name, stream: streamOf(text) });

/** The one case that a line holds. */
export async function readLine(line: string): Promise<EpochCase> {
  const { cases, fault } = await readText(line);
  if (fault !== undefined) throw fault;
  return cases[0]!;
}

/** The fault that a line meets, as code and data. */
export async function faultOf(line: string): Promise<{ code: ErrorCode } & Json> {
  const { fault } = await readText(line);
  if (fault === undefined) throw new Error('the line was read without a fault');
  return { code: fault.code, ...fault.data };
}

/** Only the main thread of a process can lay down the rights of root; mutation tests run in other threads. */
export const canBeNobody = isMainThread || process.geteuid?.() !== 0;
if (!canBeNobody) console.warn('files without permission: skipped, a thread of root cannot lay down its rights');

/** Runs without the rights of root, if we are root: root may read and write every file. The folder is opened to all. */
export async function asNobody(folder: string, run: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return run();
  chmodSync(folder, 0o777);
  process.seteuid?.('nobody');
  try {
    await run();
  } finally {
    process.seteuid?.(0);
  }
}
