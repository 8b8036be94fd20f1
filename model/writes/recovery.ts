/** The server loses its process or its storage's answer, and goes on from its log (W2). */
import { withServer } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import { applySchema } from '../schema/schema-changes.ts';
import { type Joined, type KeptEntry, noKeys } from '../server-state.ts';
import { type State, versionOf } from '../state.ts';
import { decide } from './appends.ts';
import { entriesOf, isOf, joinedPushes, sayKept } from './batch.ts';

/** A batch of unknown outcome: its first entries are in the log after all, or none or all of them. Nobody is told of them now. */
function settleBatch(state: State, kept: readonly KeptEntry[]): State {
  const { appending } = state.server;
  const entries = appending === null || appending.phase === 'forming' ? [] : entriesOf(appending);
  if (kept.length > entries.length || !kept.every((entry, index) => isAt(entries, index, entry)))
    return reject('W2', 'kept unasked', 'the log holds what was not being appended', ['the first entries of a batch'], sayKept(kept));
  return entries
    .slice(0, kept.length)
    .reduce(
      (before, joined, index) => settleEntry(before, joined, kept[index]),
      withServer(state, { appending: null, refused: [], full: null }),
    );
}

function isAt(entries: readonly Joined[], index: number, kept: KeptEntry): boolean {
  const joined = entries[index];
  return joined !== undefined && isOf(joined, kept);
}

function settleEntry(state: State, joined: Joined, kept: KeptEntry | undefined): State {
  if (joined.what === 'write') return decide(state, joined, kept?.kind === 'rejection' ? kept.error : null);
  return applySchema(state, joined.push);
}

/** What clients said of their being answered is known from the log alone (W1). */
export function answersInLog(state: State): State {
  const answered = Object.entries(state.server.decisions).map(([clientId, decisions]): [string, number] => [
    clientId,
    Math.max(0, ...decisions.map((decision) => decision.answered)),
  ]);
  return withServer(state, { answered: Object.fromEntries(answered) });
}

export function failAppend(state: State, kept: readonly KeptEntry[]): State {
  if (state.server.appending === null)
    return reject('W2', 'append failed unasked', 'an append failed that had not begun', ['nothing'], 'a failure');
  return answersInLog(settleBatch(withServer(failPushes(state), { phase: 'recovering', incarnation: null }), kept));
}

/** Whoever waits for a push, under way or not, is told that it failed (W2). */
function failPushes(state: State): State {
  const { pushes, expectedPushes } = state.server;
  const waiting = [...joinedPushes(state).map(({ push }) => push), ...pushes];
  const failed = waiting.map(({ push }) => [push, { outcome: 'failed' }] as const);
  return withServer(state, { pushes: [], expectedPushes: { ...expectedPushes, ...Object.fromEntries(failed) } });
}

/** Every connection is closed in this breath; what waited to be pushed rejects. */
export function beginRecovery(state: State): State {
  if (state.server.phase !== 'recovering')
    return reject('W2', 'recovery unasked', 'the server reads its log anew, though no append failed', ['it goes on'], 'recovery');
  const mustClose = { rule: 'W2', reason: 'INTERNAL_ERROR', retry: true } as const;
  const told = Object.entries(state.server.knownSchemas).map(([text, how]) => [text, how === 'told' ? 'maybe' : how] as const);
  return withServer(
    withEveryConnection(state, (connection) => ({ ...connection, mustClose })),
    {
      knownSchemas: Object.fromEntries(told),
      groups: {},
      departures: {},
      lookUntold: null,
      cost: null,
    },
  );
}

function withEveryConnection(state: State, change: (connection: ConnectionState) => ConnectionState): State {
  const connections = Object.entries(state.connections).map(([number, connection]): [string, ConnectionState] => [
    number,
    connection.openAtServer && connection.serverClosing === null ? change(connection) : connection,
  ]);
  return { ...state, connections: Object.fromEntries(connections) };
}

/** The owner closes the server: everybody is told to come back. */
export function beginStop(state: State): State {
  const mustClose = { rule: 'W2', reason: 'UNKNOWN', retry: true } as const;
  return withServer(
    withEveryConnection(failPushes(state), (connection) => ({ ...connection, mustClose })),
    { phase: 'stopping' },
  );
}

/** Nothing of the process is left: no connections, keys, groups, pushes; the log is. */
export function stop(state: State, how: 'graceful' | 'crash', kept: readonly KeptEntry[]): State {
  const untold = Object.values(state.connections).find((connection) => connection.openAtServer && connection.serverClosing === null);
  if (how === 'graceful' && untold !== undefined)
    return reject('W2', 'closed without a word', `the server closed and did not tell ${untold.client}`, ['UNKNOWN, retry'], 'nothing');
  const [unsettled] = how === 'graceful' ? Object.keys(state.server.expectedPushes) : [];
  if (unsettled !== undefined)
    return reject('W2', 'push never settled', `the server closed and left ${unsettled} waiting`, ['failed'], 'nothing');
  const settled = answersInLog(settleBatch(state, kept));
  const own = Object.entries(settled.server.knownSchemas).filter(([, known]) => known === 'own');
  const gone = Object.entries(settled.connections).map(([number, connection]): [string, ConnectionState] => [
    number,
    { ...connection, openAtServer: false, mustClose: null },
  ]);
  return withServer(
    { ...settled, connections: Object.fromEntries(gone) },
    {
      phase: 'stopped',
      isCompacting: false,
      incarnation: null,
      keys: noKeys,
      groups: {},
      departures: {},
      lookUntold: null,
      cost: null,
      pushes: [],
      expectedPushes: {},
      knownSchemas: Object.fromEntries(own),
    },
  );
}

/** The server goes on from exactly what was acknowledged, and what the log holds of a batch of unknown outcome. */
export function recover(state: State, version: number): State {
  if (version !== versionOf(state))
    return reject(
      'W2',
      'recovered another version',
      'the server goes on from another version',
      [`version ${versionOf(state)}`],
      `version ${version}`,
    );
  return withServer(state, { phase: 'running' });
}
