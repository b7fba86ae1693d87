/** The tests that the mutants of one part have to get past. */
import { defineConfig } from 'vitest/config';
import { part } from './parts.mjs';

export default defineConfig({ test: { include: part().tests, isolate: false, testTimeout: 120_000 } });
