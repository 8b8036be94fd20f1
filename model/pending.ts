/** What is still owed, to whom and why: empty at quiescence unless something is held, and empty in the end (§3.3, §3.4). */
import type { Row } from '../vocabulary/values.ts';
import { isCrowdedOut, isHelloOverdue } from './bounds/connection-bounds.ts';
import { withServer } from './change.ts';
import type { ClientState, Subscription } from './client-state.ts';
import type { ConnectionState } from './connection-state.ts';
import { entryOf } from './entry-of.ts';
import type { ClientName, Quiescence } from './observations.ts';
import { readPermit } from './permissions/permit.ts';
import { waitsForKeys } from './session/keys.ts';
import { isAttemptDue, mustAsk } from './session/refresh.ts';
import { isSilent, owesPing } from './session/silence.ts';
import { hasLostMember } from './sharing/sharing.ts';
import { type State, wallMs } from './state.ts';
import { resultOf } from './subscriptions/evaluate.ts';
import { heldRows, sameRows } from './subscriptions/rows.ts';
import { resultNow } from './subscriptions/subscriptions.ts';
import { permitting } from './subscriptions/window.ts';
import { isTooSlow } from './wire/slow-readers.ts';
import { authorityOf } from './writes/appends.ts';
import { isUnanswered } from './writes/changes.ts';
import { waitsForSpace } from './writes/dissolving.ts';
import { rowsOf } from './writes/log.ts';

export interface Pending {
  readonly rule: string;
  /** Stable text, part of the failure class. */
  readonly what: string;
  readonly whom: string;
}

/** Nothing is held, nothing half-open. */
const unhindered: Pick<Quiescence, 'blocked' | 'halfOpen'> = { blocked: [], halfOpen: [] };

/** Owed now. What a hold or a half-open link could delay is left out. */
export function owedNow(state: State, hindrance: Pick<Quiescence, 'blocked' | 'halfOpen'>): readonly Pending[] {
  const clients = Object.values(state.clients).flatMap((client) => owedToClient(state, client, hindrance));
  const connections = Object.values(state.connections).flatMap((connection) => owedByServer(state, connection, hindrance));
  return [...clients, ...connections, ...owedCloses(state, hindrance), ...owedToOwner(state, hindrance)];
}

/** Owed in the end, once the world has healed: what is due later counts too. */
export function owedInTheEnd(present: State): readonly Pending[] {
  // What waits for space has it when storage is asked again.
  const state = withServer(present, { full: null });
  const later = Object.values(state.clients).flatMap((client): Pending[] => {
    if (client.attemptDue !== null)
      return isCrowdedOut(state, client.name) ? [] : [{ rule: 'S9', what: 'an attempt to connect', whom: client.name }];
    if (client.session?.attemptWaits === true) return [{ rule: 'S7', what: 'an attempt that waited for the handler', whom: client.name }];
    return client.session?.waitingStart === undefined || client.session.waitingStart === null
      ? []
      : [{ rule: 'S2', what: 'startSession', whom: client.name }];
  });
  return [...owedNow(state, unhindered), ...later];
}

function owedToClient(state: State, client: ClientState, hindrance: Pick<Quiescence, 'blocked' | 'halfOpen'>): Pending[] {
  const owed: Pending[] = [];
  const owe = (rule: string, what: string) => owed.push({ rule, what, whom: client.name });
  const isHeld = (label: string) => hindrance.blocked.includes(label);
  const cycle = client.session?.cycle;
  if (isAttemptDue(state, client.name) && !(client.attemptDue?.byTimer === true && isHeld(`${client.name} reconnect timer`))) {
    if (!mustAsk(state, client.name)) owe('S9', 'an attempt to connect');
    else if (cycle?.at !== 'asking') owe('S7', 'a call of the refresh handler');
  }
  if (client.undrawnBackOffMs !== null) owe('S9', 'the chance of a back-off');
  if (cycle?.at === 'due' && state.nowMs >= cycle.dueMs && !(cycle.byTimer && isHeld(`${client.name} refresh timer`)))
    owe('S7', 'a call of the refresh handler');
  const { closingOwedAfterMs } = state.decisions;
  if (client.closing !== null && state.nowMs - client.closing.sinceMs >= closingOwedAfterMs && !isHeld(`${client.name} closing timer`))
    owe('S1', 'the end of CLOSING');
  if (isSilent(state, client) && !isHeld(`${client.name} heartbeat timer`)) owe('S9', 'giving up a silent connection');
  if (owesPing(state, client) && !isHeld(`${client.name} heartbeat timer`)) owe('S9', 'a ping');
  if (client.unread !== null && client.unread.waiting.length > 0) owe('K3', 'an answer of storage');
  if (!isHeld(`${client.name} store`) && client.clears.at(-1)?.failed?.due === true) owe('K3', 'another try at a clear that failed');
  if (!isHeld(`${client.name} store`) && client.fork !== null) owe('W1', 'a fresh id');
  if (!isHeld(`${client.name} store`)) for (const kind of unsettledWrites(client)) owe('W5', `the outcome of ${kind}`);
  if (!isNetworkHindered(state, client.name, hindrance)) owed.push(...owedByNetwork(state, client));
  return owed;
}

