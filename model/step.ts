/**
 * The model's one function: `step(state, action)`. Total and pure; where the action is not allowed it answers with the
 * rule that was broken, and never throws.
 */
import type { Action, ClientName, Command, Observation } from './actions.ts';
import { clientOf, withClient, withConnection, withServer } from './change.ts';
import { isStatusDue, matchOne, matchStatuses } from './observe.ts';
import { fallSilent, requireQuiescence } from './quiescence.ts';
import { type Rejected, Rejection, reject } from './rejection.ts';
import { beginSchemaAppend, commitSchema, pushSchema, settlePush } from './schema/schema-changes.ts';
import { attempt, openAtBothEnds } from './session/attempts.ts';
import { onAsked } from './session/refresh.ts';
import { connect, disconnect, endSession, startSession, takeAnswer, updateSessionToken } from './session/session.ts';
import { countEncoding, countEvaluation, settleCost } from './sharing/sharing.ts';
import { dialectOf, type State, wallMs } from './state.ts';
import { clear, crash, finishClear } from './store/store.ts';
import { subscribe, unsubscribe } from './subscriptions/subscriptions.ts';
import { closeByClient, hear, hearClose } from './wire/client-receives.ts';
import { send } from './wire/client-sends.ts';
import { closeByServer } from './wire/server-closes.ts';
import { receive } from './wire/server-receives.ts';
import { say } from './wire/server-sends.ts';
import { requireBreathEnded } from './wire/turn.ts';
import { beginAppend, concludeAppend, endAppend } from './writes/appends.ts';
import { beginRecovery, beginStop, failAppend, recover, stop } from './writes/recovery.ts';
import { keep, lose, write } from './writes/writes.ts';

export type Step = { readonly ok: true; readonly state: State } | { readonly ok: false; readonly rejected: Rejected };

export function step(state: State, action: Action): Step {
  try {
    return { ok: true, state: next(state, action) };
  } catch (problem) {
    if (problem instanceof Rejection) return { ok: false, rejected: problem.rejected };
    throw problem;
  }
}

function next(state: State, action: Action): State {
  switch (action.kind) {
    case 'command':
      return command(state, action.client, action.command);
    case 'refreshAnswered': {
      const known = action.token === null ? state : { ...state, tokens: { ...state.tokens, [action.token.label]: action.token } };
      return takeAnswer(known, action.client, action.call, action.token);
    }
    case 'observed':
      return observe(state, action.client, action.observation);
    case 'attempted':
      return attempt(state, action.client, action.connection);
    case 'opened':
      return openAtBothEnds(state, action.client, action.connection);
    case 'clientSent':
      return send(state, action.client, action.connection, action.word);
    case 'serverReceived':
      return receive(state, action.connection, action.word);
    case 'serverSent':
      return say(state, action.connection, action.word);
    case 'clientHeard':
      return hear(state, action.client, action.connection, action.word);
    case 'clientClosed':
      return closeByClient(state, action.client, action.connection, action.givenUp);
    case 'serverClosed':
      return closeByServer(state, action.connection, action.closing, action.givenUp);
    case 'clientHeardClose':
      return hearClose(state, action.client, action.connection, action.closing);
    case 'serverHeardClose':
      return withConnection(state, action.connection, { openAtServer: false });
    case 'appendBegan':
      return beginAppend(state, action.client, action.clientId, action.sequence, action.together);
    case 'stored':
      return keep(state, action.client, action.epoch, action.sequence);
    case 'notStored':
      return lose(state, action.client, action.epoch, action.sequence);
    case 'cleared':
      return finishClear(state, action.client, action.epoch);
    case 'committed':
      return concludeAppend(state, action.clientId, action.sequence, action.version, null);
    case 'refused':
      return concludeAppend(state, action.clientId, action.sequence, action.version, action.error);
    case 'schemaPushed':
      return pushSchema(state, action.push, action.schema);
    case 'schemaAppendBegan':
      return beginSchemaAppend(state);
    case 'schemaCommitted':
      return commitSchema(state, action.version);
    case 'pushSettled':
      return settlePush(state, action.push, action.outcome);
    case 'fellSilent':
      return fallSilent(state, action.client);
    case 'appendDurable':
      return endAppend(state);
    case 'appendFailed':
      return failAppend(state, action.kept);
    case 'recoveryBegan':
      return beginRecovery(state);
    case 'serverStopping':
      return beginStop(state);
    case 'serverStopped':
      return stop(state, action.how, action.kept);
    case 'recovered':
      return recover(state, action.version);
    case 'clientCrashed':
      return crash(state, action.client);
    case 'strangerHeard':
      return judgeStranger(state, action);
    case 'evaluated':
      return countEvaluation(state, action.group, action.version);
    case 'encoded':
      return countEncoding(state, action.group, action.version);
    case 'keysFetched':
      return keysFetched(state, action.keys);
    case 'time':
      return passTime(state, action.nowMs);
    case 'wallJumped':
      return {
        ...state,
        wallOffsetsMs: { ...state.wallOffsetsMs, [action.process]: (state.wallOffsetsMs[action.process] ?? 0) + action.byMs },
      };
    case 'keysRotated':
      return withServer(state, { publishedKeys: [...state.server.publishedKeys, action.key] });
    case 'taskEnded':
      return Object.keys(state.clients).reduce(matchStatuses, settleCost(requireBreathEnded(state)));
    case 'quiescent':
      return requireQuiescence(state, action.quiescence);
  }
}

