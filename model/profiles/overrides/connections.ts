/** Timers, closes and nonsense where another system promises something else (S1, S5, S7, S9, B1, K1). */
import { clientOf, withClient, withConnection, withSession } from '../../change.ts';
import type { ClientName } from '../../observations.ts';
import { scheduled, scheduledFor } from '../../session/refresh.ts';
import { heartbeatMs, type State } from '../../state.ts';
import { requireUnexpired } from '../../wire/expiry.ts';
import type { Overrides } from './override.ts';

export const connections: Overrides<
  | 'hasNoHeartbeat'
  | 'backsOffByCountAlone'
  | 'hasNoClosingTimer'
  | 'noticesExpiryAtNextMessage'
  | 'refreshesByTimerAlone'
  | 'answersNonsense'
  | 'clearsInPlace'
> = {
  hasNoHeartbeat: () => ({
    mayGiveUp: (state, _client, { clientHeardMs }) => state.nowMs - clientHeardMs >= heartbeatMs.client,
    silenceOwedAfterMs: { client: never, late: never, server: never, ping: never },
  }),

  backsOffByCountAlone: () => ({
    isSteady: (state, name) => clientOf(state, name).status === 'OPEN',
    spreadBackOff: (state, name, backOffMs) =>
      withClient(state, name, { attemptDue: { atMs: state.nowMs + backOffMs, byTimer: true, asked: false } }),
  }),

  hasNoClosingTimer: () => ({ closingOwedAfterMs: never }),

  /** No timer does it, so that whatever is said next must be the close. */
  noticesExpiryAtNextMessage: () => ({ isExpiryTimerDue: () => false, requirePongAllowed: requireUnexpired }),

  /** The timer waits for nobody, and nothing else asks. */
  refreshesByTimerAlone: () => ({
    isRefreshable: ({ flaw }) => flaw !== 'undecodable',
    delayByExpiryMs: (untilExpiryMs) => untilExpiryMs - 1_000,
    asksBeforeAttempt: () => false,
    mayHandlersBeExpired: false,
    refreshFromStart: (state, name) => withSession(state, name, { cycle: scheduled(state, name) }),
    refreshAfterAcceptance: unchanged,
    cycleWhileSubmitting: scheduledFor,
    askAgainAfterMs: ({ intervalMs }) => Math.max(1_000, intervalMs ?? 1_000),
    handlerTimeoutMs: never,
    refreshAfterCall: unchanged,
    refreshAfterRefusal: unchanged,
    refreshAfterClose: unchanged,
    refreshAfterDisconnect: unchanged,
  }),

  answersNonsense: () => ({
    serverReceivesNonsense: unchanged,
    clientReceivesNonsense: unchanged,
    strangersEnd: () => ({ said: 'UNAUTHORIZED, no retry', isMet: ({ reason, retry }) => reason === 'UNAUTHORIZED' && !retry }),
  }),

  clearsInPlace: () => ({ afterClear: askAgainInPlace, mayUnsubscribeLive: (connection, client) => connection.epoch !== client.epoch }),
};

const never = Number.POSITIVE_INFINITY;

function unchanged(state: State): State {
  return state;
}

/** The connection is kept, and with it the name of the client. */
function askAgainInPlace(state: State, name: ClientName): State {
  const { connection, clientIds, epoch } = clientOf(state, name);
  const [known] = Object.values(clientIds);
  const named = known === undefined ? state : withClient(state, name, { clientIds: { ...clientIds, [epoch]: known } });
  return connection === null ? named : withConnection(named, connection, { sentSubscriptions: [] });
}