function unsettledWrites(client: ClientState): readonly string[] {
  return Object.values(client.promises).flatMap((promise) =>
    (promise.write !== null || promise.epoch !== undefined) && promise.outcome === 'open' ? [promise.of] : [],
  );
}

/** Whoever called `overrideSchema` is told what came of it (C3), and a server that reads its log goes on (W2). */
function owedToOwner(state: State, { blocked }: Pick<Quiescence, 'blocked' | 'halfOpen'>): readonly Pending[] {
  const { server } = state;
  if (blocked.includes('server load') || blocked.includes('server append')) return [];
  if (server.phase !== 'running') return [{ rule: 'W2', what: 'recovery', whom: 'the server' }];
  if (waitsForSpace(state)) return [];
  const [first] = server.appending?.joined ?? [];
  if (first?.what === 'write') return [{ rule: 'W2', what: 'the end of an append', whom: first.client }];
  if (first === undefined && server.pushes.length === 0) return [];
  return [{ rule: 'C3', what: 'the outcome of a push', whom: 'the owner of the server' }];
}

/** A held link, opening, verification, append or store of this client delays all that needs the network, and so does a fetch that its token waits for. */
function isNetworkHindered(state: State, name: ClientName, hindrance: Pick<Quiescence, 'blocked' | 'halfOpen'>): boolean {
  if (waitsForKeys(state, name) || (waitsForSpace(state) && isUnread(state, name))) return true;
  const own = [
    `${name}→server`,
    `server→${name}`,
    `${name} opening`,
    `server verify of ${name}`,
    `${name} store`,
    'server append',
    'server load',
  ];
  return hindrance.halfOpen.includes(name) || own.some((label) => hindrance.blocked.includes(label));
}

/** Much of it waits for space, so that no more is read (B5). */
function isUnread({ connections }: State, name: ClientName): boolean {
  return Object.values(connections).some(({ client, openAtServer, isPaused }) => client === name && openAtServer && isPaused);
}

function owedByNetwork(state: State, client: ClientState): readonly Pending[] {
  const owed: Pending[] = [];
  const owe = (rule: string, what: string) => owed.push({ rule, what, whom: client.name });
  if (client.status === 'CONNECTING') owe('S1', 'acceptance or refusal');
  const closing = client.closing === null ? undefined : state.connections[client.closing.connection];
  if (closing?.openAtServer === true && !closing.cutOff) owe('S1', 'the end of CLOSING');
  if (client.status !== 'OPEN') return owed;
  if (client.updates.length > 0) owe('S3', 'the answer to a token update');
  if (client.writes.some(isUnanswered) && !waitsForSpace(state)) owe('W1', 'the acknowledgement of a write');
  for (const [name, subscription] of Object.entries(client.subscriptions)) {
    if (subscription.failedOn === client.connection) continue;
    if (subscription.answeredOn !== client.connection) owe(ruleOfSilence(state, client, name), 'the answer to a subscription');
    else if (!sameRows(latestOf(state, client, subscription), held(state, client, subscription)))
      owe(ruleOfLag(state, client, name), 'the latest version of a subscription');
  }
  return owed;
}

/** What it shows; without its own writes where those wait for space, and nothing of them is in the latest version. */
function held(state: State, client: ClientState, subscription: Subscription): readonly Row[] {
  if (!waitsForSpace(state)) return resultNow(state, client, subscription);
  return resultOf(subscription.query, rowsOf(heldRows(state, subscription), subscription.query.collection));
}

