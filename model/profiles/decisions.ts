/**
 * What profiles may decide in another way than the law, one entry for each such place in the rules. The rules ask these
 * and nothing else: which switches a profile has on is not theirs to know. `law.ts` holds what the specification says,
 * `overrides/` what each switch makes of it. The state carries its decisions, so that it is a parameter here.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { ClientState, ExpectedFailure, Held, RefreshCycle, Session, Subscription, TokenUpdate } from '../client-state.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import type { ClientName, Status } from '../observations.ts';
import type { MayUpdate } from '../permissions/may-update.ts';
import type { PushOutcome } from '../server-state.ts';
import type { Judgement, Token } from '../tokens.ts';
import type { Closing, Hello, Nonsense, StrangersEnd, StrangerWord } from '../wire/words.ts';
import type { Change, Write } from '../writes/changes.ts';
import type { Rows, StoredRow } from '../writes/log.ts';

export interface Decisions<State>
  extends SessionDecisions<State>,
    RefreshDecisions<State>,
    ConnectionDecisions<State>,
    SubscriptionDecisions<State>,
    WriteDecisions<State>,
    SchemaDecisions<State>,
    SharingDecisions<State> {}

/** What the calls of a user do to a session (S1, S2, S3, S8, S10). */
interface SessionDecisions<State> {
  /** S1: the status of a session that has never been connected. */
  readonly statusUnconnected: Status;
  /** S1, S8: a session is ended, or replaced by another. */
  readonly leaveSession: (state: State, name: ClientName) => State;
  /** S1: a new session is about to be connected for the first time. */
  readonly beforeFirstAttempt: (state: State, name: ClientName) => State;
  /** S8: whether the user has heard of an error, and not yet of the end of the connection that comes with it. */
  readonly isCloseUntold: (state: State, name: ClientName) => boolean;
  /** S2: the same token again, with `connect`: what becomes of a connection that lives; null: none does. */
  readonly keepConnection: (state: State, name: ClientName, promise: string) => State | null;
  /** S3, S9: `disconnect()` without a connection. */
  readonly disconnectUnconnected: (state: State, name: ClientName) => State;
  /** S2: whether a call of the handler is to bring the session its first token. */
  readonly isBeginning: (session: Session) => boolean;
  /** S2: whether a session that begins with an expired token waits for the handler. */
  readonly waitsForAnswer: (state: State, name: ClientName, connects: boolean) => boolean;
  /** S2, S7: the answer of the refresh handler reaches the client. */
  readonly takeAnswer: (state: State, name: ClientName, call: number, token: Token | null) => State;
  /** S2: the token in use while an update is pending; null: what the server will make of it is not known. */
  readonly tokenUnderUpdate: (update: TokenUpdate) => Token | null;
  /** S3: an update goes to the server, and its promise waits for the answer. */
  readonly beginUpdate: (state: State, name: ClientName, promise: string, token: Token) => State;
  /** S11: how the server judges a token that it has not accepted before. */
  readonly judgeFirst: (judgement: Judgement) => Judgement;
  /** S11: the server says which keys it goes by. */
  readonly takeKeys: (state: State, keys: readonly string[]) => State;
}