function command(state: State, name: ClientName, given: Command): State {
  const promised = 'promise' in given ? withPromise(state, name, given.promise, given.do) : state;
  const known = 'token' in given ? { ...promised, tokens: { ...promised.tokens, [given.token.label]: given.token } } : promised;
  switch (given.do) {
    case 'startSession':
      return startSession(known, name, given);
    case 'updateSessionToken':
      return updateSessionToken(known, name, given.promise, given.token);
    case 'endSession':
      return endSession(known, name, given.promise);
    case 'connect':
      return connect(known, name);
    case 'disconnect':
      return disconnect(known, name);
    case 'subscribe':
      return subscribe(known, name, given.subscription, given.query);
    case 'unsubscribe':
      return unsubscribe(known, name, given.subscription);
    case 'insert':
    case 'update':
    case 'delete':
    case 'transact':
      return write(known, name, given);
    case 'clear':
      return clear(state, name, given.promise);
  }
}

function withPromise(state: State, name: ClientName, promise: string, of: Command['do']): State {
  return withClient(state, name, { promises: { ...clientOf(state, name).promises, [promise]: { of, sequence: null, outcome: 'open' } } });
}

/** Its causes were told before it, so it is judged at once; only a status may be told before the attempt that it belongs to. */
function observe(state: State, name: ClientName, observation: Observation): State {
  if (observation.saw === 'refreshAsked') return onAsked(state, name, observation.call);
  const told = withClient(state, name, { observed: [...clientOf(state, name).observed, observation] });
  const isBehind = clientOf(state, name).observed.length > 0;
  const waits = observation.saw === 'status' && (isBehind || !isStatusDue(told, name, observation.status));
  return waits ? told : withClient(matchOne(told, name, observation), name, { observed: clientOf(state, name).observed });
}

/** Whoever is not understood is told so, and left (B1, B2). */
function judgeStranger(state: State, { said, closing }: Extract<Action, { readonly kind: 'strangerHeard' }>): State {
  const { answersNonsense } = dialectOf(state);
  if (answersNonsense && closing?.reason === 'UNAUTHORIZED' && !closing.retry) return state;
  if (!answersNonsense && closing?.reason === 'INTERNAL_ERROR' && !closing.retry && closing.explained) return state;
  const shown = closing === null ? 'an open connection' : `${closing.reason ?? 'no reason'}${closing.explained ? '' : ', unexplained'}`;
  const rule = said === 'otherVersion' ? 'B2' : 'B1';
  return reject(
    rule,
    `a stranger's ${said}`,
    'a stranger broke the protocol',
    [answersNonsense ? 'UNAUTHORIZED, no retry' : 'INTERNAL_ERROR, explained, no retry'],
    shown,
  );
}

function keysFetched(state: State, keys: readonly string[]): State {
  const known = state.server.publishedKeys;
  if (state.configuration.sharedSecret || keys.some((key) => !known.includes(key)))
    return reject('S11', 'keys of nobody', 'the server holds keys that were never published', known, keys.join(' '));
  return withServer(state, { heldKeys: keys, fetches: state.server.fetches + 1 });
}

/** A timer of expiry that fires before `exp` on the wall is set again for what remains (S5). */
function passTime(state: State, nowMs: number): State {
  const moved = { ...state, nowMs };
  return Object.entries(moved.connections).reduce((before, [number, connection]) => {
    const { accepted, expiryDueMs } = connection;
    if (accepted === null || accepted.expiresAtMs === null || expiryDueMs === null || nowMs < expiryDueMs) return before;
    const remainingMs = accepted.expiresAtMs - wallMs(before, 'server');
    return remainingMs <= 0 ? before : withConnection(before, Number(number), { expiryDueMs: nowMs + remainingMs });
  }, moved);
}
