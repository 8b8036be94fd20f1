/** What a client makes of what it hears: acceptances, answers to token updates, closes, silence, forks and nonsense (S1, S2, S3, S7, S8, S9, W1, W2, B1). */
import { clientOf, connectionOf, settle, withClient, withConnection, withSession, withStatus } from '../change.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { backOff, startOverIfSteady } from '../session/back-off.ts';
import { askAgain, askSinceExpired } from '../session/refresh.ts';
import { storeUpdates } from '../session/session.ts';
import { closeTimeoutMs, type State } from '../state.ts';
import { dueClearAgain } from '../store/clear.ts';
import { beginWord } from '../store/lag.ts';
import { advanceAll, advanceSome, answer, fail } from '../subscriptions/subscriptions.ts';
import { hearFork } from '../writes/fork.ts';
import { hearVersion } from '../writes/incarnations.ts';
import { leaveLog } from '../writes/leave-log.ts';
import { acknowledge, rollBack } from '../writes/outcomes.ts';
import type { Closing, ServerWord } from './words.ts';

function receiveAccepted(heard: State, name: ClientName, connection: number): State {
  const accepted = dueClearAgain(withConnection(heard, connection, { acceptedMs: heard.nowMs }), name);
  const proven = withSession(accepted, name, { isUnproven: false, reconnectsOnToken: false, failedCalls: 0 });
  return heard.decisions.refreshAfterAcceptance(withStatus(proven, name, 'OPEN'), name, false);
}

/** A word on a connection that is no longer the session's changes nothing (S2). */
export function clientReceives(state: State, name: ClientName, connection: number, word: ServerWord): State {
  const heard = withConnection(state, connection, { clientHeardMs: state.nowMs, heardSincePing: true, unansweredPingMs: null });
  const client = clientOf(heard, name);
  if (client.connection !== connection) return withClient(heard, name, { late: true });
  const informed = hearVersion(beginWord(heard, name), name, connection, 'version' in word ? word.version : undefined);
  return takeIn(informed, name, connection, word);
}

function takeIn(heard: State, name: ClientName, connection: number, word: ServerWord): State {
  switch (word.word) {
    case 'accepted':
      return word.diverged === true ? leaveLog(heard, name) : receiveAccepted(heard, name, connection);
    case 'tokenAccepted':
      return receiveTokenAccepted(heard, name, word.request);
    case 'tokenRefused':
      return receiveTokenRefused(heard, name, word.request);
    case 'answered':
      return answer(heard, name, connection, word.subscription, word.version);
    case 'subscriptionFailed':
      return fail(heard, name, connection, word);
    case 'updated':
      return advanceSome(heard, name, connection, word.subscriptions, word.version);
    case 'progressed':
      return advanceAll(heard, name, connection, word.version);
    case 'acknowledged':
      return acknowledge(heard, name, word.sequence);
    case 'rejected':
      return rollBack(heard, name, word.sequence, word.error);
    case 'forked':
      return hearFork(heard, name, word.sequence);
    case 'schemaAsked':
      return withConnection(heard, connection, { schema: 'heard' });
    case 'nonsense':
      return heard.decisions.clientReceivesNonsense(heard, connection);
    // Nothing is shown before its last frame (Q7).
    case 'answerPart':
    case 'pong':
      return heard;
  }
}

/** It gives the connection up (B1). */
export function noteNonsense(state: State, connection: number): State {
  return withConnection(state, connection, { mustGiveUp: 'nonsense' });
}

function receiveTokenAccepted(state: State, name: ClientName, request: number): State {
  const client = clientOf(state, name);
  const update = client.updates.find((candidate) => candidate.request === request);
  if (update === undefined) return state;
  const others = client.updates.filter((candidate) => candidate !== update);
  const stored = withSession(withClient(settle(state, name, update.promise, null), name, { updates: others }), name, {
    token: update.token,
    isDisputed: update.isDisputed,
    failedCalls: 0,
  });
  return state.decisions.refreshAfterAcceptance(stored, name, update.promise === null);
}

