/** Whether what the server decides is allowed at that moment: its linearisation points (S5, S6, S11, Q3, W1). */
import type { ClientName, ClientWord, CloseReason, Closing, ServerWord, Token } from './actions.ts';
import { clientOf, connectionOf, withClient, withConnection, withServer } from './change.ts';
import { issuesOfRow } from './conform.ts';
import { hashedPart, isCompatible } from './difference.ts';
import { isKeyKnown, judge, sameRolesAtServer } from './judge.ts';
import { apply, applyAll, keyOf, type Rows } from './log.ts';
import { normalForm } from './normal-form.ts';
import { type Authority, isReadable, mayWrite, readPermit } from './permit.ts';
import type { Query, Row } from './query.ts';
import { reject } from './rejection.ts';
import { costOf, joinGroup } from './sharing.ts';
import {
  type Append,
  type Change,
  type ClientState,
  type ConnectionState,
  heartbeatMs,
  type ServedSubscription,
  type State,
  versionOf,
  type Write,
  wallMs,
} from './state.ts';

export function receive(state: State, connection: number, word: ClientWord): State {
  const present = connectionOf(state, connection);
  const heard = withConnection(state, connection, { serverHeardMs: state.nowMs });
  if (!present.openAtServer || present.serverClosing !== null || present.broken) return heard;
  switch (word.word) {
    case 'hello':
      return withConnection(heard, connection, {
        hello: { token: tokenNamed(state, word.token), fetchesBefore: state.server.fetches, schema: word.schema },
      });
    case 'schemaSaid':
      return learnSchema(withConnection(heard, connection, { schema: 'received' }), present, 'maybe');
    case 'nonsense':
      return withConnection(heard, connection, { broken: true });
    case 'updateToken': {
      const update = { request: word.request, token: tokenNamed(state, word.token), fetchesBefore: state.server.fetches };
      return withConnection(heard, connection, { updates: [...present.updates, update] });
    }
    case 'subscribe': {
      const query = clientOf(state, present.client).queries[word.subscription];
      if (query === undefined)
        return reject('Q4', 'unknown subscription', `${present.client} subscribed what its user never asked for`, [], word.subscription);
      return withConnection(heard, connection, {
        subscriptions: {
          ...present.subscriptions,
          [word.subscription]: { query, answered: false, group: null, form: null, permit: null, stale: null },
        },
        unsubscribed: present.unsubscribed.filter((name) => name !== word.subscription),
      });
    }
    case 'unsubscribe':
      return withConnection(heard, connection, { unsubscribed: [...present.unsubscribed, word.subscription] });
    case 'write':
      return withConnection(heard, connection, { writesReceived: [...present.writesReceived, word.sequence] });
    case 'ping':
      return heard;
  }
}

function tokenNamed(state: State, label: string) {
  return state.tokens[label] ?? reject('S2', 'unknown token', 'a token was sent that nobody minted', Object.keys(state.tokens), label);
}

export function say(state: State, connection: number, word: ServerWord): State {
  const present = connectionOf(state, connection);
  switch (word.word) {
    case 'accepted':
      return accept(state, connection, present);
    case 'tokenAccepted':
      return acceptUpdate(state, connection, present, word.request);
    case 'tokenRefused':
      return refuseUpdate(state, connection, present, word.request, word.reason);
    case 'answered':
      requireReadable(state, present, [word.subscription], word.rows);
      if (present.subscriptions[word.subscription]?.stale === null) requireNothingStale(present);
      return answered(requireData(state, connection, present, word.version), connection, word.subscription, word.group, word.version);
    case 'updated':
      requireFollowers(present, word.subscriptions);
      requireReadable(state, present, word.subscriptions, word.rows);
      requireNothingStale(present);
      return requireData(state, connection, present, word.version);
    case 'progressed':
      requireNothingStale(present);
      requireNoRejectionAt(state, word.version);
      return requireData(state, connection, present, word.version);
    case 'acknowledged':
      return acknowledged(state, connection, present, word.sequence, word.version);
    case 'rejected':
      return rejected(state, connection, present, word.sequence, word.error);
    case 'schemaAsked':
      return askSchema(state, connection, present);
    case 'nonsense':
      return reject('B1', 'nonsense', 'the server said what is no frame', ['a frame'], word.nonsense);
    case 'pong':
      return state;
  }
}

