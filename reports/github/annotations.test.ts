import { expect, test } from 'vitest';
import { failedReport } from '../explored/sample.test-data.ts';
import { annotationsText } from './annotations.ts';

test('each failure is a line of its own, with the command that replays it', () => {
  const lines = annotationsText(failedReport)
    .split('\n')
    .filter((line) => line !== '');
  expect(lines).toHaveLength(failedReport.failures.length);
  for (const [place, line] of lines.entries()) {
    expect(line).toMatch(/^::error title=[^:,]+::/u);
    expect(line).toContain(failedReport.failures[place]?.replayCommand ?? 'none');
  }
});

test('no text of a failure ends its line or its title', () => {
  const failures = failedReport.failures
    .slice(0, 1)
    .map((one) => ({ ...one, sentence: '100 %\nsure', failure: { ...one.failure, class: 'a:b,c' } }));
  expect(annotationsText({ failures })).toContain('::error title=a%3Ab%2Cc::100 %25%0Asure%0A');
});

test('where nothing failed there is none', () => expect(annotationsText({ failures: [] })).toBe(''));
