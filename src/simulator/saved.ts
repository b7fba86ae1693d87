/**
 * Saved: the state of a simulation between two epochs as bytes. JSON in UTF-8; vectors are base64 of their bytes,
 * little-endian, bigints are decimal text. For the version that wrote it: another one may refuse it.
 */
import { YumaError } from '../epoch/index.js';
import type { Cast } from './cast.js';
import { Digest } from './digest.js';
import type { SavedRecorder } from './recorder.js';
import type { Scenario } from './scenario.js';
import type { SavedStage } from './stage.js';

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
  const state = JSON.stringify(saved, packed);
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

function packed(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $bigint: String(value) };
  for (const [name, Vector] of Object.entries(VECTORS)) {
    if (value instanceof Vector) return { [`$${name}`]: base64(value) };
  }
  if (
    typeof value === 'function' ||
    typeof value === 'symbol' ||
    (typeof value === 'number' && !Number.isFinite(value))
  ) {
    throw new YumaError('BAD_USAGE', { reason: `save: an agent keeps ${String(value)} as "${key}", which is no JSON` });
  }
  return value;
}

function unpacked(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length !== 1) return value;
  const [name, text] = entries[0] as [string, unknown];
  if (!name.startsWith('$') || typeof text !== 'string') return value;
  if (name === '$bigint') return BigInt(text);
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
