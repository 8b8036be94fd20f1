/** `startSession`: a session begins, replaces the one before, or goes on (S1, S2, S7). */

import { clientOf, settle, withClient, withSession, withStatus, withToken } from '../change.ts';
import type { ClientState, Session } from '../client-state.ts';
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import type { Token } from '../tokens.ts';
import { disconnectSession } from './disconnect.ts';
import { asksFirst, reschedule, waitForHandler } from './refresh.ts';
import { beginAttempt, detached, releasePromises } from './session.ts';

/** What a refresh handler was given to do by the script is the world's matter; the model knows only the interval. */
export interface RefreshOptions {
  readonly intervalMs: number | null;
}

interface StartSession extends Promising {
  readonly token: Token;
  readonly connect: boolean;
  readonly refresh: RefreshOptions | null;
}

/** Replaces what was there; the same token again, with no update pending, keeps a live connection (S2). */
export const startSession: CommandHandler<StartSession> = {
  rule: 'S2',
  take: (before, name, command) => {
    const state = withToken(before, command.token);
    const client = clientOf(state, name);
    const isSame = client.session !== null && tokenInUse(state, client)?.label === command.token.label;
    const released = releasePromises(state, name);
    return isSame ? continueSession(released, name, command) : replaceSession(released, name, command);
  },
};

function tokenInUse(state: State, { session, updates }: ClientState): Token | null {
  const last = updates.at(-1);
  return last === undefined ? (session?.token ?? null) : state.decisions.tokenUnderUpdate(last);
}

function newSession({ token, refresh }: StartSession): Session {
  return {
    token,
    intervalMs: refresh?.intervalMs ?? null,
    hasHandler: refresh !== null,
    cycle: { at: 'idle' },
    failedCalls: 0,
    calledMs: null,
    reconnectsOnToken: false,
    attemptWaits: false,
    isUnproven: false,
    isDisputed: false,
    waitingStart: null,
  };
}

function replaceSession(state: State, name: ClientName, command: StartSession): State {
  const { statusUnconnected, leaveSession, refreshFromStart, beforeFirstAttempt, waitsForAnswer } = state.decisions;
  const left = leaveSession(state, name);
  const begun = withClient(left, name, { ...detached(clientOf(left, name)), session: newSession(command), failuresInARow: 0 });
  if (waitsForAnswer(begun, name, command.connect))
    return askFirst(withStatus(begun, name, statusUnconnected), name, command.promise, command.connect);
  const resolved = refreshFromStart(settle(begun, name, command.promise, null), name);
  if (!command.connect) return withStatus(resolved, name, statusUnconnected);
  return beginAttempt(beforeFirstAttempt(resolved, name), name);
}

function continueSession(state: State, name: ClientName, command: StartSession): State {
  const renewed = reschedule(withClient(state, name, { session: newSession(command) }), name);
  const kept = command.connect ? state.decisions.keepConnection(renewed, name, command.promise) : null;
  if (kept !== null) return kept;
  const stopped = command.connect ? withClient(renewed, name, { attemptDue: null }) : disconnectSession(renewed, name);
  if (state.decisions.waitsForAnswer(stopped, name, command.connect)) return askFirst(stopped, name, command.promise, command.connect);
  const resolved = settle(stopped, name, command.promise, null);
  return command.connect ? beginAttempt(resolved, name) : resolved;
}

/** A connection that lives is kept: the session goes on at once (S2). */
export function keepLiveConnection(state: State, name: ClientName, promise: string): State | null {
  return clientOf(state, name).connection === null ? null : settle(state, name, promise, null);
}

/** Nobody is asked for a session that is not to be connected (S2). */
export function waitsForAnswer(state: State, name: ClientName, connects: boolean): boolean {
  return connects && asksFirst(state, name);
}

export function askFirst(state: State, name: ClientName, promise: string, connects: boolean): State {
  return withSession(waitForHandler(state, name), name, { waitingStart: promise, attemptWaits: connects });
}
