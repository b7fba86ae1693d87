/** The tests that the mutants of one part have to get past. */
import { defineConfig } from 'vitest/config';
import { part } from './parts.mjs';

const { tests, without = [] } = part();

export default defineConfig({ test: { include: tests, exclude: without, isolate: false, testTimeout: 120_000 } });