/** When the refresh handler runs (S7). */
interface RefreshDecisions<State> {
  /** S7: whether a token is looked at for its next refresh. */
  readonly isRefreshable: (token: Token) => boolean;
  /** S7: how long before the expiry the handler runs; null: no call is scheduled by it. */
  readonly delayByExpiryMs: (untilExpiryMs: number) => number | null;
  /** S7: whether the handler is asked before an attempt that would begin now. */
  readonly asksBeforeAttempt: (state: State, name: ClientName) => boolean;
  /** S7: whether the handler may bring a token that the client's clock calls expired. */
  readonly mayHandlersBeExpired: boolean;
  /** S7: a session begins, or has another token. */
  readonly refreshFromStart: (state: State, name: ClientName) => State;
  /** S7: the server has accepted a token; `endsCall`: that of a call of the handler. */
  readonly refreshAfterAcceptance: (state: State, name: ClientName, endsCall: boolean) => State;
  /** S7: the handler's token is on its way to the server. */
  readonly cycleWhileSubmitting: (state: State, name: ClientName, session: Session, token: Token) => RefreshCycle;
  /** S7: how long after a failure the handler is asked again. */
  readonly askAgainAfterMs: (session: Session) => number;
  /** S7: after how long a call of the handler has failed. */
  readonly handlerTimeoutMs: number;
  /** S7: a call of the handler has come to an end without an acceptance. */
  readonly refreshAfterCall: (state: State, name: ClientName) => State;
  /** S7: the server has refused the handler's token. */
  readonly refreshAfterRefusal: (state: State, name: ClientName) => State;
  /** S7: a close of the server says that another token is needed: `ask` says when. */
  readonly refreshAfterClose: (state: State, name: ClientName, ask: (state: State, name: ClientName) => State) => State;
  /** S7: the session is closed by its user. */
  readonly refreshAfterDisconnect: (state: State, name: ClientName) => State;
}

/** Connections: how they open, what is said on them, how they end (S1, S2, S5, S8, S9, B1, B2, K1). */
interface ConnectionDecisions<State> {
  /** S1: the socket of the session's connection opens. */
  readonly afterSocketOpened: (state: State, name: ClientName) => State;
  /** S2, K1, C4: a client says hello; `present` is the connection before that. */
  readonly sayHello: (state: State, name: ClientName, connection: number, present: ConnectionState, hello: Hello) => State;
  /** S9: the connection of the session ends: whether it lived long enough for the back-off to start over. */
  readonly isSteady: (state: State, name: ClientName) => boolean;
  /** S9: a client tries again after a back-off, or after a part of it. */
  readonly spreadBackOff: (state: State, name: ClientName, backOffMs: number) => State;
  /** S8: whether a close of the server is told as a session error. */
  readonly isSessionError: (closing: Closing) => boolean;
  /** S8: the server closes a connection that the client was about to close. */
  readonly afterCrossingClose: (state: State, name: ClientName, closing: Closing) => State;
  /** S1: after how long CLOSING is owed its end. */
  readonly closingOwedAfterMs: number;
  /** S9: whether a client may give up the connection of its session for silence. */
  readonly mayGiveUp: (state: State, client: ClientState, connection: ConnectionState) => boolean;
  /** S9: after how much silence an end owes giving up a connection, and a client a ping; `late`: at a beat that comes late. */
  readonly silenceOwedAfterMs: { readonly client: number; readonly late: number; readonly server: number; readonly ping: number };
  /** S5: whether a connection is owed its close since its token has expired. */
  readonly isExpiryTimerDue: (state: State, connection: ConnectionState) => boolean;
  /** S5: the server answers a ping. */
  readonly requirePongAllowed: (state: State, connection: ConnectionState) => void;
  /** B1: the server, or a client, hears what is no frame. */
  readonly serverReceivesNonsense: (state: State, connection: number, nonsense: Nonsense) => State;
  readonly clientReceivesNonsense: (state: State, connection: number) => State;
  /** B1, B2: how a stranger that broke the protocol is left. */
  readonly strangersEnd: (said: StrangerWord | 'borrowedId') => { readonly said: string; readonly isMet: (end: StrangersEnd) => boolean };
  /** K1: the client's data are gone, and it begins as another client. */
  readonly afterClear: (state: State, name: ClientName) => State;
  /** Q4, K1: whether a client may unsubscribe what it follows. */
  readonly mayUnsubscribeLive: (connection: ConnectionState, client: ClientState) => boolean;
}

