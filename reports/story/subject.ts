/** Whom and what a failure is about: the names in its words and in the event that brought it to light. */
import type { Failure } from '../../properties/trace.ts';
import type { Told } from './told.ts';

export interface Subject {
  readonly rule: string;
  readonly clients: ReadonlySet<string>;
  readonly subscriptions: ReadonlySet<string>;
  readonly connections: ReadonlySet<number>;
  readonly writes: ReadonlySet<number>;
  /** Ids of the rows in which what was allowed and what was shown differ. */
  readonly rows: ReadonlySet<string>;
  /** Everything that the failure says, for whoever looks for a name in it. */
  readonly text: string;
  /** Place of the event that brought it to light; -1 in an empty trace. */
  readonly culprit: number;
}

export function subjectOf(told: readonly Told[], failure: Failure): Subject {
  const culprit = told.findLastIndex(({ action }) => action !== null && action.kind !== 'evaluated' && action.kind !== 'encoded');
  const action = told[culprit]?.action ?? null;
  const isQuiet = action === null || action.kind === 'quiescent';
  const last = isQuiet ? '' : JSON.stringify(action);
  const words = [failure.class, failure.message, ...failure.allowed, failure.shown].join(' ');
  const names = (pattern: RegExp): ReadonlySet<string> => new Set([...`${words} ${last}`.matchAll(pattern)].map(([name]) => name));
  const connection = action !== null && 'connection' in action ? [action.connection] : [];
  const sequence = action !== null && 'sequence' in action ? [action.sequence] : [];
  return {
    rule: failure.rule,
    clients: names(/\bc[1-9]\d*\b/gu),
    subscriptions: names(/\bq[1-9]\d*\b/gu),
    connections: new Set([...connection, ...numbersAfter(words, /connection (\d+)/gu)]),
    writes: new Set([...sequence, ...numbersAfter(words, /write (\d+)/gu)]),
    rows: differingRows(failure),
    text: words,
    culprit,
  };
}

/** Failures name rows as `rows [milk rent]`. */
function differingRows({ allowed, shown }: Failure): ReadonlySet<string> {
  const idsOf = (text: string): readonly string[] => /^rows \[([^\]]+)\]/u.exec(text)?.[1]?.split(' ') ?? [];
  const shownIds = idsOf(shown);
  const allowedIds = allowed.flatMap(idsOf);
  const differing = [...shownIds.filter((id) => !allowedIds.includes(id)), ...allowedIds.filter((id) => !shownIds.includes(id))];
  return new Set(differing.length === 0 ? shownIds : differing);
}

function numbersAfter(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].map(([, number]) => Number(number));
}
