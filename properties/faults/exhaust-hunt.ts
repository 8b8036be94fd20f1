/** Hunts a planted fault by exhausting scopes, those that are about its rule first: how many runs until one of their schedules shows it. */

import { exhaust } from '../exhaust/exhaust.ts';
import type { ShrunkSchedule } from '../exhaust/jobs.ts';
import type { Scope } from '../exhaust/scope.ts';
import { scopes } from '../exhaust/scopes/index.ts';
import { type Hunt, outcomeWithout, type Quarry } from './hunt.ts';
import { bundleWorker } from './plant.ts';

/** No scope may take a larger part of the budget, so that several have their turn. */
const mostOfBudget = 1 / 4;

/** `budgetRuns` is what all scopes may take together. There is no chance in it: `seed` only says in which hunt it stands. */
export async function huntByExhaustion({ fault, soundBundle }: Quarry, seed: number, budgetRuns: number): Promise<Hunt> {
  const bundle = await bundleWorker({ fault, entry: 'properties/exhaust/worker.ts' });
  const startMs = performance.now();
  let runsBefore = 0;
  let undecidedRuns = 0;
  for (const scope of scopesFor(fault.rule, scopes)) {
    const budgetOfScope = Math.min(budgetRuns - runsBefore, Math.ceil(budgetRuns * mostOfBudget));
    if (budgetOfScope <= 0) break;
    const job = { scope: scope.name, budgetRuns: budgetOfScope, merge: true, stopAtFirstFailure: true, shrink: true };
    const [end] = await exhaust([job], { bundle, workers: 1 });
    const result = end?.result ?? null;
    const [found] = result?.failures ?? [];
    const seconds = (performance.now() - startMs) / 1000;
    undecidedRuns += result?.undecided.length ?? 1;
    if (found !== undefined) {
      const known = { seed, seconds, undecidedRuns, runsUntilFound: runsBefore + found.firstRun };
      return { ...known, ...told(found), without: await outcomeWithout(found.script, soundBundle) };
    }
    runsBefore += result?.runs ?? 0;
  }
  return { seed, seconds: (performance.now() - startMs) / 1000, undecidedRuns, runsUntilFound: null, ...nothing };
}

/** Those that name the rule first, in the order of how early they name it; among equals the cheap ones, which the list has at its end. */
export function scopesFor(rule: string, all: readonly Scope[]): readonly Scope[] {
  const placeOf = ({ rules }: Scope): number => (rules.includes(rule) ? rules.indexOf(rule) : Number.MAX_SAFE_INTEGER);
  return [...all].reverse().sort((a, b) => placeOf(a) - placeOf(b));
}

const nothing = { steps: null, shrunkFrom: null, foundBy: null, failureClass: null, script: null, without: null } as const;

function told({ failure, script, shrunkFrom }: ShrunkSchedule): Pick<Hunt, 'steps' | 'shrunkFrom' | 'foundBy' | 'failureClass' | 'script'> {
  return { steps: script.steps.length, shrunkFrom, foundBy: failure.rule, failureClass: failure.class, script };
}