/** An update concerns only subscriptions that were answered on this connection and have not left (H4). */
function requireFollowers(present: ConnectionState, subscriptions: readonly string[]): void {
  const stranger = subscriptions.find((name) => present.subscriptions[name]?.answered !== true || present.left.includes(name));
  if (stranger !== undefined)
    reject('H4', 'update for a stranger', `an update went to ${stranger}, which does not follow it`, ['nothing'], stranger);
}

function accept(state: State, connection: number, present: ConnectionState): State {
  if (state.server.phase !== 'running')
    return reject('W2', 'accepted while down', `${present.client} was accepted while the server was not running`, ['nothing'], 'accepted');
  if (present.hello === null || present.accepted !== null)
    return reject('S11', 'accepted unasked', 'the server accepted a connection that had not said hello', [], 'accepted');
  const judgement = judge(state, present.hello.token);
  if (judgement !== 'good')
    return reject('S11', `accepted ${judgement}`, `the server accepted ${present.hello.token.label}`, [judgement], 'accepted');
  requireSchemaFits(state, present);
  return withAccepted(present.schema === 'received' ? learnSchema(state, present, 'told') : state, connection, present.hello.token);
}

/** A schema that was told is known for certain once something was decided by it: before that its token may have gone bad (C4). */
function learnSchema(state: State, present: ConnectionState, how: 'told' | 'maybe'): State {
  const schema = state.clients[present.client]?.schema ?? null;
  if (schema === null) return state;
  const { knownSchemas } = state.server;
  const text = hashedPart(schema);
  if (knownSchemas[text] === 'own' || knownSchemas[text] === 'told') return state;
  return withServer(state, { knownSchemas: { ...knownSchemas, [text]: how } });
}

/** The schema that this connection's client said, by its hash; null: none, or not to be known from the hash (C4). */
function isSchemaFit(state: State, present: ConnectionState): boolean {
  return present.hello?.schema === null || isCompatible(state.clients[present.client]?.schema ?? null, state.server.schema);
}

function standingOfSchema(state: State, present: ConnectionState): 'own' | 'told' | 'maybe' | 'unknown' {
  const schema = state.clients[present.client]?.schema ?? null;
  return schema === null ? 'own' : (state.server.knownSchemas[hashedPart(schema)] ?? 'unknown');
}

function requireSchemaFits(state: State, present: ConnectionState): void {
  if (!isSchemaFit(state, present))
    reject('C4', 'accepted a broken client', `${present.client} has a schema that the server's breaks`, ['SCHEMA_MISMATCH'], 'accepted');
  if (present.hello?.schema !== null && standingOfSchema(state, present) === 'unknown' && present.schema !== 'received')
    reject('C4', 'accepted an unknown schema', `the schema of ${present.client} was never told`, ['the schema is asked for'], 'accepted');
}

/** Only for a good token, and only where the hash is not known (C4). */
function askSchema(state: State, connection: number, present: ConnectionState): State {
  if (present.hello === null || present.accepted !== null || present.hello.schema === null || present.schema !== 'unasked')
    return reject('C4', 'schema asked', `the schema of ${present.client} was asked for out of turn`, ['nothing'], 'asked');
  const judgement = judge(state, present.hello.token);
  if (judgement !== 'good')
    return reject('C4', 'schema asked of a stranger', 'the token is judged before the schema', [judgement], 'asked');
  const standing = standingOfSchema(state, present);
  if (standing === 'own' || standing === 'told')
    return reject('C4', 'schema asked again', `the schema of ${present.client} is known`, ['accepted or SCHEMA_MISMATCH'], 'asked');
  return withConnection(state, connection, { schema: 'asked' });
}

