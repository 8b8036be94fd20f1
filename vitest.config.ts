/** The test run: every `*.test.ts` beside the code it tests, on two workers, without retries, so that a flaky test shows. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['model', 'sut', 'properties', 'cli', 'reports', 'bench'].map((folder) => `${folder}/**/*.test.ts`),
    exclude: ['**/node_modules/**', 'sut/published/sets/**'],
    pool: 'threads',
    maxWorkers: 2,
    retry: 0,
    // Against a test that never ends, on however slow a machine; no test is about time.
    testTimeout: 300_000,
    passWithNoTests: false,
  },
});
