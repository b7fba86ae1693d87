/** Mutation testing, docs/verification.md. */
import { part } from './parts.mjs';

const { name, mutate } = part();

export default {
  mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.mjs', related: false },
  tsconfigFile: 'none', // TypeScript 7 has no programming interface to read one with
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 60_000, // on a busy machine less would take slow mutants for endless ones, and count them as noticed
  dryRunTimeoutMinutes: 20,
  ignorePatterns: ['/bench', '/build', '/examples', '/fuzz', '/test/browser', '/test/mutants/node_modules'],
  tempDirName: `build/mutants/sandbox-${name}`,
  reporters: ['clear-text', 'progress', 'json', 'html'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
  jsonReporter: { fileName: `build/mutants/${name}.json` },
  htmlReporter: { fileName: `build/mutants/${name}.html` },
  thresholds: { high: 95, low: 90, break: 85 },
};
