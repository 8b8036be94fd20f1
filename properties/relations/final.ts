/**
 * What a run came to, from observation alone: what callbacks, promises and the server's own inspection had shown when
 * everything had settled. Times, traces and names of generations are not in it, because twins may differ in those.
 */

import type { Action, Command, Status } from '../../model/actions.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Watch } from '../checks/check.ts';
import { isLeavingOfWitness } from './ending.ts';

/** A subscription that nobody ended, as its callbacks showed it last. */
export interface Shown {
  readonly query: Query;
  /** null: nothing was shown. */
  readonly rows: readonly Row[] | null;
  readonly fulfilled: boolean;
  /** The name of the error that it was told last. */
  readonly error: string | null;
}

export interface ClientFinal {
  readonly status: Status;
  /** Connected without knowing that the line is dead: what it shows may be old. */
  readonly isHalfOpen: boolean;
  readonly subscriptions: Readonly<Record<string, Shown>>;
  /** The outcome of each write in the order of the calls: null where it resolved, the name of the error, or `pending`. */
  readonly writes: readonly (string | null)[];
  /** Its writes that the server decided on, `client id:sequence`, in the server's order. */
  readonly decided: readonly string[];
}

export interface Final {
  readonly clients: Readonly<Record<string, ClientFinal>>;
  /** The server's decisions in order: writes committed and refused, schemas. Twins are comparable only where these are equal. */
  readonly decisions: readonly string[];
  /** An append failed or the server ended: a write may be in the log without a word about it. */
  readonly wasInterrupted: boolean;
  /** The members of each sharing group, as `connection/subscription`. */
  readonly groups: readonly (readonly string[])[];
}

export type Finals = readonly [asItWas: Final, begunAnew: Final];

export interface Collector {
  readonly watch: Watch;
  /** What there was when all was connected, and what there was after everybody had begun anew; null where the run did not come to its end. */
  readonly finals: () => Finals | null;
}

const writing: readonly Command['do'][] = ['insert', 'update', 'delete', 'transact'];

interface ClientSoFar {
  subscriptions: Map<string, Shown>;
  readonly outcomes: Map<string, string | null>;
}

interface SoFar {
  readonly clients: Map<string, ClientSoFar>;
  /** Whose client ids are whose, as the server told. */
  readonly owners: Map<string, string>;
  readonly decisions: string[];
  readonly decided: { readonly clientId: string; readonly sequence: number }[];
  wasInterrupted: boolean;
  quiescence: Extract<Action, { readonly kind: 'quiescent' }>['quiescence'] | null;
}

export function createCollector(): Collector {
  const soFar: SoFar = { clients: new Map(), owners: new Map(), decisions: [], decided: [], wasInterrupted: false, quiescence: null };
  let asItWas: Final | null = null;
  let finals: Finals | null = null;
  return {
    finals: () => finals,
    watch: {
      onAction: (action) => {
        if (finals !== null) return null;
        if (isLeavingOfWitness(action)) asItWas = finalOf(soFar);
        take(soFar, action);
        return null;
      },
      onSettled: () => {
        const begunAnew = finalOf(soFar);
        finals = [asItWas ?? begunAnew, begunAnew];
        return null;
      },
    },
  };
}

function clientOf(soFar: SoFar, name: string): ClientSoFar {
  const known = soFar.clients.get(name) ?? { subscriptions: new Map(), outcomes: new Map() };
  soFar.clients.set(name, known);
  return known;
}

function take(soFar: SoFar, action: Action): void {
  switch (action.kind) {
    case 'command':
      takeCommand(clientOf(soFar, action.client), action.command);
      break;
    case 'observed':
      takeObservation(clientOf(soFar, action.client), action.observation);
      break;
    case 'clientCrashed':
      clientOf(soFar, action.client).subscriptions.clear();
      break;
    case 'appendBegan':
      soFar.owners.set(action.clientId, action.client);
      break;
    case 'committed':
    case 'refused':
      soFar.decided.push(action);
      soFar.decisions.push(`${action.kind} ${action.clientId}:${action.sequence}`);
      break;
    case 'schemaCommitted':
      soFar.decisions.push('schema');
      break;
    case 'appendFailed':
    case 'batchRefused':
    case 'batchUnplaced':
    case 'serverStopped':
      soFar.wasInterrupted = true;
      soFar.decisions.push(action.kind);
      break;
    case 'quiescent':
      soFar.quiescence = action.quiescence;
      break;
    default:
      break;
  }
}

function takeCommand(client: ClientSoFar, command: Command): void {
  if (command.do === 'subscribe') {
    client.subscriptions.set(command.subscription, { query: command.query, rows: null, fulfilled: false, error: null });
  }
  if (command.do === 'unsubscribe') client.subscriptions.delete(command.subscription);
  if ('promise' in command && writing.includes(command.do)) client.outcomes.set(command.promise, 'pending');
}

function takeObservation(client: ClientSoFar, seen: Extract<Action, { readonly kind: 'observed' }>['observation']): void {
  if (seen.saw === 'settled' && client.outcomes.has(seen.promise)) client.outcomes.set(seen.promise, seen.error);
  if (seen.saw !== 'results' && seen.saw !== 'subscriptionError') return;
  const shown = client.subscriptions.get(seen.subscription);
  if (shown === undefined) return;
  const next = seen.saw === 'results' ? { ...shown, rows: seen.rows, fulfilled: seen.fulfilled } : { ...shown, error: seen.error };
  client.subscriptions.set(seen.subscription, next);
}

function finalOf(soFar: SoFar): Final {
  const { quiescence, owners, decided, decisions, wasInterrupted } = soFar;
  const groups = quiescence?.server?.groups ?? [];
  const clients = Object.entries(quiescence?.statuses ?? {}).map(([name, status]): readonly [string, ClientFinal] => {
    const { subscriptions, outcomes } = clientOf(soFar, name);
    const own = decided.filter(({ clientId }) => owners.get(clientId) === name);
    return [
      name,
      {
        status,
        isHalfOpen: quiescence?.halfOpen.includes(name) === true,
        subscriptions: Object.fromEntries(subscriptions),
        writes: [...outcomes.values()],
        decided: own.map(({ clientId, sequence }) => `${clientId}:${sequence}`),
      },
    ];
  });
  return {
    clients: Object.fromEntries(clients),
    decisions: [...decisions],
    wasInterrupted,
    groups: groups.map(({ members }) => members.map(({ connection, subscription }) => `${connection}/${subscription}`)),
  };
}
