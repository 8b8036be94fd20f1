/** What the server says: each word is allowed at that moment or it is not (S5, Q3, H4, P2, W1, W4, B6). */

import type { Row } from '../../vocabulary/values.ts';
import { limitExceeded } from '../bounds/bounds.ts';
import { clientOf, connectionOf, withConnection } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import { isReadable, readPermit } from '../permissions/permit.ts';
import { requireNoQuote } from '../permissions/quotes.ts';
import { reject } from '../rejection.ts';
import { askSchema } from '../schema/schema-exchange.ts';
import { accept, acceptUpdate, formOf, refuseUpdate } from '../session/acceptance.ts';
import { type State, versionOf } from '../state.ts';
import { authorityOf } from '../writes/appends.ts';
import { requireUnexpired } from './expiry.ts';
import { decisionsFor, serverAcknowledges, serverForks, serverRejects } from './server-decides.ts';
import { requireNotBehind } from './slow-readers.ts';
import { requireNothingStale } from './turn.ts';
import type { ServerWord } from './words.ts';

export function serverSends(state: State, connection: number, word: ServerWord): State {
  const present = connectionOf(state, connection);
  switch (word.word) {
    case 'accepted':
      return accept(state, connection, present, word);
    case 'tokenAccepted':
      return acceptUpdate(state, connection, present, word.request);
    case 'tokenRefused':
      return refuseUpdate(state, connection, present, word.request, word.reason);
    case 'answered':
      requireReadable(state, present, [word.subscription], word.rows);
      if (entryOf(present.subscriptions, word.subscription)?.stale === null) {
        requireNothingStale(state, present);
        requireNotBehind(present, 'an answer');
      }
      return answered(requireData(state, connection, present, word.version), connection, word.subscription, word.group, word.version);
    case 'subscriptionFailed':
      requireNotBehind(present, 'a failure');
      requireNothingStale(state, present);
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
      state.decisions.requirePongAllowed(state, present);
      return state;
  }
}

/** An update concerns only subscriptions that were answered on this connection and have not left (H4). */
function requireFollowers(present: ConnectionState, subscriptions: readonly string[]): void {
  const stranger = subscriptions.find((name) => entryOf(present.subscriptions, name)?.answered !== true || present.left.includes(name));
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
  if (known?.failure !== 'owed' || error !== limitExceeded)
    return reject(
      'B4',
      'failed wrongly',
      `the subscription ${subscription} of ${present.client} failed`,
      known?.failure === 'owed' ? [limitExceeded] : ['an answer, or nothing'],
      error,
    );
  return withConnection(state, connection, { subscriptions: { ...present.subscriptions, [subscription]: { ...known, failure: 'given' } } });
}

function answered(state: State, connection: number, subscription: string, group: string, version: number): State {
  const present = connectionOf(state, connection);
  const known = entryOf(present.subscriptions, subscription);
  if (known === undefined || known.answered)
    return reject(
      'Q4',
      'answered unasked',
      `the server answered ${subscription}, which was not asked or is answered already`,
      [],
      subscription,
    );
  if (known.failure !== null)
    return reject('B4', 'answered over a bound', `${subscription} of ${present.client} was answered`, [limitExceeded], 'an answer');
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
    subscriptions: { ...present.subscriptions, [subscription]: { ...known, answered: true, group, form, permit, stale: null } },
    answersUnderWay: [...present.answersUnderWay, { subscription, held: { log: state.server.log, version, permit } }],
  });
}
