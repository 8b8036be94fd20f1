/** What a session is where another system promises something else (S1, S2, S3, S8, S11). */
import { clientOf, settle, withClient, withStatus } from '../../change.ts';
import type { Session } from '../../client-state.ts';
import type { ClientName } from '../../observations.ts';
import { takeKeysForGood } from '../../session/keys.ts';
import { asksFirst } from '../../session/refresh.ts';
import { beginAttempt, detached } from '../../session/session.ts';
import { askFirst } from '../../session/start-session.ts';
import type { State } from '../../state.ts';
import type { Token } from '../../tokens.ts';
import { expectError } from '../../wire/client-receives.ts';
import { introduce } from '../../wire/client-sends.ts';
import type { Overrides } from './override.ts';

export const sessions: Overrides<
  | 'opensWithSocket'
  | 'saysTokenAtOpening'
  | 'beginsWithAnswer'
  | 'tellsReplacedClosing'
  | 'tellsErrorBeforeStatus'
  | 'tellsErrorWhileClosing'
  | 'tellsFourSessionErrors'
  | 'refusesExpiredAsUnauthorized'
  | 'keepsFirstKeys'
  | 'resolvesUpdatesUnanswered'
> = {
  opensWithSocket: () => ({
    afterSocketOpened: (state, name) => withStatus(state, name, 'OPEN'),
  }),

  saysTokenAtOpening: () => ({
    sayHello: (state, name, _connection, present, hello) => introduce(state, name, present, hello, present.attemptedWith),
  }),

  beginsWithAnswer: (base) => ({
    isBeginning,
    waitsForAnswer: asksFirst,
    keepConnection: (state, name, promise) => {
      const isLive = clientOf(state, name).connection !== null;
      return isLive && asksFirst(state, name) ? askFirst(state, name, promise, true) : base.keepConnection(state, name, promise);
    },
    takeAnswer: (state, name, call, token) => {
      const { session } = clientOf(state, name);
      const isAnswered = session !== null && session.cycle.at === 'asking' && session.cycle.call === call;
      return isAnswered && isBeginning(session)
        ? beginWith(state, name, session, token ?? session.token)
        : base.takeAnswer(state, name, call, token);
    },
  }),

  tellsReplacedClosing: (base) => ({
    statusUnconnected: 'UNINITIALIZED',
    leaveSession: (state, name) => {
      const left = base.leaveSession(state, name);
      return clientOf(left, name).session === null ? left : withStatus(left, name, 'CLOSING');
    },
    beforeFirstAttempt: (state, name) => withStatus(state, name, 'UNINITIALIZED'),
  }),

  tellsErrorBeforeStatus: (base) => ({
    isCloseUntold,
    leaveSession: (state, name) => base.leaveSession(isCloseUntold(state, name) ? withoutUntoldClose(state, name) : state, name),
    keepConnection: (state, name, promise) =>
      base.keepConnection(state, name, promise) ?? (isCloseUntold(state, name) ? settle(state, name, promise, null) : null),
    disconnectUnconnected: (state, name) =>
      isCloseUntold(state, name) ? withStatus(withStatus(withoutUntoldClose(state, name), name, 'CLOSING'), name, 'CLOSED') : state,
  }),

  tellsErrorWhileClosing: () => ({ afterCrossingClose: expectError }),

  tellsFourSessionErrors: () => ({
    isSessionError: ({ reason }) =>
      reason === 'UNAUTHORIZED' || reason === 'TOKEN_EXPIRED' || reason === 'ROLES_MISMATCH' || reason === 'SCHEMA_MISMATCH',
  }),

  refusesExpiredAsUnauthorized: () => ({ judgeFirst: (judgement) => (judgement === 'TOKEN_EXPIRED' ? 'UNAUTHORIZED' : judgement) }),

  keepsFirstKeys: () => ({ takeKeys: takeKeysForGood }),

  resolvesUpdatesUnanswered: (base) => ({
    tokenUnderUpdate: ({ token }) => token,
    beginUpdate: (state, name, promise, token) => base.beginUpdate(settle(state, name, promise, null), name, settledAlready, token),
  }),
};

/** The name of no promise: what comes of the update is nobody's to hear. */
const settledAlready = 'settled already';

/** There is no session until the handler has answered. */
function isBeginning(session: Session): boolean {
  return session.waitingStart !== null;
}

/** The session goes on with what there is; under another token it is replaced. */
function beginWith(state: State, name: ClientName, session: Session, token: Token): State {
  const { statusUnconnected, leaveSession, refreshFromStart } = state.decisions;
  const told = settle(state, name, session.waitingStart, null);
  const isReplaced = token.label !== session.token.label && clientOf(state, name).status !== statusUnconnected;
  const left = isReplaced ? withClient(leaveSession(told, name), name, detached(clientOf(told, name))) : told;
  const begun: Session = { ...session, token, cycle: { at: 'idle' }, waitingStart: null, attemptWaits: false };
  const stored = refreshFromStart(
    withClient(isReplaced ? withStatus(left, name, statusUnconnected) : left, name, { session: begun }),
    name,
  );
  return session.attemptWaits && clientOf(stored, name).connection === null ? beginAttempt(stored, name) : stored;
}

/** CLOSED is still to be told: until it is, the user sees a live connection. */
function isCloseUntold(state: State, name: ClientName): boolean {
  return clientOf(state, name).expectedStatuses.at(-1) === 'CLOSED';
}

function withoutUntoldClose(state: State, name: ClientName): State {
  return withClient(state, name, { expectedStatuses: clientOf(state, name).expectedStatuses.slice(0, -1) });
}
