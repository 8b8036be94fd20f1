import { expect, test } from 'vitest';
import { failedReport, heldReport, knownReport } from '../explored/sample.test-data.ts';
import { summaryMarkdown } from './summary.ts';

test('a simulation that held', async () => {
  await expect(summaryMarkdown(heldReport)).toMatchFileSnapshot('snapshots/held.md');
});

test('failures with their steps and the command; no text of theirs acts as Markdown or HTML', async () => {
  const text = summaryMarkdown(failedReport);
  await expect(text).toMatchFileSnapshot('snapshots/failed.md');
  expect(text).toContain('&lt;b\\>twice&lt;/b\\>');
  expect(text).toContain('````text\n');
});

test('known deviations in a table of their own', async () => {
  await expect(summaryMarkdown(knownReport)).toMatchFileSnapshot('snapshots/known.md');
});

test('a bug in a hundred shapes does not fill the page of the build', () => {
  const [first] = failedReport.failures;
  const failures = Array.from({ length: 100 }, () => first).filter((found) => found !== undefined);
  const text = summaryMarkdown({ ...failedReport, failures });
  expect(text.match(/^### /gmu)).toHaveLength(10);
  expect(text).toContain('And 90 more classes of failure.');
});
