/** What the specification itself says at each decision: nothing for most, and for the others the rule of its family. */

import { mayUpdateByOneRole } from '../permissions/may-update.ts';
import { isCompatible } from '../schema/difference.ts';
import { learnHash } from '../schema/schema-exchange.ts';
import { awaitChance, isSteady } from '../session/back-off.ts';
import { takeKeys } from '../session/keys.ts';
import {
  askAgain,
  askAgainAfterMs,
  asksFirst,
  delayByExpiryMs,
  endCall,
  handlerAnswered,
  reconnectByHandler,
  scheduleAfterAcceptance,
  stopAsking,
} from '../session/refresh.ts';
import { mayGiveUp } from '../session/silence.ts';
import { keepLiveConnection, waitsForAnswer } from '../session/start-session.ts';
import { awaitUpdate } from '../session/update-session-token.ts';
import { joinGroup, settleCost } from '../sharing/sharing.ts';
import { closeTimeoutMs, heartbeatMs, longestSilenceMs, refreshTimeoutMs, type State } from '../state.ts';
import { reconnect } from '../store/clear.ts';
import { rowsBehind } from '../subscriptions/rows.ts';
import { reconsiderOne } from '../subscriptions/subscriptions.ts';
import { noteNonsense } from '../wire/client-receives.ts';
import { sayHello } from '../wire/client-sends.ts';
import { isExpiryTimerDue } from '../wire/expiry.ts';
import { breakConnection } from '../wire/server-receives.ts';
import { lawfulEnd } from '../wire/strangers.ts';
import { owedAnswer } from '../wire/turn.ts';
import { rowSeen } from '../writes/row-seen.ts';
import type { Decisions } from './decisions.ts';

const unchanged = (state: State): State => state;
const no = (): boolean => false;

export const law: Decisions<State> = {
  statusUnconnected: 'CLOSED',
  leaveSession: unchanged,
  beforeFirstAttempt: unchanged,
  isCloseUntold: no,
  keepConnection: keepLiveConnection,
  disconnectUnconnected: unchanged,
  isBeginning: no,
  waitsForAnswer,
  takeAnswer: handlerAnswered,
  tokenUnderUpdate: () => null,
  beginUpdate: awaitUpdate,
  judgeFirst: (judgement) => judgement,
  takeKeys,

  isRefreshable: () => true,
  delayByExpiryMs,
  asksBeforeAttempt: asksFirst,
  mayHandlersBeExpired: true,
  refreshFromStart: unchanged,
  refreshAfterAcceptance: scheduleAfterAcceptance,
  cycleWhileSubmitting: () => ({ at: 'submitting' }),
  askAgainAfterMs,
  handlerTimeoutMs: refreshTimeoutMs,
  refreshAfterCall: endCall,
  refreshAfterRefusal: askAgain,
  refreshAfterClose: reconnectByHandler,
  refreshAfterDisconnect: stopAsking,

  afterSocketOpened: unchanged,
  sayHello,
  isSteady,
  spreadBackOff: awaitChance,
  isSessionError: ({ reason, retry }) => reason !== null && !retry,
  afterCrossingClose: unchanged,
  closingOwedAfterMs: closeTimeoutMs,
  mayGiveUp,
  silenceOwedAfterMs: { client: 2 * heartbeatMs.client, late: longestSilenceMs, server: longestSilenceMs, ping: heartbeatMs.client },
  isExpiryTimerDue,
  requirePongAllowed: () => {},
  serverReceivesNonsense: breakConnection,
  clientReceivesNonsense: noteNonsense,
  strangersEnd: lawfulEnd,
  afterClear: reconnect,
  mayUnsubscribeLive: no,

  rowsBehind,
  beforeAnswer: unchanged,
  afterAnswer: reconsiderOne,
  answerEnded: unchanged,
  beforeAdvance: unchanged,
  withAcknowledged: () => ({}),
  mayShowAnything: no,
  mayRepeatResults: no,
  isSameMark: (expected, shown) => expected === shown,
  mayRepeatFulfilment: no,

  rowSeen,
  deleteUnseen: () => 'EntityNotFoundError',
  isNoWrite: no,
  expectSyncs: (expected, entities) => [...expected, ...entities],
  expectFailures: (expected, told) => [...expected, ...told],
  failureTold: ([next], { entity, error }) => (next?.entity === entity && next.error === error ? 0 : -1),
  mayUpdate: mayUpdateByOneRole,

  isSchemaUntold: ({ hello }) => hello?.schema === null,
  learnHash,
  pushCloses: (own, pushed) => !isCompatible(own, pushed),
  outcomeTold: (outcome) => outcome,
  owedAnswer,

  joinGroup,
  settleCost,
};
