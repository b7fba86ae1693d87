/**
 * Saved: the state of a simulation between two epochs as bytes. JSON in UTF-8; vectors are base64 of their bytes,
 * little-endian, bigints are decimal text. For the version that wrote it: another one may refuse it.
 */
import { YumaError } from '../epoch/index.js';
import type { Cast } from './cast.js';
import { shown } from './definition.js';
import { Digest } from './digest.js';
import type { SavedRecorder } from './recorder.js';
import type { SavedStage } from './saved-stage.js';
import type { Scenario } from './scenario.js';

export interface SavedSimulation {
  /** Epochs that ran. */
  readonly epoch: number;
  readonly digest: string;
  readonly stages: readonly SavedStage[];
  readonly recorders: readonly SavedRecorder[];
}

const FORMAT = 'yuma-simulation/1';

const VECTORS = { Uint8Array, Uint16Array, Float64Array, BigUint64Array } as const;

/** @throws YumaError BAD_USAGE where an agent's memory is no JSON */
export function stateBytes(saved: SavedSimulation, scenario: Scenario): Uint8Array {
  const state = jsonOf(saved);
  return new TextEncoder().encode(
    JSON.stringify({ format: FORMAT, scenario: fingerprint(scenario), check: checkOf(state), state }),
  );
}

/** @throws YumaError BAD_SNAPSHOT */
export function parseState(bytes: Uint8Array, scenario: Scenario, cast: Cast): SavedSimulation {
  const outer = parsed(() => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  const { format, scenario: of, check, state } = (outer ?? {}) as Record<string, unknown>;
  if (format !== FORMAT || typeof state !== 'string') throw bad(`it is no saved simulation of the format ${FORMAT}`);
  if (check !== checkOf(state)) throw bad('it was cut or changed since it was saved');
  if (of !== fingerprint(scenario)) throw bad('it is of another scenario');
  const saved = parsed(() => JSON.parse(state, unpacked)) as SavedSimulation;
  if (saved.stages.length !== cast.subnets.length) throw bad('it is of another scenario');
  return saved;
}

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (fault) {
    throw new YumaError('BAD_SNAPSHOT', { reason: 'it is no JSON in UTF-8' }, { cause: fault });
  }
}

const bad = (reason: string): YumaError => new YumaError('BAD_SNAPSHOT', { reason });

/** What of a scenario is data; agents given as code count as `code`. */
export function fingerprint(scenario: Scenario): string {
  return checkOf(
    JSON.stringify(scenario, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : typeof value === 'function' ? 'code' : value,
    ),
  );
}

function checkOf(text: string): string {
  const digest = new Digest();
  digest.u16(new TextEncoder().encode(text));
  return digest.toString();
}

function jsonOf(saved: SavedSimulation): string {
  try {
    return JSON.stringify(saved, packed);
  } catch (fault) {
    if (fault instanceof YumaError) throw fault;
    const reason = `save: an agent keeps what is no JSON: ${(fault as Error).message.split('\n')[0]}`;
    throw new YumaError('BAD_USAGE', { reason }, { cause: fault });
  }
}

/** What an agent keeps would come back as something else if it went through JSON in silence: a Map as {}, a Date as text. */
function packed(this: unknown, key: string, value: unknown): unknown {
  const kept = (this as Record<string, unknown>)[key]; // `value` has been through its toJSON
  if (typeof kept === 'bigint') return { $bigint: String(kept) };
  if (Object.is(kept, -0)) return { $number: '-0' };
  for (const [name, Vector] of Object.entries(VECTORS)) {
    if (Object.getPrototypeOf(kept ?? 0) === Vector.prototype) return { [`$${name}`]: base64(kept as Uint8Array) };
  }
  if (isPlain(kept)) return value;
  throw new YumaError('BAD_USAGE', { reason: `save: an agent keeps ${named(kept)} as "${key}", which is no JSON` });
}

function isPlain(kept: unknown): boolean {
  if (typeof kept === 'number') return Number.isFinite(kept);
  if (typeof kept !== 'object' || kept === null) return typeof kept !== 'function' && typeof kept !== 'symbol';
  if (Array.isArray(kept)) return !kept.includes(undefined); // which JSON makes null
  const prototype: unknown = Object.getPrototypeOf(kept);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !Object.keys(kept).some((name) => name.startsWith('$')); // ours: see above
}

function named(kept: unknown): string {
  if (typeof kept !== 'object' || kept === null) return String(kept);
  const made = kept.constructor as { name: string } | undefined;
  return Array.isArray(kept) || made === Object ? shown(kept) : `a ${made?.name ?? 'strange object'}`;
}

function unpacked(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length !== 1) return value;
  const [name, text] = entries[0] as [string, unknown];
  if (!name.startsWith('$') || typeof text !== 'string') return value;
  if (name === '$bigint') return BigInt(text);
  if (name === '$number') return Number(text);
  const Vector = VECTORS[name.slice(1) as keyof typeof VECTORS];
  return Vector === undefined ? value : new Vector(bytesOf(text).buffer as ArrayBuffer);
}

const CHUNK = 0x2000;

function base64(vector: ArrayBufferView): string {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

function bytesOf(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
