/** Whether a state of a system fits the present properties at all: otherwise every run would fail, and tell nothing about the system. */
import type { Script } from '../scripts/script.ts';
import type { SystemName } from '../simulate/jobs.ts';
import { outcomeOn } from '../simulate/script-pool.ts';
import type { FoundFailure, Simulation } from '../simulate/simulation.ts';
import { fitFor } from '../systems/fit.ts';
import type { Failure, Outcome } from '../trace.ts';

/** A state of a system, ready to be run. */
export interface State {
  readonly world: SystemName;
  /** That of a worker, with the system in it. */
  readonly bundle: string;
}

type Began = Pick<Simulation, 'runs' | 'failed' | 'knownRuns'> & { readonly failures: readonly Pick<FoundFailure, 'failure' | 'count'>[] };

/** Whether no run came to its first step, so that nothing was seen of what the system does. */
export function neverBegan({ runs, failures, failed, knownRuns }: Began): boolean {
  return runs > 0 && failed + knownRuns === runs && failures.every(({ failure, count }) => count === 0 || failure.step < 0);
}

/**
 * Null where a client and a server can be made and driven. How they behave is not asked here; but what the world itself
 * fails on is something that one of the two lacks.
 */
export async function complaintAtStart({ world, bundle }: State): Promise<string | null> {
  const { narrow } = await fitFor(world);
  const complaint = complaintOf(await outcomeOn({ bundle }, narrow(first), { world }));
  return complaint === null ? null : `it does not start: ${complaint.split('\n')[0] ?? ''}`;
}

function complaintOf(outcome: Outcome): string | null {
  switch (outcome.outcome) {
    case 'held':
      return null;
    case 'failed':
      return isOfTheStart(outcome.failure) ? sayFailure(outcome.failure) : null;
    case 'unknown':
      return outcome.why;
  }
}

function sayFailure({ message, shown }: Failure): string {
  return message === shown ? message : `${message} (${shown})`;
}

/** What fails before anybody has asked for anything says nothing of what would come. */
function isOfTheStart({ rule, step }: Failure): boolean {
  return rule === 'world' || step < 0;
}

const token = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: 600_000, validFromMs: null, flaw: 'none' } as const;

/** One client connects. */
const first: Script = {
  version: 1,
  profile: 'does it start?',
  configuration: { clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [{ do: 'startSession', client: 'c1', token, connect: true, refresh: null }],
};
