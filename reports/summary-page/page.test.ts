import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { failedReport, heldReport, knownReport } from '../explored/sample.test-data.ts';
import { summaryPage } from './page.ts';

const held = summaryPage(heldReport);
const failed = summaryPage(failedReport);

test('is the same to the byte for the same simulation', () => expect(summaryPage(failedReport)).toBe(failed));

test('loads nothing, runs nothing, and forbids itself to', () => {
  for (const page of [held, failed]) {
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`);
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('script, link, iframe, img, object, [src], [onclick]')).toHaveLength(0);
    expect(page.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|url\(/u);
  }
});

test('opens with the verdict; failures stand before what was explored, each with its command', () => {
  const { document } = parseHTML(failed);
  expect(document.querySelector('h1')?.textContent).toBe('FAILED2 runs of 420 and 1 script of the corpus, 2 classes of failure');
  expect([...document.querySelectorAll('h2')].map(({ id }) => id)).toEqual(['failures', 'explored', 'cells']);
  expect([...document.querySelectorAll('.command')].map(({ textContent }) => textContent)).toEqual(
    failedReport.failures.map(({ replayCommand }) => replayCommand),
  );
  expect(parseHTML(held).document.querySelector('#failures')).toBeNull();
});

test('known deviations stand in a table, those that ended most runs first', () => {
  const { document } = parseHTML(summaryPage(knownReport));
  expect(document.querySelector('h1')?.textContent).toBe('HELD420 runs, 2 known deviations showed in 37 of them');
  const rows = [...document.querySelectorAll('section[aria-labelledby=known] tbody tr')];
  expect(rows.map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
    ['late-close', 'S2', '30', 'A late | close <of> the former connection counts for the new one'],
    ['told-late', 'S8', '7', 'A session error comes late'],
    ['told-early', 'S8', '0', 'A session error comes early'],
  ]);
});

test('no text of a script acts as markup', () => {
  const { document } = parseHTML(failed);
  expect(document.querySelector('.failure h3')?.textContent).toBe('S2: c1 showed status CLOSED & "牛乳 🥛" <b>twice</b>');
  expect(failed).not.toContain('<b>');
  expect(failed).not.toContain('</script>');
});

test('each plot has a heading and a caption, and shows every cell, also those never visited', () => {
  const { document } = parseHTML(held);
  const figures = [...document.querySelectorAll('figure')];
  expect(figures.map((figure) => figure.querySelector('h3')?.textContent)).toEqual([
    'Rules put to the test',
    'Steps a second',
    'Steps executed and skipped',
    'How connections ended',
    'How much the model allowed',
    'Milestones',
    'What happened in which status of a session',
    'Where faults struck',
  ]);
  for (const figure of figures) {
    expect(figure.querySelector('svg title')).not.toBeNull();
    expect(figure.querySelector('figcaption')?.textContent?.length).toBeGreaterThan(40);
  }
  const titles = [...document.querySelectorAll('svg title')].map(({ textContent }) => textContent);
  for (const cell of ['OPEN × heard pong: 1,700 times', 'OPEN × close UNKNOWN: never visited', 'open × hold × live: never visited']) {
    expect(titles).toContain(cell);
  }
  expect(titles.some((title) => title?.startsWith('Q1  Filters: never'))).toBe(true);
});

test('there is a page also where nothing was explored', () => {
  const { simulation } = heldReport;
  const page = summaryPage({ ...heldReport, expectedCoverage: {}, simulation: { ...simulation, coverage: {}, pace: [], runs: 0 } });
  expect(page).toContain('What was explored');
});
