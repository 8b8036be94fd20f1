/** How most traces begin: a client that is connected, a subscription that is answered, a write that is committed. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Action, ClientName, Token } from '../actions.ts';
import {
  attempted,
  clientSays,
  committed,
  idOf,
  observedFulfilment,
  observedLocalResults,
  observedResolved,
  observedResults,
  observedStatus,
  observedSync,
  opened,
  serverSays,
  startSession,
  subscribe,
  task,
} from './build.ts';
import { seededVersion } from './cast.ts';

type StartOptions = Parameters<typeof startSession>[2];

/** A session has begun and its first attempt is under way. */
export function connecting(client: ClientName, connection: number, token: Token, options?: StartOptions): readonly Action[] {
  return task(
    startSession(client, token, options),
    attempted(client, connection),
    observedStatus(client, 'CONNECTING'),
    observedResolved(client, options?.promise ?? 'start'),
  );
}
/** The socket opens, the token is accepted, and the client hears so. */
export function accepted(client: ClientName, connection: number, token: Token): readonly Action[] {
  return [
    ...task(
      opened(client, connection),
      ...clientSays(client, connection, { word: 'hello', token: token.label, clientId: idOf(client), schema: null }),
    ),
    ...task(...serverSays(client, connection, { word: 'accepted' }), observedStatus(client, 'OPEN')),
  ];
}
/** Attempt, opening, hello, and acceptance heard. */
export function connected(client: ClientName, connection: number, token: Token, options?: StartOptions): readonly Action[] {
  return [...connecting(client, connection, token, options), ...accepted(client, connection, token)];
}

/** A subscription is told its local rows, none unless the cache holds some, and asked of the server. */
export function asked(
  client: ClientName,
  connection: number,
  subscription: string,
  query: Query,
  local: readonly Row[] = [],
): readonly Action[] {
  return task(
    subscribe(client, subscription, query),
    observedLocalResults(client, subscription, local),
    ...clientSays(client, connection, { word: 'subscribe', subscription }),
  );
}
interface Answer {
  readonly group?: string;
  readonly version?: number;
}
/** The first answer of a session is heard and shown. */
export function answered(
  client: ClientName,
  connection: number,
  subscription: string,
  rows: readonly Row[],
  { group = 'g1', version = seededVersion }: Answer = {},
): readonly Action[] {
  return task(
    ...serverSays(client, connection, { word: 'answered', subscription, group, version, rows: [] }),
    observedResults(client, subscription, rows),
    observedFulfilment(client, subscription),
  );
}
export function subscribed(
  client: ClientName,
  connection: number,
  subscription: string,
  query: Query,
  rows: readonly Row[],
  answer?: Answer,
): readonly Action[] {
  return [...asked(client, connection, subscription, query), ...answered(client, connection, subscription, rows, answer)];
}

/** The same query again: the cache holds its rows, and the server's answer fulfils it (Q2). */
export function subscribedAgain(
  client: ClientName,
  connection: number,
  subscription: string,
  query: Query,
  rows: readonly Row[],
  answer?: Answer,
): readonly Action[] {
  return [...asked(client, connection, subscription, query, rows), ...answered(client, connection, subscription, rows, answer)];
}

/** A write reaches the server and is committed; the groups named are evaluated and their update encoded. */
export function written(
  client: ClientName,
  connection: number,
  sequence: number,
  version: number,
  ...groups: readonly string[]
): readonly Action[] {
  return task(...clientSays(client, connection, { word: 'write', sequence }), ...committed(client, sequence, version, ...groups));
}
export function acknowledged(client: ClientName, connection: number, sequence: number, version: number, id: string): readonly Action[] {
  return task(...serverSays(client, connection, { word: 'acknowledged', sequence, version }), observedSync(client, id));
}
