/**
 * Errors: every code and what it carries, and the sentence each says. docs/errors.md is made from this table and a
 * test produces each code. Data is JSON-safe (u64 as decimal string), so an error survives a worker, a log, `--json`.
 */

/** Where a fault was found; filled as far as it is known. */
export interface Place {
  readonly file?: string | undefined;
  /** Line in the file, from 1. */
  readonly line?: number | undefined;
  /** Name of the case. */
  readonly case?: string | undefined;
  /** Field, as the input or the case format names it. */
  readonly field?: string | undefined;
  readonly uid?: number | undefined;
  /** Index of the entry within its row. */
  readonly entry?: number | undefined;
}

/** What each code carries beside the place. */
export interface ErrorData {
  UNKNOWN_RULES: { readonly rules: string; readonly known: readonly string[] };
  TOO_MANY_NEURONS: { readonly n: string; readonly limit: number };
  WRONG_TYPE: { readonly expected: string; readonly got: string };
  /** `odd`: a lenient reading takes it. */
  WRONG_LENGTH: { readonly expected: string; readonly got: number; readonly odd?: boolean };
  OUT_OF_RANGE: { readonly value: string; readonly least: string; readonly largest: string };
  ALPHA_BOUNDS: { readonly alphaLow: number; readonly alphaHigh: number };
  NEGATIVE_STAKE: { readonly value: string };
  BAD_ROW_OFFSETS: { readonly at: number; readonly reason: string };
  COLUMN_OUT_OF_RANGE: { readonly column: number; readonly n: number };
  DUPLICATE_COLUMN: { readonly column: number };
  BAD_SPLIT: { readonly reason: string };
  UNKNOWN_BACKEND: { readonly backend: string; readonly known: readonly string[] };
  CORE_UNAVAILABLE: { readonly reason: string };
  OUT_OF_MEMORY: { readonly bytes: string; readonly limit: string };
  CORE_FAULT: { readonly status: number; readonly reason: string };
  GPU_UNAVAILABLE: { readonly reason: string; readonly mend: string };
  DEVICE_LOST: { readonly reason: string };
  /** `name` = the limit, as WebGPU calls it where it does. */
  GPU_LIMIT: {
    readonly what: string;
    readonly wanted: number;
    readonly limit: number;
    readonly unit: string;
    readonly name: string;
  };
  GPU_FAULT: { readonly kind: 'validation' | 'out-of-memory' | 'internal'; readonly reason: string };
  CLOSED: { readonly what: string };
  ABORTED: Record<never, never>;
  DEADLINE_EXCEEDED: { readonly deadline: number };
  BUSY: { readonly wanted: string };
  QUEUE_FULL: { readonly limit: number };
  WORKER_CRASHED: { readonly reason: string };
  BAD_SNAPSHOT: { readonly reason: string };
  UNREADABLE: { readonly reason: string };
  NOT_GZIP: { readonly reason: string };
  EMPTY_FILE: Record<never, never>;
  LINE_TOO_LONG: { readonly limit: number };
  FILE_TOO_LONG: { readonly limit: number };
  BAD_JSON: { readonly reason: string };
  MISSING_FIELD: Record<never, never>;
  UNKNOWN_FIELD: { readonly known: readonly string[] };
  DUPLICATE_NAME: { readonly first: number };
  NO_SERIES: { readonly reason: string };
  NO_SUCH_CASE: { readonly wanted: string; readonly names: readonly string[] };
  NO_SUCH_UID: { readonly wanted: string; readonly n: number };
  UNWRITABLE: { readonly reason: string };
  UNKNOWN_NAME: { readonly what: string; readonly wanted: string; readonly known: readonly string[] };
  AGENT_FAULT: {
    /** `validator`, `miner` or `evaluation`. */
    readonly role: string;
    readonly subnet: string;
    readonly epoch: number;
    readonly reason: string;
  };
  REDIS_UNAVAILABLE: { readonly url: string; readonly reason: string };
  BAD_USAGE: { readonly reason: string };
}

export type ErrorCode = keyof ErrorData;

const LENIENT = 'or read it leniently (lenient: true, --lenient) to get what the chain makes of it.';

