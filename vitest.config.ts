import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // With `--coverage`, as in .ci/run: what tests run of src/ in their own process (docs/verification.md).
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['**/*.d.ts'],
      reporter: [['text', { skipFull: true, maxCols: 100 }]],
      reportsDirectory: 'build/coverage',
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
