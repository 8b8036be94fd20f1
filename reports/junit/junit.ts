/**
 * A simulation as JUnit XML, which build servers read: a suite a family of rules with a case a rule, one for the laws
 * beside the rules, one for whether every run gave a result, and one for the corpus with a case an entry.
 */
import type { Outcome } from '../../properties/trace.ts';
import { membersOf } from '../explored/families.ts';
import { factLines, type ReportedFailure, type SimulationReport, stepLines } from '../explored/report.ts';
import { visible } from '../explored/visible.ts';
import { sayCount } from '../terminal/text.ts';

interface Suite {
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
}
interface Case {
  readonly className: string;
  readonly name: string;
  readonly seconds: number;
  readonly end: End;
}
type End =
  | { readonly end: 'passed' }
  | { readonly end: 'failed' | 'error'; readonly type: string; readonly message: string; readonly text: string }
  | { readonly end: 'skipped'; readonly message: string };

const passed: End = { end: 'passed' };

export function junitXml(report: SimulationReport): string {
  const suites = [runsSuite(report), ...ruleSuites(report), lawsSuite(report), ...corpusSuites(report)].filter(
    ({ cases }) => cases.length > 0,
  );
  const cases = suites.flatMap((suite) => suite.cases);
  const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lockstep"${countsOf(cases, false)} time="${sayTime(seconds)}">`,
    ...suites.map(suiteXml),
    '</testsuites>',
    '',
  ].join('\n');
}

/** All time is told here: the runs put every rule to the test side by side. */
function runsSuite({ simulation }: SimulationReport): Suite {
  const { undecidedRuns, undecided, end, leftOpen } = simulation;
  const text = undecided.map(({ firstRun, count, why }) => `run ${firstRun}, ${sayCount(count, 'run')} so: ${why}`).join('\n');
  const error = (message: string): End => ({ end: 'error', type: 'undecided', message, text });
  const seconds = simulation.seconds + simulation.shrinkSeconds;
  const one = (name: string, ended: End, took: number): Case => ({ className: 'lockstep.runs', name, seconds: took, end: ended });
  return {
    name: 'runs',
    seconds,
    cases: [
      one('every run gave a result', undecidedRuns > 0 ? error(`${sayCount(undecidedRuns, 'run')} gave no result`) : passed, seconds),
      one('the runs came to their end', end === 'interrupted' ? error('interrupted before the end') : passed, 0),
      one('every worker ended by itself', leftOpen > 0 ? error(`${sayCount(leftOpen, 'worker')} left something open`) : passed, 0),
    ],
  };
}

/** What is known fails nothing. */
function unknownIn({ failures }: SimulationReport): readonly ReportedFailure[] {
  return failures.filter(({ failure }) => failure.known === undefined);
}

function ruleSuites(report: SimulationReport): readonly Suite[] {
  const unneeded = new Map(report.simulation.notApplicable.map(({ rule, lacks }) => [rule, lacks]));
  const tested = new Map(membersOf(report.simulation.coverage, 'rule').map(({ name, count }) => [name, count]));
  const families = new Map<string, Case[]>();
  for (const { id, title } of report.rules) {
    const family = id.replace(/\d+$/u, '');
    const found = unknownIn(report).filter(({ failure }) => failure.rule === id);
    const lacks = unneeded.get(id);
    const why = lacks === undefined ? 'never put to the test by these runs' : `not applicable: the system has no ${lacks.join(', no ')}`;
    const untested: End = { end: 'skipped', message: why };
    const end = found.length > 0 ? failedBy(found) : lacks !== undefined || (tested.get(id) ?? 0) === 0 ? untested : passed;
    const cases = families.get(family) ?? [];
    families.set(family, [...cases, { className: `lockstep.${family}`, name: `${id} ${title}`, seconds: 0, end }]);
  }
  return [...families].map(([family, cases]) => ({ name: `rules ${family}`, seconds: 0, cases }));
}

