/**
 * A rejection that nobody handles ends a Node process, and is an error report in a browser: whatever the system promised,
 * it is a failure. Listened to only while such a system runs, since our own is run under the harness's own strictness.
 */
import process from 'node:process';
import type { Finding } from '../../checks/check.ts';

/** Answers how to stop listening. */
export function listenForRejections(accuse: (finding: Finding) => void): () => void {
  const listener = (problem: unknown): void => accuse(findingOf(problem));
  process.on('unhandledRejection', listener);
  return () => void process.off('unhandledRejection', listener);
}

function findingOf(problem: unknown): Finding {
  const name = problem instanceof Error ? problem.name : 'something that is no error';
  const shown = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  return {
    rule: 'rejection',
    shape: `unhandled ${name}`,
    message: 'a promise was rejected that nobody was given, and that nobody handles',
    allowed: ['every rejection reaches whoever called, or is handled'],
    shown,
  };
}
