/** Where faults strike: session phase × fault × subscription phase, counted once for each subscription of each client that the fault is about. */
import type { Action, State } from '../../model/index.ts';
import { type FaultName, faults, type Strike } from '../language/strikes.ts';
import type { ClientState } from './reading.ts';

export { strikeOf } from '../steps/index.ts';
export { type FaultName, faults };

/** `updating`: OPEN with a token update on its way. `waiting`: CLOSED until an attempt that is due later. */
export const phases = ['none', 'connecting', 'open', 'updating', 'closing', 'waiting', 'closed'] as const;
/** `asked`: never answered. `unfulfilled`: holds what another session, or the cache, left. `live`: answered in this session. */
export const subscriptionPhases = ['none', 'asked', 'unfulfilled', 'live', 'ended'] as const;

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
export type SubscriptionPhase = (typeof subscriptionPhases)[number];

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
