/**
 * For each scope a planted fault that it must find, and soon: a scope that finds nothing would hold for ever and mean
 * nothing. `npm run exhaust -- --teeth` plants them, one at a time.
 */
import { join } from 'node:path';
import { sideBySide } from '../../tools/side-by-side.ts';
import { faultsFolder, readFault } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { exhaust } from './exhaust.ts';
import type { Scope } from './scope.ts';

/** A fault that takes longer is not what the scope is about. */
const mostRunsUntilFound = 150;

export interface Bite {
  readonly scope: string;
  readonly fault: string;
  /** Null: it was not found. */
  readonly found: { readonly rule: string; readonly runs: number } | null;
  /** Why it was not found; empty where it was. */
  readonly why: string;
}

/** In the order of the scopes. */
export function biteAll(scopes: readonly Scope[], slots: number, onBite: (bite: Bite) => void = () => {}): Promise<readonly Bite[]> {
  return sideBySide(scopes, slots, async (scope) => {
    const done = await bite(scope);
    onBite(done);
    return done;
  });
}

async function bite({ name: scope, tooth: fault }: Scope): Promise<Bite> {
  const planted = readFault(join(faultsFolder(), `${fault}.json`));
  const bundle = await bundleWorker({ fault: planted, entry: 'properties/exhaust/worker.ts' });
  const job = { scope, budgetRuns: mostRunsUntilFound, merge: true, stopAtFirstFailure: true, shrink: false };
  const [end] = await exhaust([job], { bundle, workers: 1 });
  if (end === undefined || end.result === null) return { scope, fault, found: null, why: end?.why ?? 'no result' };
  const { failures, runs, exhausted, undecided } = end.result;
  const [first] = failures;
  if (first !== undefined) return { scope, fault, found: { rule: first.failure.rule, runs: first.firstRun }, why: '' };
  const how = exhausted ? 'all its schedules hold with the fault' : `not found in ${runs} runs`;
  return { scope, fault, found: null, why: undecided[0] ?? how };
}
