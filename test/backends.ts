/** All backends, each with its name for the test report. One that cannot be created fails its suite: none is skipped. */
import type { Backend } from '../src/backends/backend.js';
import { BACKENDS, createBackend } from '../src/backends/backends.js';

export interface BackendUnderTest {
  readonly name: string;
  readonly backend: Backend;
}

export const backendsUnderTest = (): BackendUnderTest[] =>
  BACKENDS.map((name) => ({ name, backend: createBackend(name) }));
