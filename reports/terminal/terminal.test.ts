import { describe, expect, test } from 'vitest';
import type { Simulation, SimulationProgress } from '../../properties/simulate/simulation.ts';
import { coverageLines } from './coverage.ts';
import { failurePageText } from './failure-page.ts';
import { openProgress } from './progress.ts';
import { plainProgressLine, progressLine } from './progress-line.ts';
import { plainStyle, styleOf } from './style.ts';
import { summaryText } from './summary.ts';
import { tableText } from './table.ts';
import { paragraph, sayDuration, sayShare, wrap } from './text.ts';

const totals = { runs: 420, steps: 84_000, commands: 21_000, skipped: 300, coverage: {}, failed: 0, leftOut: 0, undecidedRuns: 0 };
const progress: SimulationProgress = { ...totals, phase: 'running', seconds: 10, done: 0.42, shrunkTo: [] };
const simulation: Simulation = {
  ...totals,
  seed: 7,
  world: 'simulated',
  workers: 2,
  twice: false,
  faultName: null,
  seconds: 10,
  shrinkSeconds: 0,
  traceHash: 'abc',
  failures: [],
  undecided: [],
  end: 'complete',
  leftOpen: 0,
};

describe('the progress line', () => {
  test('tells everything where there is room', () => {
    expect(progressLine(progress, 120)).toMatch(
      /^\[█+░+\] {2}42 % {2}420 runs {2}no failure {2}14 s left {2}42 runs\/s {2}8,400 steps\/s$/u,
    );
  });

  test('fits into any width from 20 columns on', () => {
    const shrinking = { ...progress, phase: 'shrinking' as const, shrunkTo: [9, 4] };
    for (let width = 20; width <= 130; width += 1) {
      for (const shown of [progress, { ...progress, failed: 12, done: 1 }, shrinking]) {
        const line = progressLine(shown, width);
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).toMatch(/42 %|100 %/u);
      }
    }
  });

  test('is a plain sentence in a log', () => {
    expect(plainProgressLine(progress)).toBe('42 %, 420 runs, no failure, 14 s left, 42 runs/s, 8,400 steps/s');
  });

  test('a terminal is drawn over ten times a second, a log is told every ten seconds', () => {
    let nowMs = 0;
    const written = { live: [] as string[], log: [] as string[] };
    const live = openProgress({ isTTY: true, columns: 60, write: (text) => written.live.push(text) }, () => nowMs);
    const log = openProgress({ write: (text) => written.log.push(text) }, () => nowMs);
    for (nowMs = 0; nowMs <= 30_000; nowMs += 50) {
      live.update(() => progress);
      log.update(() => progress);
    }
    live.end();
    log.end();
    expect(written.live).toHaveLength(302);
    expect(written.log).toHaveLength(3);
  });
});

describe('the summary', () => {
  const input = { simulation, verdict: 'held', expectedCoverage: { rule: ['S1', 'S2'] }, scriptSteps: 5_700 } as const;

  test('opens with the verdict and holds the figures', () => {
    const text = summaryText(input, plainStyle, 100);
    expect(text.split('\n')[0]).toBe('HELD  420 runs, every property held');
    expect(text).toContain('8,400 a second');
    expect(text).toContain('300, 5 % of the script steps');
    expect(text).toContain('rules         0 of 2');
    expect(text).toContain('trace hash    abc');
  });

  test('never says held of what was not decided', () => {
    const undecided = { ...simulation, undecidedRuns: 1, undecided: [{ firstRun: 4, count: 1, why: 'the worker died' }] };
    const text = summaryText({ ...input, simulation: undecided, verdict: 'undecided' }, plainStyle, 100);
    expect(text.split('\n')[0]).toBe('COULD NOT DECIDE  420 runs without a failure, but 1 run gave no result');
    expect(text).toContain('run 4 could not be decided: the worker died');
    expect(summaryText({ ...input, simulation: { ...simulation, end: 'interrupted' }, verdict: 'undecided' }, plainStyle, 100)).toContain(
      'interrupted before the end',
    );
  });

  test('coverage names what is missing and what is rare', () => {
    expect(coverageLines({ 'rule:S1': 1_205, 'step:cut': 2, 'step:insert': 9 }, { rule: ['S1'] })).toEqual([
      { group: 'rule', text: 'all 1; S1 1,205' },
      { group: 'step', text: '2; rarest: cut (2), insert (9)' },
      { group: 'advance cut short', text: '0' },
    ]);
    expect(coverageLines({ 'rule:S2': 3, 'pair:a': 7 }, { rule: ['S1', 'S2'], pair: ['a', 'b'] })).toEqual([
      { group: 'rule', text: '1 of 2; never: S1; S2 3' },
      { group: 'pair', text: '1 of 2; never: b; rarest: a (7)' },
      { group: 'advance cut short', text: '0' },
    ]);
    expect(coverageLines({ 'allowed:more than 8': 10, 'allowed:1': 60, 'allowed:3–4': 30 }, {})[0]).toEqual({
      group: 'allowed',
      text: '1: 60 %, 3–4: 30 %, more than 8: 10 %',
    });
  });
});

test('the summary hides no excuse: what was skipped, by kind, and what time was cut short', () => {
  const coverage = { 'skipped:cut': 2, 'skipped:release': 1_194, quiescence: 4, 'advance cut short': 3 };
  expect(coverageLines(coverage, {})).toEqual([
    { group: 'skipped', text: 'release 1,194, cut 2' },
    { group: 'advance cut short', text: '3' },
  ]);
  const text = summaryText(
    { simulation: { ...simulation, coverage }, verdict: 'held', expectedCoverage: {}, scriptSteps: 10 },
    plainStyle,
    100,
  );
  expect(text).toContain('skipped kinds release 1,194, cut 2');
  expect(text).toContain('cut short     3');
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
      replayCommand: 'npx lockstep replay reports/out/failures/s1-status.json',
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
  test('no colours without a terminal, with NO_COLOR or on a dumb one', () => {
    expect(styleOf({}, {})).toBe(plainStyle);
    expect(styleOf({ isTTY: true }, { NO_COLOR: '1' })).toBe(plainStyle);
    expect(styleOf({ isTTY: true }, { TERM: 'dumb' })).toBe(plainStyle);
    expect(styleOf({ isTTY: true }, { NO_COLOR: '' }).bad('x')).toBe('\u001b[31mx\u001b[39m');
  });
});
