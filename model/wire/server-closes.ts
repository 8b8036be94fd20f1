/** When the server may close a connection, and with which reason (S5, S6, S9, W2, C4, B1). */

import { isHelloOverdue } from '../bounds/connection-bounds.ts';
import { connectionOf, withConnection } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { requireNoQuote } from '../permissions/quotes.ts';
import { reject } from '../rejection.ts';
import { isSchemaFit, learnSchema, standingOfSchema } from '../schema/schema-exchange.ts';
import { isWantingKeys, requireKeysAsked } from '../session/keys.ts';
import { judge, judgeFirst, sameRolesAtServer } from '../session/token-judgement.ts';
import { longestSilenceMs, type State, wallMs } from '../state.ts';
import { isTooSlow } from './slow-readers.ts';
import type { CloseReason, Closing } from './words.ts';

export function serverCloses(state: State, connection: number, closing: Closing, givenUp: boolean): State {
  const present = connectionOf(state, connection);
  const ended = withConnection(state, connection, {
    serverClosing: closing.reason ?? 'UNKNOWN',
    openAtServer: present.openAtServer && !givenUp,
  });
  if (!present.openAtServer || present.serverClosing !== null) return ended;
  if (givenUp) {
    if (state.nowMs - present.serverHeardMs >= longestSilenceMs && !present.isPaused) return ended;
    return reject(
      present.isPaused ? 'B5' : 'S9',
      'given up early',
      `the server gave up a connection of ${present.client} that it had heard from`,
      ['the connection stays open'],
      'given up',
    );
  }
  requireNoQuote(state, present, closing.text);
  requireCloseAllowed(state, present, closing);
  return closing.reason === 'SCHEMA_MISMATCH' && present.schema === 'received' ? learnSchema(ended, present, 'told') : ended;
}

/** A close is allowed only for the reason it gives, judged now (S5, S6, S11, W2, C4, B1). */
function requireCloseAllowed(state: State, present: ConnectionState, closing: Closing): void {
  const { mustClose, accepted, hello } = present;
  const reasons: { readonly reason: CloseReason; readonly retry: boolean; readonly bound?: string | undefined }[] =
    mustClose === null ? [] : [mustClose];
  const [oldest] = present.updates;
  const waiting = accepted === null ? hello : (oldest ?? null);
  if (waiting !== null && isWantingKeys(state, waiting)) reasons.push({ reason: 'INTERNAL_ERROR', retry: true });
  const forGood = (reason: CloseReason) => reasons.push({ reason, retry: false });
  if (accepted === null && hello !== null) {
    const judgement = judgeFirst(state, hello.token);
    if (judgement === closing.reason) requireKeysAsked(state, hello);
    if (judgement !== 'good') forGood(judgement);
    else if (!isSchemaFit(state, present) && (standingOfSchema(state, present) !== 'unknown' || present.schema === 'received'))
      forGood('SCHEMA_MISMATCH');
  }
  if (accepted !== null && accepted.expiresAtMs !== null && wallMs(state, 'server') >= accepted.expiresAtMs) forGood('TOKEN_EXPIRED');
  if (
    accepted !== null &&
    oldest !== undefined &&
    judge(state, oldest.token) === 'good' &&
    !sameRolesAtServer(state, accepted, oldest.token)
  )
    forGood('ROLES_MISMATCH');
  if (present.broken !== null && isAllHandled(present, state.server.full !== null)) {
    if (present.broken === 'protocol') forGood('INTERNAL_ERROR');
    else reasons.push({ reason: 'LIMIT_EXCEEDED', retry: false, bound: present.broken });
  }
  if (isHelloOverdue(state, present)) reasons.push({ reason: 'LIMIT_EXCEEDED', retry: true, bound: 'helloTimeoutMs' });
  if (isTooSlow(state, present)) reasons.push({ reason: 'SLOW_READER', retry: true });
  if (state.server.phase === 'recovering') reasons.push({ reason: 'INTERNAL_ERROR', retry: true });
  const allowed = reasons.find(({ reason, retry }) => reason === closing.reason && retry === closing.retry);
  if (allowed !== undefined) {
    const { bound } = allowed;
    if (bound !== undefined && closing.text?.includes(bound) !== true)
      reject('B5', 'closed without the bound', `${present.client} was not told over which bound it is`, [bound], closing.text ?? 'nothing');
    if (closing.reason === 'INTERNAL_ERROR' && !closing.retry && closing.explained !== true)
      reject('B1', 'closed without a word', `${present.client} was not told what it did wrong`, ['a message'], 'none');
    return;
  }
  reject(
    ruleOfClose(present, closing.reason),
    `closed with ${closing.reason ?? 'no reason'}`,
    `the server closed a connection of ${present.client}`,
    reasons.length > 0 ? reasons.map(({ reason, retry }) => `${reason}${retry ? ', retry' : ''}`) : ['the connection stays open'],
    `${closing.reason ?? 'no reason'}${closing.retry ? ', retry' : ''}`,
  );
}

/** What came before the nonsense is handled first (B1); writes may wait for space (W2). */
function isAllHandled(present: ConnectionState, isFull: boolean): boolean {
  const { hello, accepted, schema, updates, writesReceived, acknowledged, subscriptions, unsubscribed } = present;
  const isGreeted = hello === null || accepted !== null || (schema !== 'unasked' && schema !== 'received');
  const areAnswered = Object.entries(subscriptions).every(
    ([name, { answered, failure }]) => answered || failure === 'given' || unsubscribed.includes(name),
  );
  return isGreeted && updates.length === 0 && areAnswered && (isFull || writesReceived.length === acknowledged.length);
}

function ruleOfClose({ mustClose, broken }: ConnectionState, reason: CloseReason | null): string {
  switch (reason) {
    case 'TOKEN_EXPIRED':
      return 'S5';
    case 'ROLES_MISMATCH':
      return 'S6';
    case 'SCHEMA_MISMATCH':
      return 'C4';
    case 'LIMIT_EXCEEDED':
      return 'B5';
    case 'SLOW_READER':
      return 'B6';
    case 'INTERNAL_ERROR':
    case 'UNKNOWN':
      return mustClose?.rule ?? 'B1';
    default:
      return mustClose?.rule ?? (broken === null ? 'S11' : 'B1');
  }
}
