/** Brings together what the runs of the seed and the entries of the corpus found, by class of failure. */
import type { CorpusEntry } from '../corpus/entry.ts';
import type { Failure } from '../trace.ts';
import { type FailureClass, isAskedFor } from './reduction.ts';
import type { CorpusResult } from './simulation.ts';

export interface FailedEntry {
  readonly entry: CorpusEntry;
  readonly failure: Failure;
}

/** At least one of the two found it. */
export interface KnownClass {
  readonly class: string;
  readonly runs: FailureClass | undefined;
  /** Smallest script first; before all others the entries that were kept for this very class. */
  readonly entries: readonly FailedEntry[];
}

/** In the order of how few steps are known to be enough, so that the first ones shrink soonest; among equals by name. */
export function failureClassesOf(
  { only }: { readonly only: readonly string[] },
  runs: ReadonlyMap<string, FailureClass>,
  corpus: CorpusResult | null,
): readonly KnownClass[] {
  const failed = (corpus?.results ?? []).flatMap(({ entry, outcome }) =>
    outcome.outcome === 'failed' && isAskedFor(outcome.failure, only) ? [{ entry, failure: outcome.failure }] : [],
  );
  const names = [...new Set([...runs.keys(), ...failed.map(({ failure }) => failure.class)])];
  const classes = names.map((name): KnownClass => {
    const entries = failed.filter(({ failure }) => failure.class === name);
    return { class: name, runs: runs.get(name), entries: entries.sort(byUse) };
  });
  return classes.sort((one, other) => fewestSteps(one) - fewestSteps(other) || (one.class < other.class ? -1 : 1));
}

/** Whether the script was kept because it fails in just this way, or as the known deviation that it is named by: then it has been shrunk for it. */
export function isKeptFor({ entry, failure }: FailedEntry): boolean {
  return entry.class === failure.class || failure.known === entry.name;
}

function byUse(one: FailedEntry, other: FailedEntry): number {
  return Number(isKeptFor(other)) - Number(isKeptFor(one)) || one.entry.script.steps.length - other.entry.script.steps.length;
}

/** What comes after the failing step is not needed. */
function fewestSteps({ runs, entries }: KnownClass): number {
  const ofRuns = runs === undefined ? Number.POSITIVE_INFINITY : runs.failure.step + 1;
  return Math.min(ofRuns, ...entries.map(({ entry }) => entry.script.steps.length));
}
