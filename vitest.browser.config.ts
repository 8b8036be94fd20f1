/** The tests that drive a browser: apart, since not every machine has one, and they take longer than all others. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['reports/**/*.browser.test.ts', 'bench/**/*.browser.test.ts'],
    exclude: ['**/node_modules/**'],
    maxWorkers: 1,
    retry: 0,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
});
