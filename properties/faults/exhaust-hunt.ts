/** Hunts a planted fault by exhausting the scopes, cheap ones first: how many runs until one of their schedules shows it. */
import { exhaust } from '../exhaust/exhaust.ts';
import type { ShrunkSchedule } from '../exhaust/jobs.ts';
import { scopes } from '../exhaust/scopes/index.ts';
import { bundleWorker } from './bundle.ts';
import { type Hunt, holds, type Quarry } from './hunt.ts';

/** `budgetRuns` is what each scope may take. There is no chance in it: `seed` only says in which hunt it stands. */
export async function huntByExhaustion({ fault, soundBundle }: Quarry, seed: number, budgetRuns: number): Promise<Hunt> {
  const bundle = await bundleWorker({ fault, entry: 'properties/exhaust/worker.ts' });
  const startMs = performance.now();
  let runsBefore = 0;
  let undecidedRuns = 0;
  for (const scope of [...scopes].reverse()) {
    const job = { scope: scope.name, budgetRuns, merge: true, stopAtFirstFailure: true, shrink: true };
    const [end] = await exhaust([job], { bundle, workers: 1 });
    const result = end?.result ?? null;
    const [found] = result?.failures ?? [];
    const seconds = (performance.now() - startMs) / 1000;
    undecidedRuns += result?.undecided.length ?? 1;
    if (found !== undefined) {
      const known = { seed, seconds, undecidedRuns, runsUntilFound: runsBefore + found.firstRun };
      return { ...known, ...told(found), holdsWithout: await holds(found.script, soundBundle) };
    }
    runsBefore += result?.runs ?? 0;
  }
  return { seed, seconds: (performance.now() - startMs) / 1000, undecidedRuns, runsUntilFound: null, ...nothing };
}

const nothing = { steps: null, shrunkFrom: null, foundBy: null, failureClass: null, holdsWithout: null } as const;

function told({ failure, script, shrunkFrom }: ShrunkSchedule): Pick<Hunt, 'steps' | 'shrunkFrom' | 'foundBy' | 'failureClass'> {
  return { steps: script.steps.length, shrunkFrom, foundBy: failure.rule, failureClass: failure.class };
}