const SENTENCE: { readonly [C in ErrorCode]: (data: ErrorData[C] & Place) => string } = {
  UNKNOWN_RULES: (d) => `${at(d)}rules "${d.rules}" are not known. Known: ${d.known.join(', ')}.`,
  TOO_MANY_NEURONS: (d) => `n = ${d.n} neurons, the limit is ${d.limit}. Check n, or split the subnet.`,
  WRONG_TYPE: (d) => `${at(d)}expected ${d.expected}, got ${d.got}.`,
  WRONG_LENGTH: (d) =>
    `${at(d)}expected ${d.expected}, got ${d.got}. Make the lengths agree${d.odd ? `, ${LENIENT}` : '.'}`,
  OUT_OF_RANGE: (d) => `${at(d)}${d.value} is out of range, it must be from ${d.least} to ${d.largest}.`,
  ALPHA_BOUNDS: (d) =>
    `alphaLow ${d.alphaLow} is above alphaHigh ${d.alphaHigh}; the chain refuses to set that. Swap them, ${LENIENT}`,
  NEGATIVE_STAKE: (d) => `${at(d)}stake ${d.value} is negative. Correct it, ${LENIENT}`,
  BAD_ROW_OFFSETS: (d) =>
    `${at(d)}row offset ${d.at} ${d.reason}. Offsets start at 0, never fall and end at the entry count.`,
  COLUMN_OUT_OF_RANGE: (d) =>
    `${at(d)}column ${d.column} is no neuron, the subnet has n = ${d.n}. Remove it, ${LENIENT}`,
  DUPLICATE_COLUMN: (d) => `${at(d)}column ${d.column} stands in this row already. Remove one of the two, ${LENIENT}`,
  BAD_SPLIT: (d) => `${at(d)}${d.reason}.`,
  UNKNOWN_BACKEND: (d) => `there is no backend "${d.backend}". Known: ${d.known.join(', ')}.`,
  CORE_UNAVAILABLE: (d) => `the WebAssembly core could not be loaded: ${d.reason}. Build it with "npm run build:wasm".`,
  OUT_OF_MEMORY: (d) =>
    `${at(d)}this epoch needs ${d.bytes} bytes of memory, which cannot be had (the most is ${d.limit}). Split the subnet.`,
  CORE_FAULT: (d) => `${at(d)}the WebAssembly core answered status ${d.status}: ${d.reason}.`,
  GPU_UNAVAILABLE: (d) => `no GPU can be used: ${d.reason}. ${d.mend}`,
  DEVICE_LOST: (d) =>
    `the GPU was lost: ${d.reason}. No result was taken over; run the epoch again, which opens it anew.`,
  GPU_LIMIT: (d) =>
    `${at(d)}${d.what} of this epoch takes ${d.wanted} ${d.unit}, the GPU allows ${d.limit} (${d.name}). ` +
    'No result was taken over; take the backend "wasm" for this subnet, which has no such limit.',
  GPU_FAULT: (d) =>
    `the GPU refused its work (${d.kind}): ${d.reason}. No result was taken over; take the backend "wasm", and report this.`,
  CLOSED: (d) => `${d.what} is closed. Create a new one.`,
  ABORTED: () => 'stopped by the caller. No result was taken over; what was there before stays.',
  DEADLINE_EXCEEDED: (d) =>
    `not done by the deadline (${d.deadline} ms since 1970). No result was taken over; give it more time or more threads.`,
  BUSY: (d) => `${d.wanted}: an epoch of this subnet is on its way. Await it, or "idle()" after an abort.`,
  QUEUE_FULL: (d) => `${d.limit} epochs wait already. Await some, use "runEpochs", or raise the option "queue".`,
  WORKER_CRASHED: (d) =>
    `the worker thread ended while it computed (${d.reason}). No result was taken over; run the epoch again.`,
  BAD_SNAPSHOT: (d) => `the snapshot cannot be read: ${d.reason}. Restore from another one.`,
  UNREADABLE: (d) => `cannot be read: ${d.reason}.`,
  NOT_GZIP: (d) =>
    `is not whole gzip data: ${d.reason}. Fetch it again, or drop the ".gz" from the name of a plain file.`,
  EMPTY_FILE: () => 'holds no case. A case file has one JSON object a line.',
  LINE_TOO_LONG: (d) => `the line is longer than ${d.limit} bytes, which no case needs.`,
  FILE_TOO_LONG: (d) => `unpacks to more than ${d.limit} bytes. Raise the limit "unpackedBytes" if you trust the file.`,
  BAD_JSON: (d) => `cannot be read as a JSON object: ${d.reason}. A case file has one JSON object a line.`,
  MISSING_FIELD: (d) => `${d.field} is missing.`,
  UNKNOWN_FIELD: (d) => `there is no field ${d.field}. Known here: ${d.known.join(', ')}.`,
  DUPLICATE_NAME: (d) => `the name stands on line ${d.first} already. Give every case of a file a name of its own.`,
  NO_SERIES: (d) => `is not the next epoch of a series: ${d.reason}. A replay takes consecutive epochs of one subnet.`,
  NO_SUCH_CASE: (d) => `there is no case "${d.wanted}". The file holds: ${d.names.join(', ')}.`,
  NO_SUCH_UID: (d) => `there is no uid ${d.wanted}, the subnet has n = ${d.n}.`,
  UNWRITABLE: (d) => `cannot be written: ${d.reason}.`,
  UNKNOWN_NAME: (d) => `${at(d)}there is no ${d.what} "${d.wanted}". Known: ${d.known.join(', ')}.`,
  AGENT_FAULT: (d) =>
    `${d.role}${d.uid === undefined ? '' : ` of uid ${d.uid}`} in ${d.subnet}, epoch ${d.epoch}: ${d.reason}. ` +
    'Correct the agent; epochs before this one stand.',
  REDIS_UNAVAILABLE: (d) => `no Redis at ${d.url}: ${d.reason}. Start it, or correct the address.`,
  BAD_USAGE: (d) => d.reason,
};

/** "weights of uid 7, entry 2: ", as far as the place is known. */
function at(place: Place): string {
  const parts = [
    place.uid === undefined ? place.field : `${place.field ?? 'row'} of uid ${place.uid}`,
    place.entry === undefined ? undefined : `entry ${place.entry}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

/** "net.jsonl:3: ", as far as the file is known. */
function fileOf({ file, line }: Place): string {
  if (file === undefined) return '';
  return line === undefined ? `${file}: ` : `${file}:${line}: `;
}

/** The one error this package throws on purpose. `code` is stable; `data` says where and what. */
export class YumaError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'YumaError';
  readonly code: C;
  readonly data: ErrorData[C] & Place;
  /** The message without file and line. */
  readonly sentence: string;

  constructor(code: C, data: ErrorData[C] & Place, options?: ErrorOptions) {
    const sentence = SENTENCE[code](data);
    super(fileOf(data) + sentence, options);
    this.code = code;
    this.data = data;
    this.sentence = sentence;
  }

  /** The same error with what a caller knows of the place; what is known already stays. */
  within(place: Place): YumaError<C> {
    return new YumaError(this.code, { ...place, ...this.data }, { cause: this });
  }
}