function withAccepted(state: State, connection: number, token: ConnectionState['accepted'] & object): State {
  const untilExpiryMs = token.expiresAtMs === null ? null : token.expiresAtMs - wallMs(state, 'server');
  return withConnection(state, connection, { accepted: token, expiryDueMs: untilExpiryMs === null ? null : state.nowMs + untilExpiryMs });
}

function acceptUpdate(state: State, connection: number, present: ConnectionState, request: number): State {
  const [oldest, ...rest] = present.updates;
  if (present.accepted === null || oldest === undefined || oldest.request !== request) {
    return reject(
      'S3',
      'answered out of order',
      'token updates are answered in order',
      [`request ${oldest?.request ?? 'none'}`],
      `request ${request}`,
    );
  }
  const judgement = judge(state, oldest.token);
  if (judgement !== 'good')
    return reject('S11', `accepted ${judgement}`, `the server accepted the update to ${oldest.token.label}`, [judgement], 'accepted');
  if (!sameRolesAtServer(state, present.accepted, oldest.token)) {
    return reject(
      'S6',
      'accepted other roles',
      `the server accepted other roles with ${oldest.token.label}`,
      ['closed with ROLES_MISMATCH'],
      'accepted',
    );
  }
  const subscriptions = underClaims(state, present.subscriptions, oldest.token);
  return withAccepted(withConnection(state, connection, { updates: rest, subscriptions }), connection, oldest.token);
}

/** Those that mean something else under the new claims are answered anew; the others are left alone (S4, S6). */
function underClaims(state: State, subscriptions: ConnectionState['subscriptions'], token: Token): ConnectionState['subscriptions'] {
  const changed = Object.entries(subscriptions).map(([name, served]): [string, ServedSubscription] => {
    if (!served.answered || formOf(state, served.query, token) === served.form) return [name, served];
    return [name, { ...served, answered: false, group: null, stale: 'S6' }];
  });
  return Object.fromEntries(changed);
}

export function authorityOf(state: State): Authority {
  return { schema: state.server.schema, roles: state.configuration.roles };
}

function formOf(state: State, query: Query, token: Token): string {
  return normalForm(query, readPermit(authorityOf(state), token, query.collection), state.server.schemaVersion);
}

/** A rejection changes nothing, so there is no progress to tell (W4). */
function requireNoRejectionAt(state: State, version: number): void {
  if (state.server.rejections.includes(version))
    reject('W4', 'progress for a rejection', `version ${version} changed no row`, ['nothing'], `progress to ${version}`);
}

function requireNothingStale(present: ConnectionState): void {
  const waiting = Object.entries(present.subscriptions).find(([name, { stale }]) => stale !== null && !present.unsubscribed.includes(name));
  if (waiting === undefined) return;
  const [name, { stale }] = waiting;
  reject(stale ?? 'C5', 'data before the answer anew', `other data overtook the answer anew to ${name}`, ['an answer'], 'data');
}

/** P2: judged by the accepted claims and the current schema. */
function requireReadable(state: State, present: ConnectionState, subscriptions: readonly string[], rows: readonly Row[]): void {
  for (const name of subscriptions) {
    const query = present.subscriptions[name]?.query;
    if (query === undefined || present.accepted === null) continue;
    const permit = readPermit(authorityOf(state), present.accepted, query.collection);
    const leaked = rows.find((row) => !isReadable(permit, row));
    if (leaked !== undefined)
      reject(
        'P2',
        'row leaked',
        `a frame for ${name} holds a row that ${present.client} may not read`,
        ['only readable rows'],
        JSON.stringify(leaked),
      );
  }
}

function refuseUpdate(state: State, connection: number, present: ConnectionState, request: number, reason: string): State {
  const [oldest, ...rest] = present.updates;
  if (oldest === undefined || oldest.request !== request)
    return reject('S3', 'answered out of order', 'token updates are answered in order', [], `request ${request}`);
  const judgement = judge(state, oldest.token);
  if (judgement !== reason)
    return reject(
      'S11',
      `refused as ${reason}`,
      `the server refused the update to ${oldest.token.label} as ${reason}`,
      [judgement],
      reason,
    );
  requireFetched(state, oldest);
  return withConnection(state, connection, { updates: rest });
}

