/** Small questions to the model's state, asked by everything that counts. None allocates more than it must: they are asked at every action. */

import { entryOf } from '../../model/entry-of.ts';
import { type CloseReason, hashedPart, isCompatible, isReadable, type State, wallMs, windowOf } from '../../model/index.ts';
import type { Permissions } from '../../vocabulary/schemas.ts';
import type { Moment } from './probe.ts';

export type ClientState = State['clients'][string];
export type ServedSubscription = State['connections'][number]['subscriptions'][string];
export type ConnectionState = State['connections'][number];
export type Subscription = ClientState['subscriptions'][string];
export type Write = ClientState['writes'][number];
export type Token = NonNullable<ConnectionState['accepted']>;

/** What neither the session nor a close under way listens to any more (S2). */
export function isLeftBehind(client: ClientState | undefined, connection: number): boolean {
  return client !== undefined && client.connection !== connection && client.closing?.connection !== connection;
}

/** In the outbox: neither acknowledged nor rejected. */
export function isPending(write: Write): boolean {
  return !write.acknowledged && !write.isRolledBack;
}

export function hasPending(client: ClientState | undefined): boolean {
  return client?.writes.some(isPending) ?? false;
}

/** Whether a write of the client has arrived on that connection and is not decided. */
export function hasWaiting(client: ClientState | undefined, connection: ConnectionState | undefined): boolean {
  return (
    client?.writes.some(({ decided, sequence }) => decided === null && connection?.writesReceived.includes(sequence) === true) === true
  );
}

export function some<Item>(record: Readonly<Record<string, Item>>, holds: (item: Item, key: string) => boolean): boolean {
  for (const key in record) {
    const item = record[key];
    if (item !== undefined && holds(item, key)) return true;
  }
  return false;
}

export function hasLiveSubscription(client: ClientState | undefined): boolean {
  return client !== undefined && some(client.subscriptions, ({ fulfilled }) => fulfilled);
}

/** A connection that the server has accepted and not given up. */
export function isServed(connection: ConnectionState): boolean {
  return connection.accepted !== null && connection.openAtServer && connection.serverClosing === null;
}

/** Whether another live subscription, of this or another connection, satisfies the question. */
export function someServed(
  state: State,
  holds: (connection: number, subscription: string, served: ServedSubscription) => boolean,
): boolean {
  return some(
    state.connections,
    (connection, number) =>
      isServed(connection) &&
      some(
        connection.subscriptions,
        (served, subscription) =>
          served.answered && !connection.unsubscribed.includes(subscription) && holds(Number(number), subscription, served),
      ),
  );
}

/** Whether a live subscription satisfies the question beside the one that a word is about; that one's query is told. */
export function besides(
  { before, own, ownConnection }: Pick<Moment, 'before' | 'own' | 'ownConnection'>,
  { subscription }: { readonly subscription: string },
  holds: (served: ServedSubscription, query: ServedSubscription['query'] | undefined) => boolean,
): boolean {
  const query = entryOf(own?.queries, subscription);
  return someServed(
    before,
    (other, name, served) => (name !== subscription || before.connections[other] !== ownConnection) && holds(served, query),
  );
}

export function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Whether another connection has a member in a group of this one. */
export function sharesAGroup(state: State, connection: number, subscription?: string): boolean {
  const own = state.connections[connection];
  if (own === undefined) return false;
  return some(
    own.subscriptions,
    ({ group }, name) =>
      group !== null &&
      (subscription === undefined || subscription === name) &&
      someServed(state, (other, _name, served) => other !== connection && served.group === group),
  );
}

/** Rows of a collection at a version. */
export function countRows(state: State, version: number, collection: string): number {
  return Object.keys(state.server.versions[version] ?? {}).filter((key) => key.startsWith(`${collection}/`)).length;
}

/** The write that the server decided at that version; undefined for a schema, and where a crash has forgotten it. */
export function writeAt(state: State, version: number): Write | undefined {
  for (const client of Object.values(state.clients)) {
    const found = client.writes.find(({ decided }) => decided?.version === version);
    if (found !== undefined) return found;
    for (const discarded of Object.values(client.discarded)) {
      const kept = discarded.find(({ decided }) => decided?.version === version);
      if (kept !== undefined) return kept;
    }
  }
  return undefined;
}

