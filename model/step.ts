/**
 * The model's one function: `step(state, action)`. Total and pure; where the action is not allowed it answers with the
 * rule that was broken, and never throws.
 */
import type { Action, ClientName, ClientWord, Command, Observation, Quiescence } from './actions.ts';
import { clientOf, connectionOf, withClient, withConnection, withServer, withStatus } from './change.ts';
import { hashedPart, textOfSchema } from './difference.ts';
import { closeByClient, hear, hearClose } from './hearing.ts';
import { seededVersions } from './log.ts';
import { isStatusDue, matchOne, matchStatuses, requireNothingMissing } from './observe.ts';
import { owedNow } from './pending.ts';
import { beginRecovery, beginStop, failAppend, recover, stop } from './recovery.ts';
import { onAnswered, onAsked } from './refresh.ts';
import { type Rejected, Rejection, reject } from './rejection.ts';
import type { Schema } from './schema.ts';
import { beginSchemaAppend, commitSchema, pushSchema, settlePush } from './schema-changes.ts';
import { beginAppend, closeByServer, concludeAppend, endAppend, receive, say } from './server.ts';
import { connect, disconnect, endSession, startSession, updateSessionToken } from './session.ts';
import { countEncoding, countEvaluation, requirePartition, settleCost, settleUnsubscribes } from './sharing.ts';
import {
  type ClientState,
  type ConnectionState,
  type ModelConfiguration,
  type ServedSubscription,
  type State,
  versionOf,
  wallMs,
} from './state.ts';
import { clear, crash, finishClear } from './store.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';
import { keep, lose, write } from './writes.ts';

export type Step = { readonly ok: true; readonly state: State } | { readonly ok: false; readonly rejected: Rejected };

export function step(state: State, action: Action): Step {
  try {
    return { ok: true, state: next(state, action) };
  } catch (problem) {
    if (problem instanceof Rejection) return { ok: false, rejected: problem.rejected };
    throw problem;
  }
}

export function initialState(configuration: ModelConfiguration): State {
  const clients: Record<ClientName, ClientState> = {};
  const wallOffsetsMs: Record<string, number> = { server: 0 };
  const schema = configuration.schema ?? null;
  for (const { name, knowsRoles, wallClockSkewMs, schema: own } of configuration.clients) {
    clients[name] = newClient(name, knowsRoles, own ?? null);
    wallOffsetsMs[name] = wallClockSkewMs;
  }
  return {
    configuration,
    nowMs: 0,
    wallOffsetsMs,
    tokens: {},
    lastBlockedMs: {},
    clients,
    connections: {},
    server: {
      phase: 'running',
      schema,
      schemaVersion: 0,
      knownSchemas: schema === null ? {} : { [hashedPart(schema)]: 'own' },
      hashes: {},
      pushes: [],
      expectedPushes: {},
      heldKeys: [],
      publishedKeys: configuration.firstKeys,
      fetches: 0,
      appending: null,
      versions: seededVersions(configuration),
      rejections: [],
      lastSequence: {},
      groups: {},
      cost: null,
    },
  };
}

function newClient(name: ClientName, knowsRoles: boolean, schema: Schema | null): ClientState {
  return {
    name,
    knowsRoles,
    schema,
    status: 'UNINITIALIZED',
    session: null,
    connection: null,
    closing: null,
    attemptDue: null,
    failuresInARow: 0,
    updates: [],
    subscriptions: {},
    queries: {},
    epoch: 1,
    epochsBegun: 1,
    clientIds: {},
    writes: [],
    discarded: {},
    cache: {},
    clears: [],
    promises: {},
    expectedStatuses: [],
    expectedErrors: [],
    expectedSyncs: [],
    expectedFailures: [],
    observed: [],
    late: false,
  };
}

