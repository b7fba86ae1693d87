import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // With `--coverage`, as in .ci/run: what tests run of src/ in their own process (docs/verification.md).
    coverage: {
      include: ['src/**/*.ts'],
      // What runs elsewhere only: in the page of a report, in worker threads, as a process of its own.
      exclude: [
        '**/*.d.ts',
        'src/report/page/**',
        'src/engine/pool/worker.ts',
        'src/sweep/worker.ts',
        'src/cli/main.ts',
      ],
      reporter: [['text', { skipFull: true, maxCols: 100 }]],
      reportsDirectory: 'build/coverage',
      thresholds: { lines: 95, branches: 94.5 }, // some tests are random: half a point below what was measured
    },
  },
});
