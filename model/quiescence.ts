/** Quiescence: exact equality where nothing hinders (§3.3), the schemas included (C1). */
import type { Schema } from '../vocabulary/schemas.ts';
import { withConnection } from './change.ts';
import type { ClientState, Subscription } from './client-state.ts';
import type { ClientName, PendingWrites, Quiescence } from './observations.ts';
import { requireNothingMissing } from './observe.ts';
import { owedNow } from './pending.ts';
import { reject } from './rejection.ts';
import { textOfSchema } from './schema/difference.ts';
import { waitForCallInFlight } from './session/refresh.ts';
import { requirePartition, settleUnsubscribes } from './sharing/sharing.ts';
import { type State, versionOf } from './state.ts';
import { pendingFor } from './subscriptions/rows.ts';
import { isUnanswered, type Write } from './writes/changes.ts';

/** Exact equality where nothing hinders: statuses, tokens, results, groups, and nothing owed (§3.3). */
export function requireQuiescence(state: State, shown: Quiescence): State {
  const quiescence = { ...shown, blocked: shown.blocked.filter((label) => isWaitedFor(state, label)) };
  for (const client of Object.values(state.clients)) {
    requireNothingMissing(state, client);
    const status = quiescence.statuses[client.name];
    if (status !== client.status) reject('S1', 'status differs', `the status of ${client.name} differs`, [client.status], status ?? 'none');
    const token = quiescence.tokens[client.name] ?? null;
    const expected = client.session?.token.label ?? null;
    if (token !== expected && !(client.session !== null && state.decisions.isBeginning(client.session)))
      reject('S3', 'token differs', `the token that ${client.name} holds differs`, [expected ?? 'none'], token ?? 'none');
    requirePendingWrites(client, quiescence.pendingWrites[client.name]);
    if (isUnhindered(quiescence)) requireFewHeld(state, client, quiescence.pendingWrites[client.name]?.held);
  }
  for (const [push] of Object.entries(state.server.expectedPushes))
    reject('C3', 'push never settled', `${push} never settled`, ['its outcome'], 'nothing');
  for (const client of Object.values(state.clients))
    requireSchema(`the schema of ${client.name}`, client.schema, quiescence.schemas[client.name]);
  const [owed] = owedNow(state, quiescence);
  if (owed !== undefined)
    reject(owed.rule, `owed ${owed.what}`, `at quiescence ${owed.whom} is still owed ${owed.what}`, [owed.what], 'nothing');
  if (quiescence.server !== null) requireInspection(state, quiescence.server, quiescence);
  const marked = waitWhereAsked(quiescence.halfOpen.reduce(markCutOff, state), quiescence.blocked);
  const late = quiescence.blocked.filter((label) => quiescence.throttled?.includes(label) !== true);
  const blockedNow = Object.fromEntries(late.map((label) => [label, state.nowMs]));
  return quiescence.blocked.length === 0
    ? settleUnsubscribes(marked)
    : { ...marked, lastBlockedMs: { ...marked.lastBlockedMs, ...blockedNow } };
}

/** Shown and told alike (W5). */
function requirePendingWrites({ name, writes, unread }: ClientState, pending: PendingWrites | undefined): void {
  if (pending === undefined) return;
  const count = unread === null ? writes.filter(isUnanswered).length : null;
  const differs = (how: string, said: number | null): never =>
    reject('W5', `pending writes ${how}`, `the number of writes that ${name} has ${how} to wait differs`, [`${count}`], `${said}`);
  if (pending.shown !== count) differs('shown', pending.shown);
  if (pending.told !== count) differs('told', pending.told);
}

function isUnhindered({ blocked, halfOpen }: Quiescence): boolean {
  return blocked.length === 0 && halfOpen.length === 0;
}

/** An acknowledged write is held only as long as a subscription that is followed has not reached it (Q2). A `fetch` that goes on is one too. */
function requireFewHeld(state: State, client: ClientState, held: number | undefined): void {
  if (held === undefined || client.unread !== null || client.followed.length > 0) return;
  const following = Object.values(client.subscriptions).filter(({ failedOn }) => failedOn === null || failedOn !== client.connection);
  const needed = client.writes.filter(
    (write) => isUnanswered(write) || (write.acknowledged && following.some((each) => isHeldFor(state, client, each, write))),
  );
  if (held > needed.length)
    reject(
      'Q2',
      'acknowledged writes pile up',
      `${client.name} holds writes that none of its subscriptions waits for`,
      [`${needed.length} at most`],
      `${held}`,
    );
}

function isHeldFor(state: State, client: ClientState, subscription: Subscription, write: Write): boolean {
  const { collection } = subscription.query;
  return write.changes.some((change) => change.collection === collection) && pendingFor(state, client, subscription).includes(write);
}

/** What is due and not held has fired: an attempt that has not begun since waits for the call in flight (S7). */
function waitWhereAsked(state: State, blocked: readonly string[]): State {
  const firing = Object.keys(state.clients).filter((name) => !blocked.includes(`${name} reconnect timer`));
  return firing.reduce(waitForCallInFlight, state);
}

/** A fetch that was given up hinders nobody, whether or not its answer still comes (S11). */
function isWaitedFor({ server }: State, label: string): boolean {
  return label !== 'server key set fetch' || server.keys.fetching !== null;
}

export function fallSilent(state: State, name: ClientName): State {
  const numbers = Object.keys(state.connections).map(Number);
  const newest = Math.max(-1, ...numbers.filter((number) => state.connections[number]?.client === name));
  return newest < 0 ? state : withConnection(state, newest, { cutOff: true });
}

/** Nothing said on a half-open connection arrives any more: its close is learnt by silence alone. */
function markCutOff(state: State, name: ClientName): State {
  return Object.entries(state.connections).reduce(
    (before, [number, connection]) =>
      connection.client === name && connection.openAtServer ? withConnection(before, Number(number), { cutOff: true }) : before,
    state,
  );
}

/** Nobody but `overrideSchema` changed it (C1). */
function requireSchema(whose: string, expected: Schema | null, shown: string | null | undefined): void {
  const text = expected === null ? null : textOfSchema(expected);
  if (text !== (shown ?? null)) reject('C1', 'schema changed', `${whose} is not what it was`, [text ?? 'none'], shown ?? 'none');
}

function requireInspection(state: State, inspection: NonNullable<Quiescence['server']>, quiescence: Quiescence): void {
  if (inspection.version !== versionOf(state))
    reject('W1', 'server version', 'the version of the server differs', [`${versionOf(state)}`], `${inspection.version}`);
  requireSchema('the schema of the server', state.server.schema, inspection.schema);
  const isHindered = quiescence.blocked.some((label) => label.startsWith('server ') && !label.includes('timer'));
  // What a slow reader has asked waits: whether an unsubscribe of it was taken up is not known (B6).
  const waits = Object.values(state.connections).some(({ behind, openAtServer }) => behind !== null && openAtServer);
  if (isHindered || waits) return;
  requirePartition(state, inspection);
  const accepted = Object.values(state.connections).filter(
    (connection) => connection.openAtServer && connection.accepted !== null && connection.serverClosing === null,
  );
  const expected = accepted
    .map((connection) => connection.client)
    .sort()
    .join(' ');
  const shown = [...inspection.connections].sort().join(' ');
  if (shown !== expected) reject('H3', 'connections', 'the accepted connections of the server differ', [expected], shown);
}