/** What the write that was decided at that version changes, each with the row that it met. */
export function changesAt(after: State, version: number): readonly (Write['changes'][number] & { readonly met: MetRow | undefined })[] {
  const rows = after.server.versions[version - 1] ?? {};
  return (writeAt(after, version)?.changes ?? []).map((change) => ({ ...change, met: rows[`${change.collection}/${change.id}`] }));
}
type MetRow = NonNullable<State['server']['versions'][number][string]>;

/** An update or delete of a generation that is no more. */
export function isDead({ kind, generation, met }: ReturnType<typeof changesAt>[number]): boolean {
  return kind !== 'insert' && met?.generation !== generation;
}

/** The id under which the client said hello on its connection. */
export function clientIdOf({ own, ownConnection }: Pick<Moment, 'own' | 'ownConnection'>): string | undefined {
  return own?.clientIds[ownConnection?.epoch ?? 0];
}

/** Whether the server has decided a write before that it receives. */
export function isDecided(sequence: number, moment: Pick<Moment, 'before' | 'own' | 'ownConnection'>): boolean {
  const id = clientIdOf(moment);
  return id !== undefined && sequence <= (moment.before.server.decisions[id]?.length ?? 0);
}

/** Whether an accepted connection claims something else than before. */
export function hasOtherClaims({ after, ownConnection }: Pick<Moment, 'after' | 'ownConnection'>, connection: number): boolean {
  const [old, present] = [ownConnection?.accepted, after.connections[connection]?.accepted];
  const parts = ['user', 'role', 'plan', 'secret'] as const;
  return old != null && present != null && parts.some((part) => old[part] !== present[part]);
}

/** Why a token is not accepted in the beginning. */
export function isRefusal(reason: CloseReason | null): boolean {
  return reason === 'UNAUTHORIZED' || reason === 'TOKEN_EXPIRED';
}

/** On the server's wall clock, of a connection that the server has not closed yet. */
export function isExpiredAtServer(state: State, connection: number): boolean {
  const present = state.connections[connection];
  if (present === undefined || !isServed(present)) return false;
  const expiresAtMs = present.accepted?.expiresAtMs ?? null;
  return expiresAtMs !== null && wallMs(state, 'server') >= expiresAtMs;
}

/**
 * Whether the rows of a write were looked at, not only its claims: whoever made it is no secret token, and of no role do
 * the permissions let every row of that operation through.
 */
export function isLetThroughByAFilter(before: State, version: number, write: Write | undefined): boolean {
  const { appending, schema, versions } = before.server;
  const [first] = appending?.joined ?? [];
  if (first?.what !== 'write' || first.carriers.some(({ secret }) => secret === true)) return false;
  const rows = versions[version - 1] ?? {};
  return (
    write?.changes.some((change) => {
      const permissions = entryOf(schema?.collections, change.collection)?.permissions ?? null;
      const met = rows[`${change.collection}/${change.id}`];
      return permissions !== null && !isDead({ ...change, met }) && asksOfRows(permissions, change.kind);
    }) ?? false
  );
}

function asksOfRows(permissions: Permissions, operation: Write['changes'][number]['kind']): boolean {
  return Object.values(permissions).every((role) => role[operation]?.filter?.length !== 0);
}

/** Whether one of these is in the batch that the server forms or storage takes. */
export function isJoined({ server }: State, what: 'write' | 'schema'): boolean {
  return server.appending?.joined.some((joined) => joined.what === what) ?? false;
}

/** How a schema that was just committed compares with the one before (C2); null where only permissions and roles differ, or nothing was replaced. */
export function verdictOnAttributes(before: State, after: State): 'incompatible' | 'compatible' | null {
  const [old, present] = [before.server.schema, after.server.schema];
  if (old === null || present === null || hashedPart(old) === hashedPart(present)) return null;
  return isCompatible(old, present) ? 'compatible' : 'incompatible';
}

/** Whether one permit, null for none, shows a row to the query that the other one hides. */
export function showsWhatIsHidden(
  state: State,
  version: number,
  query: ServedSubscription['query'],
  shown: ServedSubscription['permit'],
  hidden: ServedSubscription['permit'],
): boolean {
  if (hidden === null) return false;
  return some(windowOf(query, shown, state.server.versions[version] ?? {}), ({ row }) => !isReadable(hidden, row));
}
