/** Counts what a run explored, by name: steps by kind, tasks by label family, words, closes, statuses, sizes of the allowed sets. */
import type { Action } from '../../model/index.ts';

export interface Coverage {
  readonly count: (name: string) => void;
  readonly action: (action: Action) => void;
  readonly allowed: (size: number) => void;
  readonly counts: () => Readonly<Record<string, number>>;
}

export function createCoverage(): Coverage {
  const counts = new Map<string, number>();
  const count = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    count,
    action: (action) => countAction(action, count),
    allowed: (size) => count(`allowed:${bucketOf(size)}`),
    counts: () => Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

function countAction(action: Action, count: (name: string) => void): void {
  switch (action.kind) {
    case 'clientHeard':
      count(`heard:${action.word.word}`);
      break;
    case 'serverReceived':
      count(`received:${action.word.word}`);
      break;
    case 'clientHeardClose':
      count(`close:${action.closing.reason ?? 'network loss'}`);
      break;
    case 'observed':
      count(action.observation.saw === 'status' ? `status:${action.observation.status}` : `saw:${action.observation.saw}`);
      break;
    case 'quiescent':
      count('quiescence');
      break;
    default:
      break;
  }
}

function bucketOf(size: number): string {
  if (size <= 2) return String(size);
  if (size <= 4) return '3–4';
  return size <= 8 ? '5–8' : 'more than 8';
}