/** What the server's latest version lets this client see. */
function latestOf(state: State, client: ClientState, { query }: Subscription): readonly Row[] {
  const accepted = client.connection === null ? null : (state.connections[client.connection]?.accepted ?? null);
  const permit = accepted === null ? null : readPermit(authorityOf(state), accepted, query.collection);
  return resultOf(query, resultOf(permitting(query, permit), rowsOf(state.server.versions.at(-1) ?? {}, query.collection)));
}

/** Where a connection outlives a clear, that is what asks for another answer, until it is asked for. */
function ruleOfSilence({ connections }: State, { connection, epoch }: ClientState, name: string): string {
  const present = connection === null ? undefined : connections[connection];
  return present !== undefined && present.epoch !== epoch && !present.sentSubscriptions.includes(name) ? 'K1' : 'Q3';
}

function ruleOfLag(state: State, client: ClientState, name: string): string {
  const served = client.connection === null ? undefined : entryOf(state.connections[client.connection]?.subscriptions, name);
  if (served !== undefined && served.stale !== null) return served.stale;
  return hasLostMember(state, client.connection, name) ? 'H4' : 'Q3';
}

/** A connection that its client has left behind is closed, not left to fall silent (S2, S10). */
function owedCloses(state: State, hindrance: Pick<Quiescence, 'blocked' | 'halfOpen'>): readonly Pending[] {
  return Object.entries(state.connections).flatMap(([number, connection]): Pending[] => {
    const client = state.clients[connection.client];
    const isKept = client?.connection === Number(number) || client?.closing?.connection === Number(number);
    if (!connection.openAtServer || connection.cutOff || connection.serverClosing !== null || isKept) return [];
    if (connection.isPaused && connection.behind !== null) return [];
    if (isNetworkHindered(state, connection.client, hindrance)) return [];
    return [{ rule: client?.session === null ? 'S10' : 'S2', what: 'the close of a connection left behind', whom: connection.client }];
  });
}

function owedByServer(state: State, connection: ConnectionState, hindrance: Pick<Quiescence, 'blocked' | 'halfOpen'>): Pending[] {
  if (!connection.openAtServer || connection.serverClosing !== null) return [];
  const isHeld = (label: string) => hindrance.blocked.includes(label);
  const owed: Pending[] = [];
  const isExpired =
    connection.accepted?.expiresAtMs !== null &&
    connection.accepted !== null &&
    wallMs(state, 'server') >= (connection.accepted.expiresAtMs ?? Number.POSITIVE_INFINITY);
  const { isExpiryTimerDue, silenceOwedAfterMs } = state.decisions;
  // Of a reader that is behind nothing is taken up before it has caught up, or was given up (B6).
  // A write that is out of order waits for its turn behind those that wait for space (W2).
  const mayWait = waitsForSpace(state) && connection.writesReceived.length > connection.acknowledged.length;
  if (connection.broken !== null && connection.behind === null && !mayWait && !isNetworkHindered(state, connection.client, hindrance)) {
    const rule = connection.broken === 'frameBytesMax' ? 'B5' : 'B1';
    owed.push({ rule, what: 'the close of a connection that broke the protocol', whom: connection.client });
  }
  if (isHelloOverdue(state, connection))
    owed.push({ rule: 'B5', what: 'the close of a connection without a hello', whom: connection.client });
  if (isExpired && isExpiryTimerDue(state, connection) && !isHeld(`server expiry timer of ${connection.client}`))
    owed.push({ rule: 'S5', what: 'the close of an expired connection', whom: connection.client });
  if (isTooSlow(state, connection) && !isHeld(`server drain timer of ${connection.client}`))
    owed.push({ rule: 'B6', what: 'the close of a slow reader', whom: connection.client });
  const silentMs = state.nowMs - connection.serverHeardMs;
  if (connection.isPaused && connection.behind === null && !isNetworkHindered(state, connection.client, hindrance))
    owed.push({ rule: 'B5', what: 'the reading of what waits', whom: connection.client });
  if (silentMs >= silenceOwedAfterMs.server && !connection.isPaused && !isHeld(`server heartbeat timer of ${connection.client}`))
    owed.push({ rule: 'S9', what: 'giving up a silent connection', whom: `the server, of ${connection.client}` });
  return owed;
}