/** What subscriptions hold and show (Q2, Q4, Q5, Q6). */
interface SubscriptionDecisions<State> {
  /** Q2: the rows that a subscription's result is made of. */
  readonly rowsBehind: (state: State, client: ClientState, subscription: Subscription) => Rows;
  /** Q2: an answer brings rows, before the subscription holds them. */
  readonly beforeAnswer: (state: State, name: ClientName, query: Query, held: Held) => State;
  /** Q2, Q6: what may be shown once an answer is held; `isFirst`: of its session. */
  readonly afterAnswer: (state: State, name: ClientName, subscription: string, isFirst: boolean) => State;
  /** Q4: an answer comes for a subscription that has ended. */
  readonly answerEnded: (state: State, name: ClientName, query: Query, held: Held) => State;
  /** Q2, Q5: subscriptions are about to advance to a version. */
  readonly beforeAdvance: (state: State, name: ClientName, connection: number, subscriptions: readonly string[], version: number) => State;
  /** Q2: what else changes in a client when a write of its own is acknowledged. */
  readonly withAcknowledged: (client: ClientState, write: Write) => Partial<ClientState>;
  /** Q2, Q6: whether a subscription may show anything, or nothing, for now. */
  readonly mayShowAnything: (subscription: Subscription) => boolean;
  /** Q2: whether it may show these rows again. */
  readonly mayRepeatResults: (subscription: Subscription, rows: readonly Row[]) => boolean;
  /** Q6: whether results marked in one way pass for results marked in the other. */
  readonly isSameMark: (expected: boolean, shown: boolean) => boolean;
  /** Q6: whether it may tell again that it is fulfilled. */
  readonly mayRepeatFulfilment: (subscription: Subscription) => boolean;
}

/** Local writes, and what comes of them (W1, W3, W4, P1). */
interface WriteDecisions<State> {
  /** W3: the row that an update or delete sees, under `earlier` changes of its transaction. */
  readonly rowSeen: (
    state: State,
    client: ClientState,
    collection: string,
    id: string,
    earlier: readonly Change[],
  ) => StoredRow | undefined;
  /** W3: a delete of a row that is not seen: the change that it is, or the error that it fails with. */
  readonly deleteUnseen: (collection: string, id: string) => Change | string;
  /** W1: whether an operation is no write at all. */
  readonly isNoWrite: (change: Change, seen: () => StoredRow | undefined) => boolean;
  /** W1: which acknowledgements are to be told, after those that are. */
  readonly expectSyncs: (expected: readonly string[], entities: readonly string[]) => readonly string[];
  /** W4: which rejections are to be told, after those that are. */
  readonly expectFailures: (expected: readonly ExpectedFailure[], told: readonly ExpectedFailure[]) => readonly ExpectedFailure[];
  /** W4: which of the expected rejections one that is told stands for; -1: none. */
  readonly failureTold: (expected: readonly ExpectedFailure[], told: ExpectedFailure) => number;
  /** P1: whether roles together let an update pass. */
  readonly mayUpdate: MayUpdate;
}

/** Schemas of clients, and pushes (C3, C4, C5, S6). */
interface SchemaDecisions<State> {
  /** C4: whether a client has said nothing by which its schema could be judged. */
  readonly isSchemaUntold: (connection: ConnectionState) => boolean;
  /** C4: a client says the hash of its schema. */
  readonly learnHash: (state: State, client: ClientState, hash: string | null) => State;
  /** C4: whether a push closes a connection whose client has that schema. */
  readonly pushCloses: (own: Schema | null, pushed: Schema) => boolean;
  /** C3: how the outcome of a push is told. */
  readonly outcomeTold: (outcome: PushOutcome) => PushOutcome;
  /** S6, C5: the subscription of a connection that is owed another answer before any other data. */
  readonly owedAnswer: (connection: ConnectionState) => readonly [name: string, served: ServedSubscription] | undefined;
}

/** Who shares what at the server (H1, H2). */
interface SharingDecisions<State> {
  /** H1: a subscription joins the group of its normal form. */
  readonly joinGroup: (state: State, group: string, form: string, subscription: string) => State;
  /** H2: the bill of a commit, at the end of its task. */
  readonly settleCost: (state: State) => State;
}
