/** What a client may send: only on its session's connection, nothing twice, as who it is (S2, S4, W1, K1, K2, C4). */
import type { ClientName, ClientWord } from '../actions.ts';
import { clientOf, connectionOf, withClient, withConnection, withServer } from '../change.ts';
import { reject } from '../rejection.ts';
import { hashedPart } from '../schema/difference.ts';
import { type ClientState, type ConnectionState, dialectOf, type State } from '../state.ts';

/** What a client may send: only on its session's connection, and nothing twice (S2, S4, W1). */
export function send(before: State, name: ClientName, connection: number, word: ClientWord): State {
  const client = clientOf(before, name);
  const present = connectionOf(before, connection);
  const state = withConnection(before, connection, { clientSentMs: before.nowMs, saidHello: present.saidHello || word.word === 'hello' });
  if (word.word === 'hello' && dialectOf(before).saysTokenAtOpening) {
    requireHello(name, present, word.token, present.attemptedWith);
    const known = withClientId(state, client, word.clientId);
    return dialectOf(before).saysNoSchema ? known : withSchemaSaid(known, client, word.schema);
  }
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
      requireHello(name, present, word.token, client.session?.token.label ?? null);
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
      if (client.subscriptions[word.subscription] !== undefined && !isAskedAnew(state, client, connection))
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

/** Once on a connection, and with the token of its session. */
function requireHello(name: ClientName, { saidHello }: ConnectionState, said: string, expected: string | null): void {
  if (saidHello) reject('S2', 'hello again', `${name} said hello twice on one connection`, ['once'], said);
  if (said !== expected)
    reject('S2', 'hello with another token', `${name} said hello with another token than its session's`, [expected ?? 'none'], said);
}

/** What is asked for anew on the same connection is left first. */
function isAskedAnew(state: State, client: ClientState, connection: number): boolean {
  return dialectOf(state).clearsInPlace && connectionOf(state, connection).epoch !== client.epoch;
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