function next(state: State, action: Action): State {
  switch (action.kind) {
    case 'command':
      return command(state, action.client, action.command);
    case 'refreshAnswered': {
      const known = action.token === null ? state : { ...state, tokens: { ...state.tokens, [action.token.label]: action.token } };
      return onAnswered(known, action.client, action.call, action.token);
    }
    case 'observed':
      return observe(state, action.client, action.observation);
    case 'attempted':
      return attempt(state, action.client, action.connection);
    case 'opened':
      return withConnection(state, action.connection, {
        openAtServer: true,
        openAtClient: true,
        openedMs: state.nowMs,
        serverHeardMs: state.nowMs,
        // A server that reads its log takes nobody (W2).
        mustClose: state.server.phase === 'recovering' ? { rule: 'W2', reason: 'INTERNAL_ERROR', retry: true } : null,
      });
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
      return beginAppend(state, action.client, action.clientId, action.sequence);
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
  const waits = observation.saw === 'status' && !isStatusDue(told, name, observation.status);
  return waits ? told : withClient(matchOne(told, name, observation), name, { observed: clientOf(state, name).observed });
}

function attempt(state: State, name: ClientName, connection: number): State {
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
  const begun = withClient(state, name, { attemptDue: null, connection, closing: null });
  const connecting = withStatus(begun, name, 'CONNECTING');
  return {
    ...connecting,
    connections: {
      ...connecting.connections,
      [connection]: {
        client: name,
        epoch: client.epoch,
        schema: 'unasked',
        broken: false,
        heardNonsense: false,
        mustClose: null,
        answersUnderWay: [],
        openAtServer: false,
        openAtClient: false,
        hello: null,
        accepted: null,
        expiryDueMs: null,
        updates: [],
        subscriptions: {},
        unsubscribed: [],
        left: [],
        writesReceived: [],
        acknowledged: [],
        sentSubscriptions: [],
        saidHello: false,
        cutOff: false,
        lastWriteSent: 0,
        clientSentMs: state.nowMs,
        openedMs: state.nowMs,
        clientHeardMs: state.nowMs,
        serverHeardMs: state.nowMs,
        serverClosing: null,
      },
    },
  };
}

/** What a client may send: only on its session's connection, and nothing twice (S2, S4, W1). */
function send(before: State, name: ClientName, connection: number, word: ClientWord): State {
  const client = clientOf(before, name);
  const present = connectionOf(before, connection);
  const state = withConnection(before, connection, { clientSentMs: before.nowMs, saidHello: present.saidHello || word.word === 'hello' });
  if (client.connection !== connection)
    return reject(
      'S2',
      `sent ${word.word} on a replaced connection`,
      `${name} spoke on a connection that is not its session's`,
      ['nothing'],
      word.word,
    );
  if (word.word !== 'hello' && word.word !== 'schemaSaid' && word.word !== 'nonsense' && client.status !== 'OPEN') {
    const rule = word.word === 'ping' ? 'S9' : 'S1';
    return reject(rule, `sent ${word.word} before OPEN`, `${name} spoke before its token was accepted`, ['hello'], word.word);
  }
  switch (word.word) {
    case 'hello':
      if (present.saidHello) return reject('S2', 'hello again', `${name} said hello twice on one connection`, ['once'], word.token);
      if (client.session?.token.label !== word.token)
        return reject(
          'S2',
          'hello with another token',
          `${name} said hello with another token than its session's`,
          [client.session?.token.label ?? 'none'],
          word.token,
        );
      return withSchemaSaid(withClientId(state, client, word.clientId), client, word.schema);
    case 'schemaSaid':
      if (present.schema !== 'heard')
        return reject('C4', 'schema said unasked', `${name} told its schema unasked`, ['nothing'], 'its schema');
      return withConnection(state, connection, { schema: 'said' });
    case 'nonsense':
      return reject('B1', 'nonsense', `${name} said what is no frame`, ['a frame'], word.nonsense);
    case 'updateToken': {
      const next = client.updates.find((update) => update.request === null);
      if (next === undefined || next.token.label !== word.token || client.status !== 'OPEN')
        return reject(
          'S3',
          'update unasked',
          `${name} sent a token update that is not its next`,
          [next?.token.label ?? 'none'],
          word.token,
        );
      const updates = client.updates.map((update) => (update === next ? { ...update, request: word.request } : update));
      return withClient(state, name, { updates });
    }
    case 'subscribe':
      if (present.sentSubscriptions.includes(word.subscription))
        return reject(
          'S4',
          'subscribed again',
          `${name} re-sent the subscription ${word.subscription} on one connection`,
          ['once'],
          word.subscription,
        );
      if (client.subscriptions[word.subscription] === undefined)
        return reject(
          'Q4',
          'subscribed after unsubscribe',
          `${name} subscribed ${word.subscription}, which has ended`,
          ['nothing'],
          word.subscription,
        );
      return withConnection(state, connection, { sentSubscriptions: [...present.sentSubscriptions, word.subscription] });
    case 'unsubscribe':
      if (client.subscriptions[word.subscription] !== undefined)
        return reject(
          'Q4',
          'unsubscribed a live one',
          `${name} unsubscribed ${word.subscription}, which lives`,
          ['nothing'],
          word.subscription,
        );
      return state;
    case 'write': {
      const known = client.writes.find((candidate) => candidate.sequence === word.sequence);
      if (known?.stored === false)
        return reject(
          'W1',
          'sent before stored',
          `${name} sent write ${word.sequence}, which its storage does not hold yet`,
          ['nothing'],
          `${word.sequence}`,
        );
      if (known === undefined || known.acknowledged || known.isRolledBack || word.sequence <= present.lastWriteSent)
        return reject(
          'W1',
          'write out of order',
          `${name} sent write ${word.sequence} out of order, twice, or after its acknowledgement`,
          [`a write after ${present.lastWriteSent}`],
          `${word.sequence}`,
        );
      return withConnection(state, connection, { lastWriteSent: word.sequence });
    }
    case 'ping':
      return state;
  }
}

/** One id for each epoch, never one that was used before (K1, K2). */
function withClientId(state: State, { name, epoch, clientIds }: ClientState, clientId: string): State {
  const known = clientIds[epoch];
  if (known === clientId) return state;
  const isUsed = Object.values(clientIds).includes(clientId);
  if (known !== undefined || isUsed)
    return reject(isUsed ? 'K1' : 'K2', 'another client id', `${name} said another client id`, [known ?? 'a fresh one'], clientId);
  return withClient(state, name, { clientIds: { ...clientIds, [epoch]: clientId } });
}

/** A hash where there is a schema; equal schemas, equal hashes, and no others (C4). */
function withSchemaSaid(state: State, { name, schema }: ClientState, hash: string | null): State {
  const text = schema === null ? null : hashedPart(schema);
  if (text === null || hash === null) {
    if (text === hash) return state;
    return reject('C4', 'schema hash', `${name} said a hash that is not its schema's`, [text === null ? 'none' : 'a hash'], hash ?? 'none');
  }
  const { hashes } = state.server;
  const other = Object.entries(hashes).find(([known, of]) => (known === hash) !== (of === text));
  if (other !== undefined) return reject('C4', 'schema hash', 'hashes are equal exactly where schemas are', [other[0]], hash);
  return withServer(state, { hashes: { ...hashes, [hash]: text } });
}

/** Whoever is not understood is told so, and left (B1, B2). */
function judgeStranger(state: State, { said, closing }: Extract<Action, { readonly kind: 'strangerHeard' }>): State {
  if (closing?.reason === 'INTERNAL_ERROR' && !closing.retry && closing.explained) return state;
  const shown = closing === null ? 'an open connection' : `${closing.reason ?? 'no reason'}${closing.explained ? '' : ', unexplained'}`;
  const rule = said === 'otherVersion' ? 'B2' : 'B1';
  return reject(rule, `a stranger's ${said}`, 'a stranger broke the protocol', ['INTERNAL_ERROR, explained, no retry'], shown);
}

function staleOf({ subscriptions, unsubscribed }: ConnectionState): readonly [string, ServedSubscription] | undefined {
  return Object.entries(subscriptions).find(([name, { stale }]) => stale !== null && !unsubscribed.includes(name));
}

/** What the server must do in the same breath, and a client that heard nonsense too (W2, C4, B1). */
function requireBreathEnded(state: State): State {
  for (const connection of Object.values(state.connections)) {
    const { mustClose, serverClosing, openAtServer, client, heardNonsense, openAtClient } = connection;
    const stale = openAtServer && serverClosing === null ? staleOf(connection) : undefined;
    if (stale !== undefined)
      reject(
        stale[1].stale ?? 'C5',
        'not answered anew',
        `${stale[0]} of ${client} was not answered anew at once`,
        ['an answer'],
        'nothing',
      );
    if (mustClose !== null && openAtServer && serverClosing === null)
      reject(mustClose.rule, 'not closed', `the server did not close a connection of ${client}`, [mustClose.reason], 'it is open');
    if (heardNonsense && openAtClient)
      reject(
        'B1',
        'nonsense accepted',
        `${client} goes on with a server that talks nonsense`,
        ['the connection is given up'],
        'it is open',
      );
  }
  return state;
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

/** Exact equality where nothing hinders: statuses, tokens, results, groups, and nothing owed (§3.3). */
function requireQuiescence(state: State, quiescence: Quiescence): State {
  for (const client of Object.values(state.clients)) {
    requireNothingMissing(client);
    const status = quiescence.statuses[client.name];
    if (status !== client.status) reject('S1', 'status differs', `the status of ${client.name} differs`, [client.status], status ?? 'none');
    const token = quiescence.tokens[client.name] ?? null;
    const expected = client.session?.token.label ?? null;
    if (token !== expected)
      reject('S3', 'token differs', `the token that ${client.name} holds differs`, [expected ?? 'none'], token ?? 'none');
  }
  for (const [push] of Object.entries(state.server.expectedPushes))
    reject('C3', 'push never settled', `${push} never settled`, ['its outcome'], 'nothing');
  for (const client of Object.values(state.clients))
    requireSchema(`the schema of ${client.name}`, client.schema, quiescence.schemas[client.name]);
  const [owed] = owedNow(state, quiescence);
  if (owed !== undefined)
    reject(owed.rule, `owed ${owed.what}`, `at quiescence ${owed.whom} is still owed ${owed.what}`, [owed.what], 'nothing');
  if (quiescence.server !== null) requireInspection(state, quiescence.server, quiescence);
  const marked = quiescence.halfOpen.reduce(markCutOff, state);
  const blockedNow = Object.fromEntries(quiescence.blocked.map((label) => [label, state.nowMs]));
  return quiescence.blocked.length === 0
    ? settleUnsubscribes(marked)
    : { ...marked, lastBlockedMs: { ...marked.lastBlockedMs, ...blockedNow } };
}

function fallSilent(state: State, name: ClientName): State {
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
  if (isHindered) return;
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
