/**
 * Messages that are several words at once. Queries are named by a hash of theirs: which subscriptions are meant is known
 * by their queries. Writes wait together and go as one message, which is acknowledged as a whole: which of them it holds is
 * known by the rows that it names. What a message is, is found when it is sent, and told in the same words when it arrives.
 *
 * The moments of decision are those that the wire shows: an acknowledgement is sent in the very breath of the commit, and
 * data are those of the moment at which they are sent.
 */

import { entryOf } from '../../../model/entry-of.ts';
import type { Action, ClientWord, ServerWord, State } from '../../../model/index.ts';
import { queryOf } from '../../../sut/triplit/shapes.ts';
import type { Told } from '../../../sut/triplit/words.ts';
import type { Row } from '../../../vocabulary/values.ts';
import { compareLabels } from '../../worlds/labels.ts';
import { batchOf } from './batches.ts';

type OfClient = Extract<Told, { readonly told: 'query' | 'leave' | 'changes' }>;
type OfServer = Extract<Told, { readonly told: 'data' | 'taken' | 'refused' }>;
type Data = Extract<OfServer, { readonly told: 'data' }>;
type Refused = Extract<OfServer, { readonly told: 'refused' }>;
/** The commits come first: they are what is acknowledged. */
type Said = readonly [commits: readonly Action[], words: readonly ServerWord[]];

export interface Bundles {
  readonly sent: (client: string, connection: number, told: OfClient | OfServer, data: string) => readonly Action[];
  readonly delivered: (client: string, connection: number, from: 'client' | 'server', data: string) => readonly Action[];
}

interface OfConnection {
  /** Names of subscriptions by the id of their query. */
  readonly subscriptions: Map<string, readonly string[]>;
  /** Those that have been left, until the server hears it; what it had to send by then goes out once more. */
  readonly leaving: Map<string, readonly string[]>;
  /** Ids of queries that the server has heard are left, and of which it has sent nothing since. */
  readonly left: Set<string>;
  /** Batches of writes that the server has not acknowledged, oldest first. */
  readonly batches: (readonly number[])[];
  readonly fromClient: UnderWay<ClientWord>[];
  readonly fromServer: UnderWay<ServerWord>[];
}
interface UnderWay<Word> {
  readonly data: string;
  readonly words: readonly Word[];
}

