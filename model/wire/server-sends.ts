/** What the server says: each word is allowed at that moment or it is not (S5, Q3, H4, P2, W1, W4, B6). */

import type { Row } from '../../vocabulary/values.ts';
import { boundsOf, limitExceeded } from '../bounds/bounds.ts';
import { weightOf } from '../bounds/query-weight.ts';
import { bytesOfRows } from '../bounds/write-bounds.ts';
import { clientOf, connectionOf, withConnection } from '../change.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import { isReadable, readPermit } from '../permissions/permit.ts';
import { requireNoQuote } from '../permissions/quotes.ts';
import { reject } from '../rejection.ts';
import { askSchema } from '../schema/schema-exchange.ts';
import { accept, acceptUpdate, formOf, refuseUpdate } from '../session/acceptance.ts';
import { type State, versionOf } from '../state.ts';
import { windowOf } from '../subscriptions/window.ts';
import { authorityOf } from '../writes/appends.ts';
import { requireUnexpired } from './expiry.ts';
import { decisionsFor, serverAcknowledges, serverForks, serverRejects } from './server-decides.ts';
import { requireNotBehind } from './slow-readers.ts';
import { requireNothingStale } from './turn.ts';
import { requireTurn } from './turns-of-reader.ts';
import type { ServerWord } from './words.ts';

export function serverSends(state: State, connection: number, word: ServerWord): State {
  const present = connectionOf(state, connection);
  requireAnswerGoesOn(present, word);
  switch (word.word) {
    case 'accepted':
      return accept(state, connection, present, word);
    case 'tokenAccepted':
      return acceptUpdate(state, connection, present, word.request);
    case 'tokenRefused':
      return refuseUpdate(state, connection, present, word.request, word.reason);
    case 'answerPart':
      requirePart(state, present, word);
      requireAnswerable(requireData(state, connection, present, versionOf(state)), present, word.subscription);
      return withConnection(state, connection, { answering: word.subscription });
    case 'answered':
      requirePart(state, present, word);
      return answered(requireData(state, connection, present, word.version), connection, word.subscription, word.group, word.version);
    case 'subscriptionFailed':
      // What comes in place of an update, or of an answer that is owed, is said to whoever is behind too.
      if (word.group === undefined) requireTurn(present, 'a failure');
      requireNothingStaleBut(state, present, word.subscription);
      requireUnexpired(state, present);
      return failed(state, connection, present, word.subscription, word.error);
    case 'updated':
      requireNotBehind(present, 'an update');
      requireFollowers(present, word.subscriptions);
      requireReadable(state, present, word.subscriptions, word.rows);
      requireNothingStale(state, present);
      return requireData(state, connection, present, word.version);
    case 'progressed':
      requireNotBehind(present, 'progress');
      requireNothingStale(state, present);
      requireNoRejectionAt(state, word.version);
      return requireData(state, connection, present, word.version);
    case 'acknowledged':
      return serverAcknowledges(state, connection, present, word.sequence, word.version);
    case 'rejected':
      requireNoQuote(state, present, word.text);
      return serverRejects(state, connection, present, word);
    case 'forked':
      return serverForks(state, connection, present, word.sequence);
    case 'schemaAsked':
      return askSchema(state, connection, present);
    case 'nonsense':
      return reject('B1', 'nonsense', 'the server said what is no frame', ['a frame'], word.nonsense);
    case 'pong':
      requireTurn(present, 'a pong');
      state.decisions.requirePongAllowed(state, present);
      return state;
  }
}

/** Nothing comes between the parts of an answer (Q7). */
function requireAnswerGoesOn({ answering, client }: ConnectionState, word: ServerWord): void {
  if (answering === null) return;
  if ((word.word === 'answerPart' || word.word === 'answered') && word.subscription === answering) return;
  reject('Q7', 'answer interrupted', `the answer to ${answering} of ${client} was not ended`, ['more of it'], word.word);
}

/** What a frame of an answer holds: rows that may be read, no more bytes than a frame may have, or a single row (P2, Q7). */
function requirePart(
  state: State,
  present: ConnectionState,
  { subscription, rows }: { readonly subscription: string; readonly rows: readonly Row[] },
): void {
  requireReadable(state, present, [subscription], rows);
  requireNothingStaleBut(state, present, subscription);
  // What is begun is ended, and what is owed is given, to whoever is behind too (B6).
  const isOwed = present.answering === subscription || (entryOf(present.subscriptions, subscription)?.stale ?? null) !== null;
  if (!isOwed) requireTurn(present, 'an answer');
  const { answerPartBytes } = boundsOf(state.configuration);
  const bytes = bytesOfRows(rows) + rows.length * besidesRow;
  if (rows.length > 1 && bytes > answerPartBytes)
    reject('Q7', 'part too long', `a frame held too much of the answer to ${subscription}`, [`${answerPartBytes} bytes`], `${bytes}`);
}

