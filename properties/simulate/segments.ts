/** Gathers runs into segments, and takes segments apart again: the figures are those of the runs, since sums do not mind the order. */
import type { RunSummary } from './jobs.ts';
import type { Segment } from './recording.ts';

/** So many runs, or whatever came in so long: what a sudden end can cost. */
const mostRuns = 64;
const longestMs = 1_000;

export interface Segmenter {
  add(run: number, summary: RunSummary): void;
  /** Gives what is left. */
  flush(): void;
}

/** Runs are added in their order. */
export function openSegmenter(give: (segment: Segment) => void, nowMs: () => number): Segmenter {
  let held: { readonly run: number; readonly summary: RunSummary }[] = [];
  let sinceMs = 0;
  const flush = (): void => {
    const [first] = held;
    if (first !== undefined) {
      give(
        segmentOf(
          first.run,
          held.map(({ summary }) => summary),
        ),
      );
    }
    held = [];
  };
  return {
    add: (run, summary) => {
      if (held.length === 0) sinceMs = nowMs();
      held.push({ run, summary });
      if (held.length >= mostRuns || nowMs() - sinceMs >= longestMs) flush();
    },
    flush,
  };
}

export function segmentOf(from: number, summaries: readonly RunSummary[]): Segment {
  const sums = { steps: 0, commands: 0, skipped: 0 };
  const coverage: Record<string, number> = {};
  for (const summary of summaries) {
    sums.steps += summary.steps;
    sums.commands += summary.commands;
    sums.skipped += summary.skipped;
    for (const [name, count] of Object.entries(summary.coverage)) coverage[name] = (coverage[name] ?? 0) + count;
  }
  const ends = summaries.flatMap(({ outcome }, place) => (outcome.outcome === 'held' ? [] : [{ run: from + place, outcome }]));
  return { from, ...sums, coverage, hashes: summaries.map(({ traceHash }) => traceHash), ends };
}

/** The first of the runs takes all figures. */
export function summariesOf({ from, hashes, ends, ...sums }: Segment): readonly RunSummary[] {
  const outcomes = new Map(ends.map(({ run, outcome }) => [run, outcome]));
  const { steps, commands, skipped, coverage } = sums;
  return hashes.map((traceHash, place) => ({
    outcome: outcomes.get(from + place) ?? { outcome: 'held' },
    traceHash,
    ...(place === 0 ? { steps, commands, skipped, coverage } : { steps: 0, commands: 0, skipped: 0, coverage: {} }),
  }));
}

/** The run after the last. */
export function endOf({ from, hashes }: Pick<Segment, 'from' | 'hashes'>): number {
  return from + hashes.length;
}