/** A key may be called unknown only after the key set was fetched for this token (S11). */
function requireFetched(state: State, asked: { readonly token: Parameters<typeof isKeyKnown>[1]; readonly fetchesBefore: number }): void {
  if (asked.token.flaw !== 'none' || isKeyKnown(state, asked.token) || state.server.fetches > asked.fetchesBefore) return;
  reject(
    'S11',
    'refused without fetching',
    'a key was called unknown though the key set was not fetched',
    ['the key set is fetched first'],
    asked.token.key,
  );
}

/** Data go out only to accepted, unexpired connections, and never ahead of an acknowledgement (S5, W1). */
function requireData(state: State, connection: number, present: ConnectionState, version: number): State {
  requireUnexpired(state, present);
  if (version > versionOf(state))
    return reject(
      'Q2',
      'version from the future',
      'data named a version that does not exist',
      [`≤ ${versionOf(state)}`],
      `version ${version}`,
    );
  const { connection: live } = clientOf(state, present.client);
  const writes = writesOf(clientOf(state, present.client), present.epoch);
  // A connection that the client has left behind may owe acknowledgements for ever: nobody listens there.
  const overdue = writes.find(
    (write) =>
      live === connection &&
      write.decided !== null &&
      write.decided.version <= version &&
      present.writesReceived.includes(write.sequence) &&
      !present.acknowledged.includes(write.sequence),
  );
  if (overdue !== undefined)
    return reject(
      'W1',
      'data before acknowledgement',
      `data of version ${version} overtook an acknowledgement`,
      [`acknowledgement of ${overdue.sequence} first`],
      `version ${version}`,
    );
  return state;
}

function requireUnexpired(state: State, present: ConnectionState): void {
  if (present.accepted === null)
    reject('S11', 'data before acceptance', 'data went to a connection without an accepted token', ['nothing'], 'data');
  else if (present.accepted.expiresAtMs !== null && wallMs(state, 'server') >= present.accepted.expiresAtMs) {
    reject('S5', 'data after expiry', `data went out under the expired ${present.accepted.label}`, ['a close with TOKEN_EXPIRED'], 'data');
  }
}

function answered(state: State, connection: number, subscription: string, group: string, version: number): State {
  const present = connectionOf(state, connection);
  const known = present.subscriptions[subscription];
  if (known === undefined || known.answered)
    return reject(
      'Q4',
      'answered unasked',
      `the server answered ${subscription}, which was not asked or is answered already`,
      [],
      subscription,
    );
  if (version !== versionOf(state))
    return reject(
      'Q3',
      'stale answer',
      `${subscription} was answered at an old version`,
      [`version ${versionOf(state)}`],
      `version ${version}`,
    );
  if (present.accepted === null) return state;
  const permit = readPermit(authorityOf(state), present.accepted, known.query.collection);
  const form = formOf(state, known.query, present.accepted);
  const joined = joinGroup(state, group, form, subscription);
  return withConnection(joined, connection, {
    subscriptions: { ...present.subscriptions, [subscription]: { ...known, answered: true, group, form, permit, stale: null } },
    answersUnderWay: [...present.answersUnderWay, { subscription, held: { version, permit } }],
  });
}

/** Each answer to a write is given as often as the write arrived, in order, once it is decided (W1, W4). */
function requireAnswerable(state: State, present: ConnectionState, sequence: number): Write {
  requireUnexpired(state, present);
  requireNothingStale(present);
  const received = present.writesReceived.filter((candidate) => candidate === sequence).length;
  const repeated = present.acknowledged.filter((candidate) => candidate === sequence).length >= received;
  if (repeated)
    return reject(
      'W1',
      'acknowledged unasked',
      `write ${sequence} of ${present.client} was acknowledged more often than received`,
      ['nothing'],
      `acknowledged ${sequence}`,
    );
  const write = writesOf(clientOf(state, present.client), present.epoch).find((candidate) => candidate.sequence === sequence);
  if (write === undefined || write.decided === null)
    return reject(
      'W1',
      'acknowledged unwritten',
      `write ${sequence} of ${present.client} was acknowledged before its commit`,
      ['nothing'],
      `acknowledged ${sequence}`,
    );
  const earlier = present.writesReceived.find((received) => received < sequence && !present.acknowledged.includes(received));
  if (earlier !== undefined)
    return reject(
      'W1',
      'acknowledged out of order',
      `write ${sequence} of ${present.client} was acknowledged out of order`,
      [`acknowledgement of ${earlier} first`],
      `acknowledged ${sequence}`,
    );
  return write;
}

