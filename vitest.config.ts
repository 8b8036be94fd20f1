/** The test run: every `*.test.ts` beside the code it tests, on two workers, without retries, so that a flaky test shows. */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Known failures before anything else; the others in the usual order. */
class CorpusFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isCorpus = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/properties/corpus/corpus.test.ts');
    return [...sorted.filter(isCorpus), ...sorted.filter((file) => !isCorpus(file))];
  }
}

export default defineConfig({
  test: {
    include: ['vocabulary', 'tools', 'model', 'sut', 'properties', 'cli', 'reports', 'bench', 'examples'].map(
      (folder) => `${folder}/**/*.test.ts`,
    ),
    exclude: ['**/node_modules/**', 'sut/*/sets/**', '**/*.browser.test.ts'],
    pool: 'threads',
    // Modules are loaded once a thread, as they are in the workers of `simulate`: loading them for each file takes a third of the time.
    isolate: false,
    maxWorkers: 2,
    retry: 0,
    sequence: { sequencer: CorpusFirst },
    // Against a test that never ends, on however slow a machine; no test is about time.
    testTimeout: 300_000,
    passWithNoTests: false,
  },
});