export function createBundles(state: () => State): Bundles {
  const connections = new Map<number, OfConnection>();
  const of = (connection: number): OfConnection => {
    const queries = { subscriptions: new Map(), leaving: new Map(), left: new Set<string>() };
    const known = connections.get(connection) ?? { ...queries, batches: [], fromClient: [], fromServer: [] };
    connections.set(connection, known);
    return known;
  };

  function clientWords(client: string, connection: number, told: OfClient): readonly ClientWord[] {
    const known = of(connection);
    switch (told.told) {
      case 'query': {
        const names = namesOf(state(), client, connection, told.query);
        known.subscriptions.set(told.id, names);
        return names.map((subscription) => ({ word: 'subscribe', subscription }));
      }
      case 'leave': {
        const names = known.subscriptions.get(told.id) ?? [];
        known.subscriptions.delete(told.id);
        known.leaving.set(told.id, names);
        known.left.delete(told.id);
        return names.map((subscription) => ({ word: 'unsubscribe', subscription }));
      }
      case 'changes': {
        const batch = batchOf(client, state().clients[client]?.writes ?? [], told.changes);
        known.batches.push(batch);
        return batch.map((sequence) => ({ word: 'write', sequence }));
      }
    }
  }

  function data(client: string, connection: number, { ids, rows }: Data): readonly ServerWord[] {
    const { server, connections: all } = state();
    const version = server.versions.length - 1;
    const { subscriptions, leaving } = of(connection);
    const names = ids.flatMap((id) => [...(leaving.get(id) ?? []), ...(subscriptions.get(id) ?? [])]);
    forgetLeft(connection, ids);
    const isAnswered = (name: string): boolean => entryOf(all[connection]?.subscriptions, name)?.answered === true;
    const collectionOf = (name: string): string => entryOf(all[connection]?.subscriptions, name)?.query.collection ?? '';
    const rowsFor = (collection: string): readonly Row[] => entryOf(rows, collection) ?? [];
    const updated = names.filter(isAnswered);
    const answers = names.flatMap((subscription): readonly ServerWord[] => {
      if (isAnswered(subscription)) return [];
      const group = `${client}/${subscription}`;
      return [{ word: 'answered', subscription, group, version, rows: rowsFor(collectionOf(subscription)) }];
    });
    const updates = [...new Set(updated.map(collectionOf))].map((collection): ServerWord => {
      const subscriptions = updated.filter((name) => collectionOf(name) === collection);
      return { word: 'updated', subscriptions, version, rows: rowsFor(collection) };
    });
    return [...answers, ...updates];
  }

  function taken(client: string, connection: number): Said {
    const batch = of(connection).batches.shift() ?? [];
    const first = state().server.versions.length;
    const commits = batch.flatMap((sequence, index): readonly Action[] => [
      { kind: 'appendBegan', client, clientId: client, sequence },
      { kind: 'batchSealed', entries: [{ kind: 'write' }] },
      { kind: 'appendDurable' },
      { kind: 'committed', clientId: client, sequence, version: first + index },
    ]);
    return [commits, batch.map((sequence, index) => ({ word: 'acknowledged', sequence, version: first + index }))];
  }

  /** All of a batch or nothing: it is judged as one. */
  function refused(client: string, connection: number, { error, text }: Refused): Said {
    const batch = of(connection).batches.shift() ?? [];
    const first = state().server.versions.length;
    const commits = batch.flatMap((sequence, index): readonly Action[] => [
      { kind: 'appendBegan', client, clientId: client, sequence, together: batch },
      { kind: 'batchSealed', entries: [{ kind: 'rejection', error }] },
      { kind: 'appendDurable' },
      { kind: 'refused', clientId: client, sequence, version: first + index, error },
    ]);
    return [commits, batch.map((sequence) => ({ word: 'rejected', sequence, error, text }))];
  }

  /** What is in a message the client holds, though the promise of the write may not have told so yet. */
  function held(client: string, words: readonly ClientWord[]): readonly Action[] {
    const { writes = [], epoch = 1 } = state().clients[client] ?? {};
    const sequences = words.flatMap((word) => (word.word === 'write' ? [word.sequence] : []));
    const unheld = writes.filter(({ sequence, stored }) => sequences.includes(sequence) && !stored);
    return unheld.map(({ sequence }) => ({ kind: 'stored', client, epoch, sequence }));
  }

  function noteLeft(connection: number, words: readonly ClientWord[]): void {
    const gone = words.flatMap((word) => (word.word === 'unsubscribe' ? [word.subscription] : []));
    const { leaving, left } = of(connection);
    for (const [id, names] of leaving) if (names.some((name) => gone.includes(name))) left.add(id);
  }

  /** What was to be sent when the leave was heard is one message at most. */
  function forgetLeft(connection: number, ids: readonly string[]): void {
    const { leaving, left } = of(connection);
    for (const id of ids) if (left.delete(id)) leaving.delete(id);
  }

  function serverWords(client: string, connection: number, told: OfServer): Said {
    switch (told.told) {
      case 'data':
        return [[], data(client, connection, told)];
      case 'taken':
        return taken(client, connection);
      case 'refused':
        return refused(client, connection, told);
    }
  }

  return {
    sent: (client, connection, told, text) => {
      const { fromClient, fromServer } = of(connection);
      if (told.told === 'data' || told.told === 'taken' || told.told === 'refused') {
        const [commits, words] = serverWords(client, connection, told);
        fromServer.push({ data: text, words });
        return [...commits, ...words.map((word): Action => ({ kind: 'serverSent', client, connection, word }))];
      }
      const words = clientWords(client, connection, told);
      fromClient.push({ data: text, words });
      return [...held(client, words), ...words.map((word): Action => ({ kind: 'clientSent', client, connection, word }))];
    },
    delivered: (client, connection, from, text) => {
      const { fromClient, fromServer } = of(connection);
      if (from === 'client') {
        const words = take(fromClient, text);
        noteLeft(connection, words);
        return words.map((word) => ({ kind: 'serverReceived', client, connection, word }));
      }
      return take(fromServer, text).map((word) => ({ kind: 'clientHeard', client, connection, word }));
    },
  };
}

/** Links are first in first out; what a cut swallowed is passed over. */
function take<Word>(queue: UnderWay<Word>[], text: string): readonly Word[] {
  for (let head = queue.shift(); head !== undefined; head = queue.shift()) if (head.data === text) return head.words;
  throw new Error(`a message was delivered that nobody sent: ${text}`);
}

/** The live subscriptions of that very query that were not asked for on this connection. */
function namesOf(state: State, client: string, connection: number, query: unknown): readonly string[] {
  const text = textOf(query);
  const asked = state.connections[connection]?.sentSubscriptions ?? [];
  const live = Object.entries(state.clients[client]?.subscriptions ?? {});
  return live.flatMap(([name, subscription]) => (textOf(queryOf(subscription.query)) === text && !asked.includes(name) ? [name] : []));
}

/** Keys in order, and without what only serves to follow a query through logs. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => {
    if (key === 'traceId') return undefined;
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([left], [right]) => compareLabels(left, right)));
  });
}