/** The writes of one of a client's ids. */
export function writesOf(client: ClientState, epoch: number): readonly Write[] {
  return epoch === client.epoch ? client.writes : (client.discarded[epoch] ?? []);
}

function rejected(state: State, connection: number, present: ConnectionState, sequence: number, error: string): State {
  const { decided } = requireAnswerable(state, present, sequence);
  if (decided?.error !== error)
    return reject(
      'W4',
      'rejected otherwise',
      `write ${sequence} of ${present.client} was told rejected`,
      [decided?.error ?? 'acknowledged'],
      error,
    );
  return withConnection(state, connection, { acknowledged: [...present.acknowledged, sequence] });
}

function acknowledged(state: State, connection: number, present: ConnectionState, sequence: number, version: number): State {
  const { decided } = requireAnswerable(state, present, sequence);
  if (decided === null || decided.error !== null)
    return reject(
      'W4',
      'acknowledged a rejected write',
      `write ${sequence} of ${present.client} was rejected`,
      [decided?.error ?? ''],
      'acknowledged',
    );
  if (version < decided.version || version > versionOf(state)) {
    return reject(
      'W1',
      'acknowledged at a wrong version',
      `write ${sequence} was acknowledged at a version that is not its own or later`,
      [`${decided.version} to ${versionOf(state)}`],
      `version ${version}`,
    );
  }
  return withConnection(state, connection, { acknowledged: [...present.acknowledged, sequence] });
}

export function closeByServer(state: State, connection: number, closing: Closing, givenUp: boolean): State {
  const present = connectionOf(state, connection);
  const ended = withConnection(state, connection, {
    serverClosing: closing.reason ?? 'UNKNOWN',
    openAtServer: present.openAtServer && !givenUp,
  });
  if (!present.openAtServer || present.serverClosing !== null) return ended;
  if (givenUp) {
    if (state.nowMs - present.serverHeardMs >= heartbeatMs.server) return ended;
    return reject(
      'S9',
      'given up early',
      `the server gave up a connection of ${present.client} that it had heard from`,
      ['the connection stays open'],
      'given up',
    );
  }
  requireCloseAllowed(state, present, closing);
  return closing.reason === 'SCHEMA_MISMATCH' && present.schema === 'received' ? learnSchema(ended, present, 'told') : ended;
}

/** A close is allowed only for the reason it gives, judged now (S5, S6, S11, W2, C4, B1). */
function requireCloseAllowed(state: State, present: ConnectionState, closing: Closing): void {
  const { mustClose, accepted, hello } = present;
  const reasons: { readonly reason: CloseReason; readonly retry: boolean }[] = mustClose === null ? [] : [mustClose];
  const forGood = (reason: CloseReason) => reasons.push({ reason, retry: false });
  if (accepted === null && hello !== null) {
    const judgement = judge(state, hello.token);
    if (judgement === closing.reason) requireFetched(state, hello);
    if (judgement !== 'good') forGood(judgement);
    else if (!isSchemaFit(state, present) && (standingOfSchema(state, present) !== 'unknown' || present.schema === 'received'))
      forGood('SCHEMA_MISMATCH');
  }
  if (accepted !== null && accepted.expiresAtMs !== null && wallMs(state, 'server') >= accepted.expiresAtMs) forGood('TOKEN_EXPIRED');
  const [oldest] = present.updates;
  if (
    accepted !== null &&
    oldest !== undefined &&
    judge(state, oldest.token) === 'good' &&
    !sameRolesAtServer(state, accepted, oldest.token)
  )
    forGood('ROLES_MISMATCH');
  if (present.broken && isAllHandled(present)) forGood('INTERNAL_ERROR');
  if (state.server.phase === 'recovering') reasons.push({ reason: 'INTERNAL_ERROR', retry: true });
  if (reasons.some(({ reason, retry }) => reason === closing.reason && retry === closing.retry)) return;
  reject(
    ruleOfClose(present, closing.reason),
    `closed with ${closing.reason ?? 'no reason'}`,
    `the server closed a connection of ${present.client}`,
    reasons.length > 0 ? reasons.map(({ reason, retry }) => `${reason}${retry ? ', retry' : ''}`) : ['the connection stays open'],
    `${closing.reason ?? 'no reason'}${closing.retry ? ', retry' : ''}`,
  );
}

