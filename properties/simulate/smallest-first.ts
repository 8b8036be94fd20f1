/** Puts the failures in the order in which they are read: the smallest script explains most, and what a larger one shares with it needs no second look. */
import { isDeepStrictEqual } from 'node:util';
import type { Configuration, Script, Step } from '../scripts/script.ts';
import { isSmaller } from '../shrinking/size.ts';
import type { FoundFailure } from './simulation.ts';

type Found = Omit<FoundFailure, 'sameCauseAs'>;

export function smallestFirst(failures: readonly Found[]): readonly FoundFailure[] {
  const ordered = [...failures].sort(bySize);
  return ordered.map((failure, place) => ({ ...failure, sameCauseAs: sameCauseAs(failure, ordered.slice(0, place)) }));
}

/** Fewest steps first, since that is what a reader sees; among equals the plainer script, then the name of the class. */
function bySize(one: Found, other: Found): number {
  const steps = one.script.steps.length - other.script.steps.length;
  if (steps !== 0) return steps;
  if (isSmaller(one.script, other.script)) return -1;
  if (isSmaller(other.script, one.script)) return 1;
  return one.class < other.class ? -1 : 1;
}

/** The smallest of those before it whose every step is needed here too. Only what was shrunk says what is needed. */
function sameCauseAs(failure: Found, before: readonly Found[]): string | null {
  if (!isShrunk(failure)) return null;
  const same = before.find((smaller) => isShrunk(smaller) && isContained(smaller.script, failure.script));
  return same?.class ?? null;
}

function isShrunk({ shrinking }: Found): boolean {
  return shrinking === 'oneMinimal' || shrinking === 'asInCorpus';
}

function isContained(part: Script, whole: Script): boolean {
  return (
    isDeepStrictEqual(part.relation?.name, whole.relation?.name) &&
    fits(part.configuration, whole.configuration) &&
    isSubsequence(part.steps, whole.steps)
  );
}

/** Alike but for clients and rows, of which there may be more, and the order in which tasks run. */
function fits(part: Configuration, whole: Configuration): boolean {
  return (
    part.authentication === whole.authentication &&
    part.claimsPath === whole.claimsPath &&
    isDeepStrictEqual(part.schema ?? null, whole.schema ?? null) &&
    part.clients.every((client) => whole.clients.some((other) => isDeepStrictEqual(client, other))) &&
    Object.entries(part.rows).every(([collection, rows]) =>
      rows.every((row) => (whole.rows[collection] ?? []).some((other) => isDeepStrictEqual(row, other))),
    )
  );
}

function isSubsequence(part: readonly Step[], whole: readonly Step[]): boolean {
  let found = 0;
  for (const step of whole) {
    if (found < part.length && isDeepStrictEqual(part[found], step)) found += 1;
  }
  return found === part.length;
}
