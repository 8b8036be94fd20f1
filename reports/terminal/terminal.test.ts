import { describe, expect, test } from 'vitest';
import type { SimulationProgress } from '../../properties/simulate/simulation.ts';
import { columnsOf } from './columns.ts';
import { failurePageText } from './failure-page.ts';
import { openProgress } from './progress.ts';
import { plainProgressLine, progressLine } from './progress-line.ts';
import { plainStyle, styleOf, widthOf } from './style.ts';
import { tableText } from './table.ts';
import { paragraph, sayDuration, sayShare, wrap } from './text.ts';

const totals = {
  runs: 420,
  steps: 84_000,
  commands: 21_000,
  skipped: 300,
  coverage: {},
  failed: 0,
  knownRuns: 0,
  leftOut: 0,
  undecidedRuns: 0,
};
const progress: SimulationProgress = {
  ...totals,
  phase: 'running',
  corpus: { scripts: 130, done: 130, failed: 0 },
  seconds: 10,
  done: 0.42,
  shrunkTo: [],
};
describe('the progress line', () => {
  test('tells everything where there is room', () => {
    expect(progressLine(progress, 120)).toMatch(
      /^\[█+░+\] {2}42 % {2}420 runs {2}no failure {2}14 s left {2}42 runs\/s {2}8,400 steps\/s$/u,
    );
  });

  test('fits into any width from 20 columns on', () => {
    const shrinking = { ...progress, phase: 'shrinking' as const, shrunkTo: [9, 4, 12, 3, 3] };
    const ofCorpus = { ...progress, failed: 12, corpus: { scripts: 130, done: 130, failed: 4 } };
    for (let width = 20; width <= 130; width += 1) {
      for (const shown of [
        progress,
        { ...progress, failed: 12, done: 1 },
        { ...progress, runs: 12_000_000, failed: 3_456 },
        shrinking,
        ofCorpus,
      ]) {
        const line = progressLine(shown, width);
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).toMatch(/42 %|100 %/u);
        // Nothing is cut in the middle: each part is one that the log would tell.
        const parts = line
          .replace(/^\[.*\]/u, '')
          .trim()
          .split('  ');
        for (const part of parts) expect(plainProgressLine(shown)).toContain(part.trim());
      }
    }
  });

  test('where it is narrow, what failed and the time left matter more than a bar', () => {
    expect(progressLine({ ...progress, failed: 12 }, 39)).toBe('42 %  420 runs  12 failed  14 s left');
    expect(progressLine({ ...progress, failed: 12 }, 30)).toBe('42 %  420 runs  12 failed');
    expect(progressLine({ ...progress, phase: 'shrinking', failed: 12, shrunkTo: [3, 2] }, 29)).toBe('42 %  shrinking  12 failed');
  });

  test('tells how far the corpus is, and what of it failed ever after', () => {
    const first: SimulationProgress = { ...progress, phase: 'corpus', corpus: { scripts: 130, done: 12, failed: 0 }, runs: 0, done: 0 };
    expect(plainProgressLine(first)).toBe('corpus, 12 of 130, no failure');
    expect(progressLine(first, 79)).toBe('corpus  12 of 130  no failure');
    expect(progressLine(first, 20)).toBe('corpus  12 of 130');
    const corpus = { scripts: 130, done: 130, failed: 2 };
    expect(plainProgressLine({ ...first, corpus })).toBe('corpus, 130 of 130, 2 failed');
    expect(plainProgressLine({ ...progress, corpus })).toMatch(/^42 %, 420 runs, 2 of the corpus failed, 14 s left/u);
    expect(plainProgressLine({ ...progress, corpus, failed: 3 })).toMatch(/^42 %, 420 runs, 3 and 2 of the corpus failed, /u);
  });

  test('is a plain sentence in a log', () => {
    expect(plainProgressLine(progress)).toBe('42 %, 420 runs, no failure, 14 s left, 42 runs/s, 8,400 steps/s');
  });

  test('a terminal is drawn over ten times a second, a log is told every ten seconds', () => {
    let nowMs = 0;
    const written = { live: [] as string[], log: [] as string[] };
    const live = openProgress({ isTTY: true, columns: 60, write: (text) => written.live.push(text) }, {}, () => nowMs);
    const log = openProgress({ write: (text) => written.log.push(text) }, {}, () => nowMs);
    for (nowMs = 0; nowMs <= 30_000; nowMs += 50) {
      live.update(() => progress);
      log.update(() => progress);
    }
    live.end();
    log.end();
    expect(written.live).toHaveLength(302);
    expect(written.log).toHaveLength(3);
  });

  test.each([{ TERM: 'dumb' }, { CI: 'true' }])('nothing is drawn over where %o', (environment) => {
    const written: string[] = [];
    let nowMs = 0;
    const display = openProgress({ isTTY: true, columns: 60, write: (text) => written.push(text) }, environment, () => nowMs);
    nowMs = 10_000;
    display.update(() => progress);
    display.say('ending');
    display.end();
    expect(written).toEqual([`${plainProgressLine(progress)}\n`, 'ending\n']);
  });

  test('a terminal that does not know its width gets the usual one', () => {
    const written: string[] = [];
    openProgress({ isTTY: true, columns: 0, write: (text) => written.push(text) }, {}, () => 0).update(() => progress);
    expect(written).toEqual([`\r\u001b[2K${progressLine(progress, 79)}`]);
    expect([widthOf({ columns: 0 }), widthOf({}), widthOf({ columns: 60 })]).toEqual([100, 100, 60]);
  });

  test('what is said stands on a line of its own, and the end leaves none behind', () => {
    const written: string[] = [];
    const display = openProgress({ isTTY: true, columns: 40, write: (text) => written.push(text) }, {}, () => 0);
    display.update(() => progress);
    display.say('ending');
    display.end();
    display.end();
    const erased = '\r\u001b[2K';
    expect(written).toEqual([`${erased}${progressLine(progress, 39)}`, erased, 'ending\n']);
  });
});