function receiveTokenRefused(state: State, name: ClientName, request: number): State {
  const client = clientOf(state, name);
  const update = client.updates.find((candidate) => candidate.request === request);
  if (update === undefined) return state;
  const removed = withClient(state, name, { updates: client.updates.filter((candidate) => candidate !== update) });
  if (update.promise !== null) return settle(removed, name, update.promise, 'TokenRefusedError');
  return state.decisions.refreshAfterRefusal(removed, name);
}

export function clientReceivesClose(state: State, name: ClientName, connection: number, closing: Closing): State {
  const gone = withConnection(state, connection, { openAtClient: false });
  const client = clientOf(gone, name);
  if (client.connection === connection) return loseConnection(gone, name, closing);
  if (client.closing?.connection === connection) {
    const closed = withStatus(withClient(gone, name, { closing: null }), name, 'CLOSED');
    return state.decisions.afterCrossingClose(closed, name, closing);
  }
  return withClient(gone, name, { late: true });
}

/** The live connection is over: the table of S9. */
function loseConnection(before: State, name: ClientName, closing: Closing): State {
  const state = startOverIfSteady(before, name);
  const answered = closing.reason === 'ROLES_MISMATCH' ? rejectOldestSent(state, name) : state;
  const closed = withStatus(withClient(storeUpdates(answered, name), name, { connection: null }), name, 'CLOSED');
  const told = expectError(closed, name, closing);
  if (closing.retry) return backOff(told, name);
  if (closing.reason === 'TOKEN_EXPIRED') return state.decisions.refreshAfterClose(told, name, askSinceExpired);
  return closing.reason === 'UNAUTHORIZED' || closing.reason === 'ROLES_MISMATCH'
    ? state.decisions.refreshAfterClose(told, name, askAgain)
    : told;
}

export function expectError(state: State, name: ClientName, closing: Closing): State {
  if (!state.decisions.isSessionError(closing)) return state;
  return withClient(state, name, { expectedErrors: [...clientOf(state, name).expectedErrors, closing.reason ?? ''] });
}

function rejectOldestSent(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const oldest = client.updates.find((update) => update.request !== null);
  if (oldest === undefined) return state;
  const settled = settle(state, name, oldest.promise, 'SessionRolesMismatchError');
  const removed = withClient(settled, name, { updates: client.updates.filter((update) => update !== oldest) });
  return oldest.promise === null ? state.decisions.refreshAfterCall(removed, name) : removed;
}

/** The client gives a connection up, or closes it: allowed on what it left behind, and on silence (S4, S9). */
export function clientCloses(state: State, name: ClientName, connection: number, givenUp: boolean): State {
  const client = clientOf(state, name);
  const present = connectionOf(state, connection);
  const ended = givenUp ? withConnection(state, connection, { openAtClient: false }) : state;
  if (client.connection === connection) {
    if (givenUp && (present.mustGiveUp !== null || state.decisions.mayGiveUp(state, client, present)))
      return loseConnection(ended, name, { reason: null, retry: true });
    if (givenUp)
      return reject(
        'S9',
        'client gave up early',
        `${name} gave up a connection that had not gone silent`,
        ['the connection stays open'],
        'given up',
      );
    return reject('S4', 'live connection closed', `${name} closed the connection of its session`, ['the connection stays open'], 'closed');
  }
  if (client.closing?.connection !== connection || !givenUp) return ended;
  if (state.nowMs - client.closing.sinceMs < closeTimeoutMs) {
    return reject(
      'S1',
      'closing cut short',
      `${name} gave up its closing handshake early`,
      ['CLOSING until the close is heard, at most 5 s'],
      'given up',
    );
  }
  return withStatus(withClient(ended, name, { closing: null }), name, 'CLOSED');
}
