/** When a client may begin an attempt to connect, and what a connection is at first (S2, S7, S9, S10). */
import { boundInTheWay } from '../bounds/connection-bounds.ts';
import { clientOf, withClient, withConnection, withStatus } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { mustAsk } from './refresh.ts';

export function beginConnection(state: State, name: ClientName, connection: number): State {
  const client = clientOf(state, name);
  const due = client.attemptDue;
  if (due === null || state.nowMs < due.atMs) {
    const rule = client.late ? 'S2' : client.session === null ? 'S10' : 'S9';
    return reject(
      rule,
      'attempt undue',
      `${name} began an attempt to connect that nothing called for`,
      [due === null ? 'no attempt' : `an attempt at ${due.atMs} ms`],
      `an attempt at ${state.nowMs} ms`,
    );
  }
  if (mustAsk(state, name))
    return reject(
      'S7',
      'attempt before the call',
      `${name} began an attempt with a token that its clock calls expired`,
      ['a call of the refresh handler first'],
      `an attempt at ${state.nowMs} ms`,
    );
  const begun = withClient(state, name, { attemptDue: null, connection, closing: null });
  const connecting = withStatus(begun, name, 'CONNECTING');
  return {
    ...connecting,
    connections: {
      ...connecting.connections,
      [connection]: {
        client: name,
        epoch: client.epoch,
        clientSchema: client.schema,
        attemptedWith: client.session?.token.label ?? null,
        schema: 'unasked',
        broken: null,
        mustGiveUp: null,
        mustClose: null,
        answering: null,
        answersUnderWay: [],
        openAtServer: false,
        openAtClient: false,
        hello: null,
        accepted: null,
        incarnation: null,
        expiryDueMs: null,
        updates: [],
        subscriptions: {},
        unsubscribed: [],
        left: [],
        writesSent: {},
        writesReceived: [],
        forked: false,
        acknowledged: [],
        sentSubscriptions: [],
        saidHello: false,
        cutOff: false,
        lastWriteSent: 0,
        clientSentMs: state.nowMs,
        pingedMs: null,
        heardSincePing: false,
        unansweredPingMs: null,
        attemptedMs: state.nowMs,
        openedMs: state.nowMs,
        openedAtServerMs: state.nowMs,
        acceptedMs: state.nowMs,
        clientHeardMs: state.nowMs,
        serverHeardMs: state.nowMs,
        isPaused: false,
        serverClosing: null,
        queue: [],
        behind: null,
        waiting: [],
        isInHand: false,
        turn: null,
      },
    },
  };
}

/** The socket opened. Where OPEN waits for the server's acceptance nothing shows of it yet (S1). */
export function openAtBothEnds(state: State, name: ClientName, connection: number): State {
  const opened = withConnection(state, connection, {
    openAtServer: true,
    openAtClient: true,
    openedMs: state.nowMs,
    openedAtServerMs: state.nowMs,
    serverHeardMs: state.nowMs,
    mustClose: turnedAway(state, name),
  });
  return clientOf(state, name).connection === connection ? state.decisions.afterSocketOpened(opened, name) : opened;
}

/** A server that reads its log takes nobody (W2), and one that is full nobody more (B5). */
function turnedAway(state: State, name: ClientName): ConnectionState['mustClose'] {
  if (state.server.phase === 'recovering') return { rule: 'W2', reason: 'INTERNAL_ERROR', retry: true };
  const bound = boundInTheWay(state, name);
  return bound === null ? null : { rule: 'B5', reason: 'LIMIT_EXCEEDED', retry: true, bound };
}
