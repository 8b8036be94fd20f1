/** Tokens, rows, frames, calls and observations in short words for somebody who has never seen this suite. */

import type { ClientWord, Closing, Command, Observation, Quiescence, ServerWord, TransactionOperation } from '../../model/actions.ts';
import { sayDuration, sayQuery } from '../../properties/scripts/words.ts';
import type { Row } from '../../vocabulary/values.ts';

/** `ann (member, until 1.5 s)` from `ann/member/free until 1.5 s, key-1`; what has not that form stands as it is. */
export function sayToken(label: string): string {
  const [, user, role, plan, rest] = /^([^/]+)\/([^/]+)\/(\S+) (.+)$/u.exec(label) ?? [];
  if (user === undefined || role === undefined || plan === undefined || rest === undefined) return label;
  // The last part names the key that signed it, which says little.
  const [time = '', ...others] = rest.split(', ').slice(0, -1);
  const parts = [role, plan === 'free' ? '' : plan, time === 'forever' ? 'never expires' : time, ...others.map(spaced)];
  return `${user} (${parts.filter((part) => part !== '').join(', ')})`;
}

/** `wrong signature` from `wrongSignature`. */
export function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}

/** The rows by their ids; a row says itself in the details. */
export function sayRows(rows: readonly Row[]): string {
  return rows.length === 0 ? 'no rows' : rows.map((row) => row.id).join(', ');
}

/** A frame in a word or three, as it is written along its arrow. */
export function shortWord(word: ClientWord | ServerWord): string {
  switch (word.word) {
    case 'hello':
    case 'ping':
    case 'pong':
    case 'accepted':
      return word.word;
    case 'schemaSaid':
      return 'its schema';
    case 'schemaAsked':
      return 'schema asked for';
    case 'nonsense':
      return `nonsense (${spaced(word.nonsense)})`;
    case 'updateToken':
      return `token update ${word.request}`;
    case 'tokenAccepted':
      return `token update ${word.request} accepted`;
    case 'tokenRefused':
      return `token update ${word.request} refused`;
    case 'subscribe':
    case 'unsubscribe':
      return `${word.word} ${word.subscription}`;
    case 'write':
      return `write ${word.sequence}`;
    case 'answered':
      return `answered ${word.subscription} at version ${word.version}`;
    case 'updated':
      return `updated ${word.subscriptions.join(', ')} at version ${word.version}`;
    case 'acknowledged':
      return `acknowledged write ${word.sequence} at version ${word.version}`;
    case 'rejected':
      return `rejected write ${word.sequence}`;
    case 'progressed':
      return `progressed to version ${word.version}`;
  }
}

/** The same with what it carries, for a line of its own. */
export function fullWord(word: ClientWord | ServerWord): string {
  const short = shortWord(word);
  switch (word.word) {
    case 'hello':
      return `${short} as ${sayToken(word.token)}`;
    case 'updateToken':
      return `${short} to ${sayToken(word.token)}`;
    case 'tokenRefused':
      return `${short}: ${word.reason}`;
    case 'answered':
    case 'updated':
      return `${short}: ${sayRows(word.rows)}`;
    case 'rejected':
      return `${short}: ${word.error}`;
    default:
      return short;
  }
}

export function sayClosing({ reason, retry }: Closing): string {
  return reason === null ? 'without a reason' : `${reason}${retry ? ', to be tried again' : ''}`;
}

export function sayOperation(operation: TransactionOperation): string {
  switch (operation.do) {
    case 'insert':
      return `insert ${operation.collection}/${operation.row.id}`;
    case 'update':
    case 'delete':
      return `${operation.do} ${operation.collection}/${operation.id}`;
  }
}

/** The call as its user makes it. */
export function sayCommand(command: Command): string {
  switch (command.do) {
    case 'startSession':
      return `startSession as ${sayToken(command.token.label)}${command.connect ? '' : ', without connecting'}`;
    case 'updateSessionToken':
      return `updateSessionToken to ${sayToken(command.token.label)}`;
    case 'subscribe':
      return `subscribe ${command.subscription}: ${sayQuery(command.query)}`;
    case 'unsubscribe':
      return `unsubscribe ${command.subscription}`;
    case 'insert':
    case 'update':
    case 'delete':
      return sayOperation(command);
    case 'transact':
      return `transact: ${command.operations.map(sayOperation).join(', ') || 'nothing'}`;
    case 'endSession':
    case 'connect':
    case 'disconnect':
    case 'clear':
      return command.do;
  }
}

/** `call` names what a promise is the outcome of. */
export function sayObservation(observation: Observation, call: string): string {
  switch (observation.saw) {
    case 'status':
      return `shows status ${observation.status}`;
    case 'sessionError':
      return `shows session error ${observation.type}`;
    case 'settled':
      return `${call} ${observation.error === null ? 'resolves' : `rejects with ${observation.error}`}`;
    case 'results':
      return `shows results of ${observation.subscription}: ${sayRows(observation.rows)} (${observation.fulfilled ? 'fulfilled' : 'not yet fulfilled'})`;
    case 'remoteFulfilled':
      return `shows ${observation.subscription} as fulfilled by the server`;
    case 'subscriptionError':
      return `shows an error of ${observation.subscription}: ${observation.error}`;
    case 'refreshAsked':
      return `asks its refresh handler (call ${observation.call})`;
    case 'synced':
      return `shows ${observation.collection}/${observation.id} as synced`;
    case 'notSynced':
      return `shows ${observation.collection}/${observation.id} as not synced: ${observation.error}`;
    case 'syncFailed':
      return `shows a write as failed: ${observation.error}`;
  }
}

export function sayQuiet({ blocked }: Quiescence): string {
  return blocked.length === 0 ? 'all is quiet' : `quiet, but for what is held: ${blocked.join(', ')}`;
}

/** `c1 q1, c2 q3` */
export function sayMembers(members: readonly { readonly connection: string; readonly subscription: string }[]): string {
  return members.map(({ connection, subscription }) => `${connection} ${subscription}`).join(', ') || 'nobody';
}

export function sayTime(nowMs: number): string {
  return `the time is ${sayDuration(nowMs)}`;
}
