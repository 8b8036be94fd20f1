/** What a client may send: only on its session's connection, nothing twice, as who it is (S2, S4, W1, K1, K2, C4). */

import { clientOf, connectionOf, withClient, withConnection } from '../change.ts';
import type { ClientState } from '../client-state.ts';
import type { ConnectionState } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { isUnanswered, type SentWrite, type Write } from '../writes/changes.ts';
import { requireHeard } from '../writes/incarnations.ts';
import { answeredUpTo, writeNumbered } from '../writes/numbers.ts';
import type { ClientWord, Hello } from './words.ts';

type WriteWord = Extract<ClientWord, { readonly word: 'write' }>;

/** What a client may send: only on its session's connection, and nothing twice (S2, S4, W1). */
export function clientSends(before: State, name: ClientName, connection: number, word: ClientWord): State {
  const client = clientOf(before, name);
  const present = connectionOf(before, connection);
  const state = withConnection(before, connection, { clientSentMs: before.nowMs, saidHello: present.saidHello || word.word === 'hello' });
  if (word.word === 'hello') return state.decisions.sayHello(state, name, connection, present, word);
  requireOwnConnection(client, connection, word);
  if (word.word !== 'schemaSaid' && word.word !== 'nonsense' && client.status !== 'OPEN') {
    const rule = word.word === 'ping' ? 'S9' : 'S1';
    return reject(rule, `sent ${word.word} before OPEN`, `${name} spoke before its token was accepted`, ['hello'], word.word);
  }
  switch (word.word) {
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
      if (!Object.hasOwn(client.subscriptions, word.subscription))
        return reject(
          'Q4',
          'subscribed after unsubscribe',
          `${name} subscribed ${word.subscription}, which has ended`,
          ['nothing'],
          word.subscription,
        );
      return withConnection(state, connection, { sentSubscriptions: [...present.sentSubscriptions, word.subscription] });
    case 'unsubscribe':
      if (Object.hasOwn(client.subscriptions, word.subscription) && !state.decisions.mayUnsubscribeLive(present, client))
        return reject(
          'Q4',
          'unsubscribed a live one',
          `${name} unsubscribed ${word.subscription}, which lives`,
          ['nothing'],
          word.subscription,
        );
      return state;
    case 'write': {
      const known = writeNumbered(client, word.sequence);
      if (known?.stored === false)
        return reject(
          'W1',
          'sent before stored',
          `${name} sent write ${word.sequence}, which its storage does not hold yet`,
          ['nothing'],
          `${word.sequence}`,
        );
      if (known === undefined || !isUnanswered(known) || word.sequence <= present.lastWriteSent)
        return reject(
          'W1',
          'write out of order',
          `${name} sent write ${word.sequence} out of order, twice, or after its acknowledgement`,
          [`a write after ${present.lastWriteSent}`],
          `${word.sequence}`,
        );
      return sendWrite(state, client, connection, known, word);
    }
    case 'ping':
      return withConnection(state, connection, {
        pingedMs: state.nowMs,
        heardSincePing: false,
        unansweredPingMs: connectionOf(state, connection).unansweredPingMs ?? state.nowMs,
      });
  }
}

/** A write says who it is and what its client knows, and is the same wherever it is said again (W1). */
function sendWrite(state: State, client: ClientState, connection: number, write: Write, word: WriteWord): State {
  const { id = null, resent = write.sent, answered = answeredUpTo(client) } = word;
  requireWriteId(state, client, write, id);
  if (resent !== write.sent)
    reject(
      'W1',
      'resent wrongly',
      `${client.name} said of write ${word.sequence} whether it may have been sent before`,
      [`${write.sent}`],
      `${resent}`,
    );
  requireAnswered(client, answered);
  const { key, sequence, changes } = write;
  const said: SentWrite = { key, sequence, changes, id, resent, answered };
  const sent = withConnection(state, connection, {
    lastWriteSent: sequence,
    writesSent: { ...connectionOf(state, connection).writesSent, [sequence]: said },
  });
  const writes = client.writes.map((candidate) => (candidate === write ? { ...write, id, sent: true } : candidate));
  const noted = withClient(sent, client.name, { writes });
  return id === null ? noted : { ...noted, writeIds: { ...noted.writeIds, [id]: key } };
}

function requireWriteId({ writeIds }: State, client: ClientState, { id: known, key, sequence }: Write, id: string | null): void {
  if (known !== null && known !== id)
    reject('W1', 'another write id', `${client.name} said write ${sequence} with another id than before`, [known], id ?? 'none');
  if (id !== null && rootOf(entryOf(writeIds, id) ?? key) !== rootOf(key))
    reject('W1', 'used write id', `${client.name} said write ${sequence} with the id of another write`, ['a fresh id'], id);
}

/** As it was called before its client left a log (W2). */
function rootOf(key: string): string {
  return key.split('@')[0] ?? key;
}

/** Too little would make the server remember for ever, too much would make it forget what is not heard yet (W1). */
function requireAnswered(client: ClientState, said: number): void {
  const expected = answeredUpTo(client);
  if (said !== expected)
    reject('W1', 'answered wrongly', `${client.name} said up to which number it was answered`, [`${expected}`], `${said}`);
}

function requireOwnConnection({ name, connection: own }: ClientState, connection: number, { word }: ClientWord): void {
  if (own !== connection)
    reject('S2', `sent ${word} on a replaced connection`, `${name} spoke on a connection that is not its session's`, ['nothing'], word);
}

/** On the connection of its session, with that session's token (S2). */
export function sayHello(state: State, name: ClientName, connection: number, present: ConnectionState, hello: Hello): State {
  const client = clientOf(state, name);
  requireOwnConnection(client, connection, hello);
  return introduce(state, name, present, hello, client.session?.token.label ?? null);
}

/** Who it is, by which token, and what schema it has (S2, K1, K2, C4). */
export function introduce(state: State, name: ClientName, present: ConnectionState, hello: Hello, token: string | null): State {
  requireHello(name, present, hello.token, token);
  const client = clientOf(state, name);
  if (client.unread !== null)
    reject('K3', 'hello of nobody', `${name} said who it is before its storage was read`, ['nothing'], hello.clientId);
  requireAnswered(client, hello.answered ?? answeredUpTo(client));
  requireHeard(client.heard, hello.heard);
  return state.decisions.learnHash(withClientId(state, client, hello.clientId), client, hello.schema);
}

/** Once on a connection, and with the token of its session. */
function requireHello(name: ClientName, { saidHello }: ConnectionState, said: string, expected: string | null): void {
  if (saidHello) reject('S2', 'hello again', `${name} said hello twice on one connection`, ['once'], said);
  if (said !== expected)
    reject('S2', 'hello with another token', `${name} said hello with another token than its session's`, [expected ?? 'none'], said);
}

/** One id for each epoch, never one that was used before (K1, K2, W6). */
function withClientId(state: State, { name, epoch, clientIds }: ClientState, clientId: string): State {
  const known = clientIds[epoch];
  if (known === clientId) return state;
  const isUsed = Object.values(clientIds).includes(clientId);
  if (known !== undefined || isUsed)
    return reject(isUsed ? 'K1' : 'K2', 'another client id', `${name} said another client id`, [known ?? 'a fresh one'], clientId);
  return withClient(state, name, { clientIds: { ...clientIds, [epoch]: clientId } });
}