/** What broke that is no numbered rule, such as liveness; what held has no case, since nobody counts it. */
function lawsSuite(report: SimulationReport): Suite {
  const numbered = new Set(report.rules.map(({ id }) => id));
  const failures = unknownIn(report);
  const broken = [...new Set(failures.map(({ failure }) => failure.rule))].filter((rule) => !numbered.has(rule));
  const cases = broken.map((rule): Case => {
    const found = failures.filter(({ failure }) => failure.rule === rule);
    return { className: 'lockstep.laws', name: rule, seconds: 0, end: failedBy(found) };
  });
  return { name: 'laws beside the rules', seconds: 0, cases };
}

function corpusSuites({ simulation }: SimulationReport): readonly Suite[] {
  if (simulation.corpus === null) return [];
  const name = simulation.deviations === null ? 'corpus' : 'known deviations';
  const cases = simulation.corpus.results.map(
    ({ entry, outcome }): Case => ({
      className: `lockstep.${simulation.deviations === null ? 'corpus' : 'known'}.${entry.rule}`,
      name: entry.name,
      seconds: 0,
      end: endOf(outcome),
    }),
  );
  return [{ name, seconds: simulation.corpus.seconds, cases }];
}

function endOf(outcome: Outcome): End {
  switch (outcome.outcome) {
    case 'held':
      return passed;
    case 'failed': {
      const { failure } = outcome;
      if (failure.known !== undefined) return { end: 'skipped', message: `shows as the known deviation ${failure.known}` };
      const allowed = failure.allowed.length === 0 ? 'nothing' : failure.allowed.join('\n      or ');
      return { end: 'failed', type: failure.class, message: failure.message, text: `allowed  ${allowed}\nshown    ${failure.shown}` };
    }
    case 'unknown':
      return { end: 'error', type: 'undecided', message: 'could not be decided', text: outcome.why };
  }
}

/** One case has one failure, so the classes of a rule stand below each other in it. */
function failedBy(found: readonly ReportedFailure[]): End {
  const [first] = found;
  if (first === undefined) return passed;
  const more = found.length > 1 ? ` (and ${sayCount(found.length - 1, 'other class', 'other classes')} of failure)` : '';
  return {
    end: 'failed',
    type: first.failure.class,
    message: first.failure.message + more,
    text: found.map(failureText).join('\n\n'),
  };
}

function failureText(reported: ReportedFailure): string {
  const { failure, sentence, setting, replayCommand } = reported;
  const facts = factLines({ ...reported, sameCauseAs: null });
  return [failure.message, sentence, ...facts, setting, ...stepLines(reported), `Replay it:  ${replayCommand}`].join('\n');
}

function suiteXml(suite: Suite): string {
  return [
    `  <testsuite name="${attribute(suite.name)}"${countsOf(suite.cases, true)} time="${sayTime(suite.seconds)}">`,
    ...suite.cases.map(caseXml),
    '  </testsuite>',
  ].join('\n');
}

function caseXml({ className, name, seconds, end }: Case): string {
  const start = `    <testcase classname="${attribute(className)}" name="${attribute(name)}" time="${sayTime(seconds)}"`;
  switch (end.end) {
    case 'passed':
      return `${start}/>`;
    case 'skipped':
      return `${start}><skipped message="${attribute(end.message)}"/></testcase>`;
    case 'failed':
    case 'error': {
      const element = end.end === 'failed' ? 'failure' : 'error';
      return `${start}><${element} message="${attribute(end.message)}" type="${attribute(end.type)}">${content(end.text)}</${element}></testcase>`;
    }
  }
}

/** The root element of the common schema has no count of what was skipped. */
function countsOf(cases: readonly Case[], withSkipped: boolean): string {
  const count = (end: End['end']): number => cases.filter((one) => one.end.end === end).length;
  const skipped = withSkipped ? ` skipped="${count('skipped')}"` : '';
  return ` tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}"${skipped}`;
}

function sayTime(seconds: number): string {
  return seconds.toFixed(3);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };
/** XML 1.0 has no way to write controls, so they are made visible first. */
function content(text: string): string {
  return visible(text).replaceAll(/[&<>]/gu, (character) => entities[character] ?? character);
}

/** Line breaks are written as entities, since a reader turns bare ones in an attribute into spaces. */
function attribute(text: string): string {
  return visible(text).replaceAll(/[&<>"\n\t]/gu, (character) => entities[character] ?? character);
}
