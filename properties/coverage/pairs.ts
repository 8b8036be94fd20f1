/** Where faults strike: session phase × fault × subscription phase, counted once for each subscription of each client that the fault is about. */
import type { Action, State } from '../../model/index.ts';
import { clientOfLabel } from '../scripts/labels.ts';
import type { Step } from '../scripts/script.ts';
import type { ClientState } from './reading.ts';

/** `updating`: OPEN with a token update on its way. `waiting`: CLOSED until an attempt that is due later. */
export const phases = ['none', 'connecting', 'open', 'updating', 'closing', 'waiting', 'closed'] as const;
/** `asked`: never answered. `unfulfilled`: holds what another session, or the cache, left. `live`: answered in this session. */
export const subscriptionPhases = ['none', 'asked', 'unfulfilled', 'live', 'ended'] as const;

export const faults = [
  'cut clean',
  'cut abrupt',
  'cut halfOpen',
  'refuse',
  'hold',
  'server restart',
  'server crash',
  'server storage failure',
  'server wall jump',
  'client crash',
  'client storage failure',
  'client wall jump',
  'injection to server',
  'injection to client',
  'expiry',
] as const;
/** These strike the connection of the session; one that the session has left behind is another matter, and not counted. */
export const faultsOfConnections: readonly FaultName[] = [
  'cut clean',
  'cut abrupt',
  'cut halfOpen',
  'injection to server',
  'injection to client',
  'expiry',
];
export const phasesWithoutConnection: readonly Phase[] = ['none', 'waiting', 'closed'];

export type Phase = (typeof phases)[number];
export type FaultName = (typeof faults)[number];
export type SubscriptionPhase = (typeof subscriptionPhases)[number];

export interface Strike {
  readonly fault: FaultName;
  /** Null: everybody. */
  readonly client: string | null;
}

/** Null for steps that are no fault. */
export function strikeOf(step: Step): Strike | null {
  switch (step.do) {
    case 'cut':
      return { fault: `cut ${step.how}`, client: step.client };
    case 'refuseConnections':
      return { fault: 'refuse', client: step.client };
    case 'hold':
      return { fault: 'hold', client: clientOfLabel(step.label) ?? null };
    case 'restartServer':
      return { fault: step.how === 'crash' ? 'server crash' : 'server restart', client: null };
    case 'restartClient':
      return { fault: 'client crash', client: step.client };
    case 'failStorage':
      return strikeOfProcess(step.process, 'storage failure');
    case 'jumpWallClock':
      return strikeOfProcess(step.process, 'wall jump');
    case 'inject':
      return { fault: step.to === 'server' ? 'injection to server' : 'injection to client', client: step.client };
    default:
      return null;
  }
}

function strikeOfProcess(process: string, what: 'storage failure' | 'wall jump'): Strike {
  return process === 'server' ? { fault: `server ${what}`, client: null } : { fault: `client ${what}`, client: process };
}

/** Expiry is no step: it strikes when the server closes an accepted connection for it. */
export function strikeOfAction(action: Action, before: State): Strike | null {
  if (action.kind !== 'serverClosed' || action.closing.reason !== 'TOKEN_EXPIRED') return null;
  return before.connections[action.connection]?.accepted == null ? null : { fault: 'expiry', client: action.client };
}

export const pairNames: readonly string[] = phases.flatMap((phase) =>
  faults.flatMap((fault) => subscriptionPhases.map((subscription) => `${phase}×${fault}×${subscription}`)),
);

/** Tells the places of the cells that a fault strikes, one for each subscription of each client that it is about. */
export function strike({ fault, client }: Strike, state: State, count: (place: number) => void): void {
  const column = faults.indexOf(fault);
  const struck = client === null ? Object.values(state.clients) : [state.clients[client]];
  for (const known of struck) {
    if (known === undefined) continue;
    const phase = phaseOf(known);
    if (faultsOfConnections.includes(fault) && phasesWithoutConnection.includes(phase)) continue;
    const first = (phases.indexOf(phase) * faults.length + column) * subscriptionPhases.length;
    for (const one of subscriptionPhasesOf(known)) count(first + subscriptionPhases.indexOf(one));
  }
}

function phaseOf(client: ClientState): Phase {
  switch (client.status) {
    case 'UNINITIALIZED':
      return 'none';
    case 'CONNECTING':
      return 'connecting';
    case 'OPEN':
      return client.updates.some(({ request }) => request !== null) ? 'updating' : 'open';
    case 'CLOSING':
      return 'closing';
    case 'CLOSED':
      return client.attemptDue === null ? 'closed' : 'waiting';
  }
}

function subscriptionPhasesOf(client: ClientState): readonly SubscriptionPhase[] {
  const living = Object.values(client.subscriptions).map(({ fulfilled, held }): SubscriptionPhase => {
    if (fulfilled) return 'live';
    return held === null ? 'asked' : 'unfulfilled';
  });
  const hasEnded = Object.keys(client.queries).length > living.length;
  if (hasEnded) return [...living, 'ended'];
  return living.length === 0 ? ['none'] : living;
}