/** What came before the nonsense is handled first (B1). */
function isAllHandled({
  hello,
  accepted,
  schema,
  updates,
  writesReceived,
  acknowledged,
  subscriptions,
  unsubscribed,
}: ConnectionState): boolean {
  const isGreeted = hello === null || accepted !== null || (schema !== 'unasked' && schema !== 'received');
  const areAnswered = Object.entries(subscriptions).every(([name, { answered }]) => answered || unsubscribed.includes(name));
  return isGreeted && updates.length === 0 && areAnswered && writesReceived.length === acknowledged.length;
}

function ruleOfClose({ mustClose, broken }: ConnectionState, reason: CloseReason | null): string {
  switch (reason) {
    case 'TOKEN_EXPIRED':
      return 'S5';
    case 'ROLES_MISMATCH':
      return 'S6';
    case 'SCHEMA_MISMATCH':
      return 'C4';
    case 'INTERNAL_ERROR':
    case 'UNKNOWN':
      return mustClose?.rule ?? 'B1';
    default:
      return mustClose?.rule ?? (broken ? 'B1' : 'S11');
  }
}

/** From `exp` on no append begins; a sequence number begins once (S5, W1). */
export function beginAppend(state: State, name: ClientName, clientId: string, sequence: number): State {
  const last = state.server.lastSequence[clientId] ?? 0;
  if (sequence !== last + 1)
    return reject('W1', 'applied again', `write ${sequence} of ${name} was not next`, [`write ${last + 1}`], `append of ${sequence}`);
  if (state.server.appending !== null)
    return reject('W1', 'appends overlap', 'two appends were under way at once', ['one at a time'], `append of ${sequence} of ${name}`);
  const epoch = epochNamed(clientOf(state, name), clientId);
  const now = wallMs(state, 'server');
  const carriers = Object.values(state.connections).flatMap((connection) =>
    connection.client === name &&
    connection.epoch === epoch &&
    connection.openAtServer &&
    connection.serverClosing === null &&
    connection.writesReceived.includes(sequence) &&
    connection.accepted !== null &&
    (connection.accepted.expiresAtMs === null || now < connection.accepted.expiresAtMs)
      ? [connection.accepted]
      : [],
  );
  if (carriers.length === 0)
    return reject(
      'S5',
      'append after expiry',
      `an append began for ${name} without a valid token`,
      ['no append begins'],
      `append of ${sequence}`,
    );
  return withServer(state, { appending: { what: 'write', client: name, epoch, clientId, sequence, carriers, durable: false } });
}

/** Nothing is told of an append before storage says that it is durable (W2). */
export function requireDurable(state: State): void {
  if (state.server.appending?.durable !== true)
    reject('W2', 'told before it is durable', 'an append took effect before storage had it', ['nothing yet'], 'a commit');
}

export function endAppend(state: State): State {
  const { appending } = state.server;
  if (appending === null)
    return reject('W2', 'durable unasked', 'storage holds an entry whose append had not begun', ['nothing'], 'an entry');
  return withServer(state, { appending: { ...appending, durable: true } });
}

function epochNamed(client: ClientState, clientId: string): number {
  const found = Object.entries(client.clientIds).find(([, id]) => id === clientId);
  if (found === undefined)
    return reject('K1', 'unknown client id', `${client.name} never said that id`, Object.values(client.clientIds), clientId);
  return Number(found[0]);
}

