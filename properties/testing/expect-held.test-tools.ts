/**
 * For tests that run scripts: where one fails, the error says what broke and the one command that runs it again, which
 * names the script by its seed, or a file that it is written to. A test that only said "expected held, got failed" would
 * leave the reader to rebuild
 * the run by hand.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { repositoryRoot } from '../../tools/repository-root.ts';
import type { RunOptions } from '../interpreter/run-options.ts';
import { drawnScriptOf } from '../relations/draw.ts';
import { ruleSentence } from '../rules.ts';
import { formatScript } from '../scripts/parse.ts';
import type { Script } from '../scripts/script.ts';
import { sayStep } from '../scripts/words.ts';
import { fileNameOf } from '../simulate/file-name.ts';
import type { Failure, RunResult } from '../trace.ts';

const hashDigits = 8;

export interface HowItRan {
  /** Where not given: simulated. */
  readonly world?: RunOptions['world'] | undefined;
  /**
   * What `replay` can be given on any machine: SEED:RUN, or the path of a file of the repository. Where it gives another
   * script than this one (SEED:RUN may be a relation's), or there is none, the script is put into a file of its own.
   */
  readonly source?: string | undefined;
  /** Where the script is put; `reports/out/failures` unless a test of this file says otherwise. */
  readonly folder?: string;
}

/** @throws unless the run held */
export function expectHeld(script: Script, { outcome }: Pick<RunResult, 'outcome'>, how: HowItRan = {}): void {
  switch (outcome.outcome) {
    case 'held':
      return;
    case 'failed':
      throw failing([sayFailure(outcome.failure, script), sayReplay(script, outcome.failure.class, how)]);
    case 'unknown':
      throw failing([`The run could not be decided: ${outcome.why}`, sayReplay(script, 'undecided', how)]);
  }
}

/** For two runs of one script; `how` is that of the second. @throws unless their traces are the same, byte for byte */
export function expectSameTrace(
  script: Script,
  first: Pick<RunResult, 'traceHash'>,
  second: Pick<RunResult, 'traceHash'>,
  how: HowItRan = {},
): void {
  if (first.traceHash === second.traceHash) return;
  const said = `Two runs of one script tell different traces: ${first.traceHash} and ${second.traceHash}. Compare what --trace prints.`;
  throw failing([said, sayReplay(script, 'determinism', how)]);
}

/** The stack begins where the test called. */
function failing(paragraphs: readonly string[]): Error {
  const error = new Error(paragraphs.join('\n\n'));
  Error.captureStackTrace(error, error.message.startsWith('Two runs') ? expectSameTrace : expectHeld);
  return error;
}

function sayFailure(failure: Failure, { steps }: Script): string {
  const step = steps[failure.step];
  const allowed = failure.allowed.length === 0 ? ['nothing'] : failure.allowed;
  return [
    `${failure.rule}  ${ruleSentence(failure.rule)}`,
    '',
    `  ${failure.message}`,
    '',
    ...allowed.map((possibility, index) => `  ${index === 0 ? 'allowed' : '     or'}  ${possibility}`),
    `  shown    ${failure.shown}`,
    `  when     ${step === undefined ? sayOutside(failure.step) : `in step ${failure.step + 1} of ${steps.length}: ${sayStep(step)}`}`,
    `  class    ${failure.class}, found by ${failure.property}`,
  ].join('\n');
}

function sayOutside(step: number): string {
  return step < 0 ? 'before the first step' : 'after the last step, while the world heals';
}

function sayReplay(script: Script, failureClass: string, how: HowItRan): string {
  const named = how.source !== undefined && gives(how.source, script) ? how.source : sayPath(writeScript(script, failureClass, how));
  return `Replay it:  npx lockstep replay ${named}${how.world === 'websocket' ? ' --system websocket' : ''}`;
}

function gives(source: string, script: Script): boolean {
  const [, seed, run] = /^(\d+):(\d+)$/u.exec(source) ?? [];
  return seed === undefined || run === undefined || formatScript(drawnScriptOf(Number(seed), Number(run))) === formatScript(script);
}

function writeScript(script: Script, failureClass: string, { folder }: HowItRan): string {
  const into = folder ?? join(repositoryRoot(), 'reports', 'out', 'failures');
  mkdirSync(into, { recursive: true });
  const text = formatScript(script);
  // The class alone would be the name that another test, or `simulate`, gives its own script.
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
  const path = join(into, `${fileNameOf(failureClass)}-${hash}.json`);
  writeFileSync(path, text);
  return path;
}

function sayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}
