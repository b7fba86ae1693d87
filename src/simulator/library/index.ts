/** Library: scenarios by name. */
import { YumaError } from '../../index.js';
import type { Definition } from '../definition.js';
import type { Scenario } from '../scenario.js';

export const LIBRARY: Readonly<Record<string, Definition<Scenario>>> = {};

export interface BuildOptions {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly epochs?: number;
  readonly seed?: number;
}

export function buildScenario(name: string, _: BuildOptions = {}): Scenario {
  throw new YumaError('UNKNOWN_NAME', { what: 'scenario', wanted: name, known: Object.keys(LIBRARY) });
}