test('the page of a failure tells rule, divergence, steps and the command', () => {
  const text = failurePageText(
    {
      failure: {
        class: 'S1 status',
        rule: 'S1',
        property: 'lockstep',
        message: 'c1 showed a status twice.',
        allowed: ['status OPEN', 'nothing'],
        shown: 'status CONNECTING',
        step: 1,
      },
      sentence: 'One session, one status: a law.',
      setting: 'With c1:',
      steps: ['c1 starts a session', 'c1 connects'],
      origin: { run: 12, count: 3, shrunkFrom: 50, attempts: 200, note: '; no step can be left out' },
      commands: {
        replay: 'npx lockstep replay reports/out/failures/s1-status.json',
        show: 'npx lockstep show reports/out/failures/s1-status.json',
      },
    },
    plainStyle,
    100,
  );
  expect(text).toBe(`S1  One session, one status: a law.

  c1 showed a status twice.

  allowed  status OPEN
       or  nothing
  shown    status CONNECTING
  when     in step 2, or in what followed from it
  class    S1 status, found by lockstep

  With c1:
    1  c1 starts a session
  › 2  c1 connects

  run 12, 3 runs of this class; shrunk from 50 steps to 2 in 200 attempts; no step can be left out

  Replay it:  npx lockstep replay reports/out/failures/s1-status.json
  See it:     npx lockstep show reports/out/failures/s1-status.json
`);
});

describe('text', () => {
  test('durations', () => expect([0.42, 12, 185, 7800].map(sayDuration)).toEqual(['0.4 s', '12 s', '3 min 05 s', '2 h 10 min']));
  test('shares', () => expect([sayShare(0, 0), sayShare(1, 1000), sayShare(1, 4)]).toEqual(['–', '< 1 %', '25 %']));
  test('wraps at spaces and keeps long words whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('a reallylongword b', 5)).toEqual(['a', 'reallylongword', 'b']);
    expect(paragraph('one two three four five six', 24, '- ')).toBe('- one two three four\n  five six');
  });
  test('tables', () => {
    const columns = [
      { title: 'name', align: 'left' },
      { title: 'n', align: 'right' },
    ] as const;
    expect(
      tableText(columns, [
        ['a', '10'],
        ['long name', '7'],
      ]),
    ).toBe('name        n\n─────────  ──\na          10\nlong name   7');
  });
  test('wide and combining characters keep tables straight and lines short', () => {
    expect(['milk', '牛乳', '🥛', '👩‍👩‍👧', 'e\u0301', '한', 'ﾆ', '✕', '☎️', '\u200b'].map(columnsOf)).toEqual([
      4, 4, 2, 2, 1, 2, 1, 1, 2, 0,
    ]);
    expect(wrap('牛乳 牛乳 牛乳', 9)).toEqual(['牛乳 牛乳', '牛乳']);
    const columns = [{ title: 'row', align: 'left' } as const, { title: 'n', align: 'right' } as const];
    expect(
      tableText(columns, [
        ['牛乳', '1'],
        ['milk', '2'],
      ]),
    ).toBe('row   n\n────  ─\n牛乳  1\nmilk  2');
  });
  test('no colours without a terminal, with NO_COLOR or on a dumb one, unless they are forced', () => {
    expect(styleOf({}, {})).toBe(plainStyle);
    expect(styleOf({ isTTY: true }, { NO_COLOR: '1' })).toBe(plainStyle);
    expect(styleOf({ isTTY: true }, { TERM: 'dumb' })).toBe(plainStyle);
    expect(styleOf({}, { FORCE_COLOR: '0' })).toBe(plainStyle);
    expect(styleOf({}, { FORCE_COLOR: '1', NO_COLOR: '1' }).bad('x')).toBe('\u001b[31mx\u001b[39m');
    expect(styleOf({ isTTY: true }, { NO_COLOR: '' }).bad('x')).toBe('\u001b[31mx\u001b[39m');
  });
});