/** A commit or, with an error, a rejection: what the append was begun for, at the next version (W1, W4). */
export function concludeAppend(state: State, clientId: string, sequence: number, version: number, error: string | null): State {
  const { appending, versions } = state.server;
  if (appending?.what !== 'write' || appending.clientId !== clientId || appending.sequence !== sequence)
    return reject('W1', 'committed unbegun', `write ${sequence} of ${clientId} committed without its append`, [], `commit of ${sequence}`);
  requireDurable(state);
  if (version !== versions.length)
    return reject('W1', 'version skipped', 'versions count without gaps', [`version ${versions.length}`], `version ${version}`);
  const before = versions.at(-1) ?? {};
  const decided = decide(withServer(state, { appending: null }), appending, error);
  const changes = error === null ? (writesOf(clientOf(state, appending.client), appending.epoch)[sequence - 1]?.changes ?? []) : [];
  return withServer(decided, { cost: costOf(decided, version, before, decided.server.versions.at(-1) ?? {}, changes) });
}

/** Into the log, if some token that carried the write justifies it. */
export function decide(state: State, appending: Extract<Append, { readonly what: 'write' }>, error: string | null): State {
  const { client: name, epoch, clientId, sequence, carriers } = appending;
  const { versions, lastSequence } = state.server;
  const client = clientOf(state, name);
  const write = writesOf(client, epoch).find((candidate) => candidate.sequence === sequence);
  if (write === undefined) return reject('W1', 'committed unwritten', `${name} never wrote ${sequence}`, [], `commit of ${sequence}`);
  const before = versions.at(-1) ?? {};
  const verdicts = carriers.map((token) => verdictOf(authorityOf(state), token, before, write.changes));
  if (!verdicts.includes(error)) {
    const rule = ruleOfVerdict(verdicts[0] ?? error);
    return reject(
      rule,
      error === null ? 'committed the forbidden' : 'rejected wrongly',
      `write ${sequence} of ${name} was ${error === null ? 'committed' : 'rejected'}`,
      verdicts.map((verdict) => verdict ?? 'a commit'),
      error ?? 'a commit',
    );
  }
  const logged = withServer(state, {
    versions: [...versions, error === null ? applyAll(before, write.changes) : before],
    lastSequence: { ...lastSequence, [clientId]: sequence },
    rejections: error === null ? state.server.rejections : [...state.server.rejections, versions.length],
  });
  return withDecision(logged, name, epoch, sequence, { version: versions.length, error });
}

function withDecision(state: State, name: ClientName, epoch: number, sequence: number, decided: NonNullable<Write['decided']>): State {
  const client = clientOf(state, name);
  const writes = writesOf(client, epoch).map((candidate) => (candidate.sequence === sequence ? { ...candidate, decided } : candidate));
  return withClient(state, name, epoch === client.epoch ? { writes } : { discarded: { ...client.discarded, [epoch]: writes } });
}

function ruleOfVerdict(error: string | null): string {
  if (error === 'PermissionDeniedError') return 'P1';
  return error === 'SchemaViolationError' ? 'C3' : 'W4';
}

/** The error of the first operation that schema or permissions forbid; null: none (W4). */
function verdictOf(authority: Authority, token: Token, rows: Rows, changes: readonly Change[]): string | null {
  let present = rows;
  for (const change of changes) {
    const key = keyOf(change.collection, change.id);
    const after = apply(present, change);
    const error = errorOf(authority, token, change, present[key]?.row, after[key]?.row, present === after);
    if (error !== null) return error;
    present = after;
  }
  return null;
}

function errorOf(
  authority: Authority,
  token: Token,
  { kind, collection }: Change,
  before: Row | undefined,
  after: Row | undefined,
  isDead: boolean,
): string | null {
  if (isDead) return null;
  const { schema } = authority;
  if (schema !== null && after !== undefined && issuesOfRow(schema, collection, after).length > 0) return 'SchemaViolationError';
  return mayWrite(authority, token, collection, before, after, kind === 'insert') ? null : 'PermissionDeniedError';
}
