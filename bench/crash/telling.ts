/** A run as it is told to the model: actions, task by task, in the words of sessions, connections and writes. */
import type { Action, Observation, ServerWord, Token } from '../../model/index.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Call } from './history.ts';

const token: Token = {
  label: 'a good token',
  user: 'ann',
  role: 'member',
  plan: 'free',
  expiresAtMs: null,
  notBeforeMs: null,
  flaw: 'none',
  key: 'secret',
};
/** So late that every client comes back after its whole back-off. */
const latest = 1 - 2 ** -32;
const firstBackOffMs = 250;

/** A write as it was handed over. */
type Handed = NonNullable<Call['handed']>;

export interface Telling {
  readonly actions: readonly Action[];
  /** A session, its connection and the acceptance; gives the number of the connection. `life` tells one start of the client from another. */
  begin(client: string, clientId: string, life: number): number;
  /** The connection that a client makes by itself; gives its number. */
  comeBack(client: string, clientId: string): number;
  make(client: string, promise: string, operations: Call['operations']): void;
  stored(client: string, sequence: number): void;
  resolved(client: string, promise: string): void;
  send(client: string, connection: number, handed: Handed): void;
  commit(client: string, clientId: string, handed: Handed, version: number): void;
  refuse(clientId: string, sequence: number, version: number, error: string): void;
  /** Told as synced, for each of these rows; `version` undefined: out of the blue. */
  synced(client: string, connection: number, call: Call, version: number | undefined): void;
  notForgotten(client: string, id: string): void;
  writerKilled(client: string, connection: number): void;
  /** All these clients lose their connection. */
  serverKilled(clients: readonly { readonly client: string; readonly connection: number }[]): void;
  /** The first start of a server on the log. */
  serverBegins(id: string, version: number): void;
  /** After so many kills; time passes until clients try again. */
  serverRecovers(id: string, version: number, kills: number): void;
  shown(client: string, connection: number, collection: string, rows: readonly Row[], version: number): void;
  /** Everything that is owed has been done, and `pendingWrites` is what clients say to wait. */
  quiet(clients: readonly string[], pendingWrites: Readonly<Record<string, number | null>>): void;
}

export function createTelling(collection: string): Telling {
  const actions: Action[] = [];
  let connections = 0;
  let nowMs = 0;

  const task = (...done: readonly Action[]): void => void actions.push(...done, { kind: 'taskEnded' });
  const observed = (client: string, observation: Observation): Action => ({ kind: 'observed', client, observation });
  const status = (client: string, shown: 'CONNECTING' | 'OPEN' | 'CLOSED'): Action => observed(client, { saw: 'status', status: shown });
  const settled = (client: string, promise: string): Action => observed(client, { saw: 'settled', promise, error: null });
  const serverSays = (client: string, connection: number, word: ServerWord): readonly Action[] => [
    { kind: 'serverSent', client, connection, word },
    { kind: 'clientHeard', client, connection, word },
  ];

  function accept(client: string, clientId: string, connection: number): void {
    const hello = { word: 'hello', token: token.label, clientId, schema: null } as const;
    task(
      { kind: 'opened', client, connection },
      { kind: 'clientSent', client, connection, word: hello },
      { kind: 'serverReceived', client, connection, word: hello },
    );
    task(...serverSays(client, connection, { word: 'accepted' }), status(client, 'OPEN'));
  }

  return {
    actions,
    begin(client, clientId, life) {
      const promise = `start ${life}`;
      connections += 1;
      const connection = connections;
      task(
        { kind: 'command', client, command: { do: 'startSession', promise, token, connect: true, refresh: null } },
        { kind: 'attempted', client, connection },
        status(client, 'CONNECTING'),
        settled(client, promise),
      );
      accept(client, clientId, connection);
      return connection;
    },
    comeBack(client, clientId) {
      connections += 1;
      task({ kind: 'attempted', client, connection: connections }, status(client, 'CONNECTING'));
      accept(client, clientId, connections);
      return connections;
    },
    make: (client, promise, operations) => task({ kind: 'command', client, command: { do: 'transact', promise, operations } }),
    stored: (client, sequence) => task({ kind: 'stored', client, epoch: 1, sequence }),
    resolved: (client, promise) => task(settled(client, promise)),
    send(client, connection, { sequence, id }) {
      const word = { word: 'write', sequence, id } as const;
      task({ kind: 'clientSent', client, connection, word }, { kind: 'serverReceived', client, connection, word });
    },
    commit: (client, clientId, { sequence, id }, version) =>
      task(
        { kind: 'appendBegan', client, clientId, sequence, id },
        { kind: 'batchSealed', entries: [{ kind: 'write' }] },
        { kind: 'appendDurable' },
        { kind: 'committed', clientId, sequence, version },
      ),
    refuse: (clientId, sequence, version, error) => task({ kind: 'refused', clientId, sequence, version, error }),
    synced(client, connection, { operations, handed }, version) {
      const ids = new Set(operations.map((operation) => (operation.do === 'insert' ? operation.row.id : operation.id)));
      const heard: readonly Action[] =
        version === undefined || handed === null
          ? []
          : serverSays(client, connection, { word: 'acknowledged', sequence: handed.sequence, version });
      task(...heard, ...[...ids].map((id) => observed(client, { saw: 'synced', collection, id })));
    },
    notForgotten: (client, id) => task({ kind: 'notForgotten', client, id }),
    writerKilled: (client, connection) => task({ kind: 'clientCrashed', client }, { kind: 'serverHeardClose', client, connection }),
    serverKilled: (clients) =>
      task(
        { kind: 'serverStopped', how: 'crash', kept: [] },
        ...clients.flatMap(({ client, connection }): readonly Action[] => [
          { kind: 'clientHeardClose', client, connection, closing: { reason: null, retry: true } },
          { kind: 'drew', client, fraction: latest },
          status(client, 'CLOSED'),
        ]),
      ),
    serverBegins: (id, version) => task({ kind: 'incarnationKept', id, version }),
    serverRecovers(id, version, kills) {
      task({ kind: 'incarnationKept', id, version }, { kind: 'recovered', version });
      nowMs += firstBackOffMs * 2 ** kills;
      actions.push({ kind: 'time', nowMs });
    },
    shown(client, connection, of, rows, version) {
      const subscription = 'in the end';
      const asked = { word: 'subscribe', subscription } as const;
      task(
        { kind: 'command', client, command: { do: 'subscribe', subscription, query: { collection: of, where: [], order: [] } } },
        observed(client, { saw: 'results', subscription, rows: [], fulfilled: false }),
        { kind: 'clientSent', client, connection, word: asked },
        { kind: 'serverReceived', client, connection, word: asked },
      );
      task(
        ...serverSays(client, connection, { word: 'answered', subscription, group: 'g1', version, rows }),
        observed(client, { saw: 'results', subscription, rows, fulfilled: true }),
        observed(client, { saw: 'remoteFulfilled', subscription }),
      );
    },
    quiet(clients, pendingWrites) {
      const each = <Held>(held: Held): Readonly<Record<string, Held>> => Object.fromEntries(clients.map((client) => [client, held]));
      const pending = Object.entries(pendingWrites).map(([client, count]) => [client, { shown: count, told: count }] as const);
      actions.push({
        kind: 'quiescent',
        quiescence: {
          blocked: [],
          halfOpen: [],
          statuses: each('OPEN'),
          tokens: each(token.label),
          pendingWrites: Object.fromEntries(pending),
          schemas: each(null),
          server: null,
        },
      });
    },
  };
}
