/** Options that several commands take, and how their values are read. */
import { InvalidArgumentError, Option } from 'commander';
import { BACKENDS } from '../backends/backends.js';
import { ADAPTERS, type AdapterChoice } from '../backends/webgpu/source.js';
import type { BackendChoice } from '../engine/engine.js';
import { HYPERPARAMETERS, type Hyperparameter, INTEGER_RANGE } from '../epoch/hyperparameters.js';

/** What the two options below read, by the names that an engine knows. */
export interface EngineChoice {
  readonly backend: BackendChoice;
  readonly adapter: AdapterChoice;
}

export const backendOption = (): Option =>
  new Option('--backend <name>', `what computes: auto, ${BACKENDS.join(', ')}`).default('auto');

export const adapterOption = (): Option =>
  new Option('--adapter <name>', 'which GPU computes for webgpu; gl is OpenGL ES').choices(ADAPTERS).default('auto');

/** Reads an integer of a range into a `number`; more than 2^53 - 1 is no use to any option that takes one. */
export function wholeNumber(least: number, largest: number): (text: string) => number {
  return (text) => Number(integer(text, BigInt(least), BigInt(largest)));
}

export const threadsOption = (): Option =>
  new Option('--threads <n>', "worker threads, auto for one a core, 0 for the caller's thread")
    .argParser(threads)
    .default(0);

function threads(text: string): number | 'auto' {
  if (text === 'auto') return text;
  try {
    return wholeNumber(0, 256)(text);
  } catch {
    throw new InvalidArgumentError('It must be auto or an integer from 0 to 256.');
  }
}

const DECIMAL = /^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Reads a share above 0, up to 1. */
export function share(text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : 0;
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be above 0 and at most 1.');
}

function integer(text: string, least: bigint, largest: bigint): bigint {
  const value = /^-?[0-9]{1,20}$/.test(text) ? BigInt(text) : null;
  if (value !== null && value >= least && value <= largest) return value;
  throw new InvalidArgumentError(`It must be an integer from ${least} to ${largest}.`);
}

/** `bondsMovingAverage` as it is typed: `--bonds-moving-average`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** A flag for each hyperparameter: `--bonds-moving-average <u64>`. Parsed, they are under the table's own names. */
export function hyperparameterOptions(group: string): Option[] {
  return Object.entries<Hyperparameter>(HYPERPARAMETERS).map(([name, { type, unit, says }]) => {
    const option = new Option(`${flagOf(name)} <${type}>`, unit === '' ? says : `${says} (${unit})`).helpGroup(group);
    return option.argParser((text) => readParameter(text, type));
  });
}

function readParameter(text: string, type: Hyperparameter['type']): bigint | number | boolean {
  if (type === 'bool') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new InvalidArgumentError('It must be true or false.');
  }
  const [least, largest] = INTEGER_RANGE[type];
  const value = integer(text, least, largest);
  return type === 'u64' ? value : Number(value);
}
