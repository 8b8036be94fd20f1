/**
 * For each scope a planted fault that it must find, and soon: a scope that finds nothing would hold for ever and mean
 * nothing. `npm run exhaust -- --teeth` plants them, one at a time.
 */
import { join } from 'node:path';
import { sideBySide } from '../../tools/side-by-side.ts';
import { faultsFolder, readFault } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { exhaust } from './exhaust.ts';

/** A fault by the name of its file in `properties/faults/`, by the scope that must find it. */
export const teeth: ReadonlyMap<string, string> = new Map([
  ['claims-change-and-write', 'answer-anew-merged'],
  ['clean-cut-and-write', 'groups-not-left-on-disconnect'],
  ['clear-and-other-write', 'groups-not-left-on-disconnect'],
  ['clear-and-write', 'groups-not-left-on-disconnect'],
  ['clear-offline-and-write', 'clear-hears-earlier-storage'],
  ['client-crash-and-write', 'acknowledged-write-stays-stored'],
  ['cut-and-write', 'resent-write-not-acknowledged'],
  ['delete-and-update', 'update-revives-generation'],
  ['disconnect-and-write', 'disconnect-waits-for-its-timer'],
  ['end-session', 'refresh-timer-survives-session'],
  ['end-session-and-refresh', 'old-refresh-answers-new-session'],
  ['expiry-and-append', 'update-before-acknowledgement'],
  ['expiry-and-write', 'update-before-acknowledgement'],
  ['failed-append-and-push', 'waiting-push-never-told'],
  ['failed-append-kept', 'failed-append-taken-for-lost'],
  ['half-open-and-write', 'outbox-not-sent-again'],
  ['one-attribute', 'update-before-acknowledgement'],
  ['opening-and-cut', 'open-at-socket-opening'],
  ['permissions-push-and-live', 'removal-not-sent'],
  ['refresh-and-other-write', 'refreshed-connection-goes-quiet'],
  ['refresh-and-write', 'refresh-resubscribes'],
  ['rejected-and-good', 'rejected-takes-later-along'],
  ['replaced-and-write', 'replaced-connection-left-open'],
  ['replaced-while-opening', 'late-close-hits-new-session'],
  ['schema-push-and-write', 'first-verdict-for-all'],
  ['server-crash-and-write', 'resent-write-not-acknowledged'],
  ['server-crash-keeps-tail', 'write-applied-again'],
  ['session-from-hand-to-hand', 'late-close-hits-new-session'],
  ['subscribe-and-write', 'delta-looks-at-new-row-only'],
  ['two-writers', 'one-write-in-flight-forgotten'],
  ['unsubscribe-and-write', 'unsubscribe-leaves-for-both'],
  ['update-token-and-cut', 'pending-updates-lost'],
]);

/** Throws RangeError for a scope that names none. */
export function toothOf(scope: string): string {
  const fault = teeth.get(scope);
  if (fault === undefined) throw new RangeError(`properties/exhaust/teeth.ts names no fault for the scope ${scope}`);
  return fault;
}

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

/** One bite for each pair of a scope and a fault, in their order. */
export function biteAll(
  pairs: readonly (readonly [scope: string, fault: string])[],
  slots: number,
  onBite: (bite: Bite) => void = () => {},
): Promise<readonly Bite[]> {
  return sideBySide(pairs, slots, async (pair) => {
    const done = await bite(...pair);
    onBite(done);
    return done;
  });
}

async function bite(scope: string, fault: string): Promise<Bite> {
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
