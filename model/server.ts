/** Whether what the server decides is allowed at that moment: its linearisation points (S5, S6, S11, Q3, W1). */
import type { ClientName, ClientWord, Closing, ServerWord } from './actions.ts';
import { clientOf, connectionOf, withClient, withConnection, withServer } from './change.ts';
import { isKeyKnown, judge, sameRoles } from './judge.ts';
import { apply } from './log.ts';
import { reject } from './rejection.ts';
import { costOf, joinGroup } from './sharing.ts';
import { type ConnectionState, heartbeatMs, type State, versionOf, wallMs } from './state.ts';

export function receive(state: State, connection: number, word: ClientWord): State {
  const present = connectionOf(state, connection);
  const heard = withConnection(state, connection, { serverHeardMs: state.nowMs });
  if (!present.openAtServer || present.serverClosing !== null) return heard;
  switch (word.word) {
    case 'hello':
      return withConnection(heard, connection, { hello: { token: tokenNamed(state, word.token), fetchesBefore: state.server.fetches } });
    case 'updateToken': {
      const update = { request: word.request, token: tokenNamed(state, word.token), fetchesBefore: state.server.fetches };
      return withConnection(heard, connection, { updates: [...present.updates, update] });
    }
    case 'subscribe': {
      const query = clientOf(state, present.client).queries[word.subscription];
      if (query === undefined)
        return reject('Q4', 'unknown subscription', `${present.client} subscribed what its user never asked for`, [], word.subscription);
      return withConnection(heard, connection, {
        subscriptions: { ...present.subscriptions, [word.subscription]: { query, answered: false, group: null } },
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
      return answered(requireData(state, connection, present, word.version), connection, word.subscription, word.group, word.version);
    case 'updated':
      requireFollowers(present, word.subscriptions);
      return requireData(state, connection, present, word.version);
    case 'progressed':
      return requireData(state, connection, present, word.version);
    case 'acknowledged':
      return acknowledged(state, connection, present, word.sequence, word.version);
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
  if (present.hello === null || present.accepted !== null)
    return reject('S11', 'accepted unasked', 'the server accepted a connection that had not said hello', [], 'accepted');
  const judgement = judge(state, present.hello.token);
  if (judgement !== 'good')
    return reject('S11', `accepted ${judgement}`, `the server accepted ${present.hello.token.label}`, [judgement], 'accepted');
  return withAccepted(state, connection, present.hello.token);
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
  if (!sameRoles(state, present.accepted, oldest.token)) {
    return reject(
      'S6',
      'accepted other roles',
      `the server accepted other roles with ${oldest.token.label}`,
      ['closed with ROLES_MISMATCH'],
      'accepted',
    );
  }
  return withAccepted(withConnection(state, connection, { updates: rest }), connection, oldest.token);
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
  const { connection: live, writes } = clientOf(state, present.client);
  // A connection that the client has left behind may owe acknowledgements for ever: nobody listens there.
  const overdue = writes.find(
    (write) =>
      live === connection &&
      write.committed !== null &&
      write.committed <= version &&
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
  const joined = joinGroup(state, group, known.query, subscription);
  return withConnection(joined, connection, {
    subscriptions: { ...present.subscriptions, [subscription]: { ...known, answered: true, group } },
  });
}

function acknowledged(state: State, connection: number, present: ConnectionState, sequence: number, version: number): State {
  requireUnexpired(state, present);
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
  const write = clientOf(state, present.client).writes.find((candidate) => candidate.sequence === sequence);
  if (write === undefined || write.committed === null)
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
  if (version < write.committed || version > versionOf(state)) {
    return reject(
      'W1',
      'acknowledged at a wrong version',
      `write ${sequence} was acknowledged at a version that is not its own or later`,
      [`${write.committed} to ${versionOf(state)}`],
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
  return ended;
}

/** A close is allowed only for the reason it gives, judged now (S5, S6, S11). */
function requireCloseAllowed(state: State, present: ConnectionState, closing: Closing): void {
  const [oldest] = present.updates;
  const reasons: string[] = [];
  if (present.accepted === null && present.hello !== null) {
    const judgement = judge(state, present.hello.token);
    if (judgement === closing.reason) requireFetched(state, present.hello);
    if (judgement !== 'good') reasons.push(judgement);
  }
  if (present.accepted !== null && present.accepted.expiresAtMs !== null && wallMs(state, 'server') >= present.accepted.expiresAtMs)
    reasons.push('TOKEN_EXPIRED');
  if (
    present.accepted !== null &&
    oldest !== undefined &&
    judge(state, oldest.token) === 'good' &&
    !sameRoles(state, present.accepted, oldest.token)
  )
    reasons.push('ROLES_MISMATCH');
  if (closing.reason !== null && reasons.includes(closing.reason) && !closing.retry) return;
  const rule = closing.reason === 'TOKEN_EXPIRED' ? 'S5' : closing.reason === 'ROLES_MISMATCH' ? 'S6' : 'S11';
  reject(
    rule,
    `closed with ${closing.reason ?? 'no reason'}`,
    `the server closed a connection of ${present.client}`,
    reasons.length > 0 ? reasons : ['the connection stays open'],
    `${closing.reason ?? 'no reason'}${closing.retry ? ', retry' : ''}`,
  );
}

/** From `exp` on no append begins; a sequence number begins once (S5, W1). */
export function beginAppend(state: State, name: ClientName, sequence: number): State {
  const last = state.server.lastSequence[name] ?? 0;
  if (sequence !== last + 1)
    return reject('W1', 'applied again', `write ${sequence} of ${name} was not next`, [`write ${last + 1}`], `append of ${sequence}`);
  if (state.server.appending !== null)
    return reject('W1', 'appends overlap', 'two appends were under way at once', ['one at a time'], `append of ${sequence} of ${name}`);
  const now = wallMs(state, 'server');
  const carriers = Object.values(state.connections).filter(
    (connection) =>
      connection.client === name &&
      connection.openAtServer &&
      connection.serverClosing === null &&
      connection.writesReceived.includes(sequence),
  );
  const valid = carriers.some(
    (connection) => connection.accepted !== null && (connection.accepted.expiresAtMs === null || now < connection.accepted.expiresAtMs),
  );
  if (!valid)
    return reject(
      'S5',
      'append after expiry',
      `an append began for ${name} without a valid token`,
      ['no append begins'],
      `append of ${sequence}`,
    );
  return withServer(state, { appending: { client: name, sequence } });
}

export function commit(state: State, name: ClientName, sequence: number, version: number): State {
  const { appending, versions } = state.server;
  if (appending?.client !== name || appending.sequence !== sequence)
    return reject('W1', 'committed unbegun', `write ${sequence} of ${name} committed without its append`, [], `commit of ${sequence}`);
  if (version !== versions.length)
    return reject('W1', 'version skipped', 'versions count without gaps', [`version ${versions.length}`], `version ${version}`);
  const client = clientOf(state, name);
  const write = client.writes.find((candidate) => candidate.sequence === sequence);
  if (write === undefined) return reject('W1', 'committed unwritten', `${name} never wrote ${sequence}`, [], `commit of ${sequence}`);
  const before = versions.at(-1) ?? {};
  const after = apply(before, write.change);
  const committed = withServer(state, {
    appending: null,
    versions: [...versions, after],
    lastSequence: { ...state.server.lastSequence, [name]: sequence },
    cost: costOf(state, version, before, after, write.change),
  });
  return withClient(committed, name, {
    writes: client.writes.map((candidate) => (candidate === write ? { ...candidate, committed: version } : candidate)),
  });
}
