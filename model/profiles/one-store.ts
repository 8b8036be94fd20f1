/**
 * The one store of a client that `keepsOneStore` (Q2): the rows that any subscription brought, each as it was told last, and under
 * them what was acknowledged. A row that leaves the results of all live subscriptions leaves the store; one that an ended
 * subscription left behind stays as it was.
 */
import type { Query } from '../../vocabulary/queries.ts';
import { clientOf, connectionOf, withClient } from '../change.ts';
import type { ClientState, Held } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import { resultOf } from '../subscriptions/evaluate.ts';
import { windowOf } from '../subscriptions/window.ts';
import type { Write } from '../writes/changes.ts';
import { rowsAt } from '../writes/lineage.ts';
import { applyAll, keyOf, type Rows, rowsOf } from '../writes/log.ts';

const anyRow: Omit<Query, 'collection'> = { where: [], order: [] };

/** An answer brings its rows, and what became of those that the store would show for that query (Q4). */
export function storeAnswer(state: State, name: ClientName, query: Query, held: Held): State {
  const { store } = clientOf(state, name);
  const all = windowOf({ ...anyRow, collection: query.collection }, held.permit, rowsAt(state, held));
  const shown = shownKeys(store, query);
  const told = Object.fromEntries(shown.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]] as const])));
  return withClient(state, name, { store: { ...without(store, shown), ...told, ...heldWindow(state, query, held) } });
}

/** An update brings what its subscriptions hold now, one that has just ended too; what they held before goes, unless another live one holds it (Q5). */
export function storeUpdate(state: State, name: ClientName, connection: number, subscriptions: readonly string[], version: number): State {
  const client = clientOf(state, name);
  const live = Object.entries(client.subscriptions).filter(([, { answeredOn }]) => answeredOn === connection);
  const windowsAt = (isNew: boolean): Rows[] =>
    live.flatMap(([subscription, { query, held }]) => {
      if (held === null) return [];
      return [heldWindow(state, query, isNew && subscriptions.includes(subscription) ? { ...held, version } : held)];
    });
  const isUpdated = live.map(([subscription]) => subscriptions.includes(subscription));
  const before = windowsAt(false).filter((_window, index) => isUpdated[index]);
  const after = windowsAt(true);
  const kept = new Set(after.flatMap((window) => Object.keys(window)));
  const ended = subscriptions.flatMap((subscription) => {
    const query = Object.hasOwn(client.subscriptions, subscription) ? undefined : entryOf(client.queries, subscription);
    const { permit = null } = entryOf(connectionOf(state, connection).subscriptions, subscription) ?? {};
    return query === undefined ? [] : [{ query, window: heldWindow(state, query, { log: state.server.log, version, permit }) }];
  });
  const left = ended.flatMap(({ query, window }) => shownKeys(client.store, query).filter((key) => window[key] === undefined));
  const gone = [...before.flatMap((window) => Object.keys(window)), ...left].filter((key) => !kept.has(key));
  const told = [...ended.map(({ window }) => window), ...after.filter((_window, index) => isUpdated[index])];
  return withClient(state, name, { store: Object.assign({}, without(client.store, gone), ...told) });
}

export function storeAcknowledged(store: Rows, write: Write): Rows {
  return applyAll(store, write.changes);
}

/** All that the client shows from: the store under its own writes that are not acknowledged yet. */
export function storedRows({ store, writes }: ClientState): Rows {
  const pending = writes.filter(({ acknowledged, isRolledBack }) => !acknowledged && !isRolledBack);
  return applyAll(
    store,
    pending.flatMap(({ changes }) => changes),
  );
}

function shownKeys(store: Rows, query: Query): readonly string[] {
  return resultOf(query, rowsOf(store, query.collection)).map(({ id }) => keyOf(query.collection, id));
}

function heldWindow(state: State, query: Query, held: Held): Rows {
  return windowOf(query, held.permit, rowsAt(state, held));
}

function without(rows: Rows, keys: readonly string[]): Rows {
  return Object.fromEntries(Object.entries(rows).filter(([key]) => !keys.includes(key)));
}