/** Bytes of a frame that a row takes beside its attributes (Q7). */
const besidesRow = 80;

/** The subscription may itself be the one that is owed (S6, C5, B6). */
function requireNothingStaleBut(state: State, present: ConnectionState, subscription: string): void {
  if ((entryOf(present.subscriptions, subscription)?.stale ?? null) === null) requireNothingStale(state, present);
}

/** An update concerns only subscriptions that were answered on this connection and have not left (H4). */
function requireFollowers(present: ConnectionState, subscriptions: readonly string[]): void {
  const stranger = subscriptions.find((name) => entryOf(present.subscriptions, name)?.answered !== true || present.left.includes(name));
  if (stranger !== undefined && entryOf(present.subscriptions, stranger)?.failure === 'owed')
    reject('B4', 'update over a bound', `an update for ${stranger} of ${present.client} was too long`, [limitExceeded], 'an update');
  if (stranger !== undefined)
    reject('H4', 'update for a stranger', `an update went to ${stranger}, which does not follow it`, ['nothing'], stranger);
}

/** A rejection changes nothing, so there is no progress to tell (W4). */
function requireNoRejectionAt(state: State, version: number): void {
  if (state.server.rejections.includes(version))
    reject('W4', 'progress for a rejection', `version ${version} changed no row`, ['nothing'], `progress to ${version}`);
}

/** P2: judged by the accepted claims and the current schema. */
function requireReadable(state: State, present: ConnectionState, subscriptions: readonly string[], rows: readonly Row[]): void {
  for (const name of subscriptions) {
    const query = entryOf(present.subscriptions, name)?.query;
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
  // A connection that the client has left behind may owe acknowledgements for ever: nobody listens there.
  const overdue = decisionsFor(state, present).find(
    (decision) =>
      live === connection &&
      decision.version <= version &&
      present.writesReceived.includes(decision.sequence) &&
      present.writesSent[decision.sequence]?.id === decision.id &&
      !present.acknowledged.includes(decision.sequence),
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

/** Only what is over a bound, once, by the name of that error (B4). */
function failed(state: State, connection: number, present: ConnectionState, subscription: string, error: string): State {
  const known = entryOf(present.subscriptions, subscription);
  const isOwed = known !== undefined && mustFail(state, present, known);
  if (!isOwed || error !== limitExceeded)
    return reject(
      'B4',
      'failed wrongly',
      `the subscription ${subscription} of ${present.client} failed`,
      isOwed ? [limitExceeded] : ['an answer, or nothing'],
      error,
    );
  const given: ServedSubscription = { ...known, answered: false, group: null, stale: null, failure: 'given' };
  return withConnection(state, connection, { subscriptions: { ...present.subscriptions, [subscription]: given } });
}

/** Whether its turn has come to fail: for its own words, for those before it, for what it would be answered, or for an update (B4). */
function mustFail(
  state: State,
  { accepted, subscriptions }: ConnectionState,
  { query, answered, ahead, stale, failure }: ServedSubscription,
): boolean {
  if (failure !== null) return failure === 'owed';
  if (answered || accepted === null) return false;
  const bounds = boundsOf(state.configuration);
  const followed = ahead.filter(({ subscription }) => entryOf(subscriptions, subscription)?.failure === null);
  const weight = followed.reduce((total, each) => total + each.weight, weightOf(query));
  const isCrowded = followed.length >= bounds.subscriptionsMax || weight > bounds.followedWeightMax;
  if (stale === null && isCrowded) return true;
  const permit = readPermit(authorityOf(state), accepted, query.collection);
  const rows = windowOf(query, permit, state.server.versions[versionOf(state)] ?? {});
  return bytesOfRows(Object.values(rows).map(({ row }) => row)) > bounds.answerBytesMax;
}

/** Asked, not answered yet, and within the bounds (Q4, B4). */
function requireAnswerable(state: State, present: ConnectionState, subscription: string): ServedSubscription {
  const known = entryOf(present.subscriptions, subscription);
  if (known === undefined || known.answered)
    return reject(
      'Q4',
      'answered unasked',
      `the server answered ${subscription}, which was not asked or is answered already`,
      [],
      subscription,
    );
  if (known.failure !== null || mustFail(state, present, known))
    return reject('B4', 'answered over a bound', `${subscription} of ${present.client} was answered`, [limitExceeded], 'an answer');
  return known;
}

function answered(state: State, connection: number, subscription: string, group: string, version: number): State {
  const present = connectionOf(state, connection);
  const known = requireAnswerable(state, present, subscription);
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
  const joined = state.decisions.joinGroup(state, group, form, subscription);
  return withConnection(joined, connection, {
    answering: null,
    subscriptions: { ...present.subscriptions, [subscription]: { ...known, answered: true, group, form, permit, stale: null } },
    answersUnderWay: [...present.answersUnderWay, { subscription, held: { log: state.server.log, version, permit } }],
  });
}
