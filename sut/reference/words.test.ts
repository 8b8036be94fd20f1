/** Frames in words: what an update concerns must be remembered. */
import { expect, test } from 'vitest';
import { clientIdOf } from '../protocol/client-id.ts';
import { describeClose, describeConnection } from './words.ts';

test('an update names the subscriptions that follow its group', () => {
  const describer = describeConnection();
  const ask = (subscription: string) =>
    describer.fromClient(JSON.stringify({ type: 'subscribe', subscription, query: { collection: 'todos', where: [], order: [] } }));
  const answer = (subscription: string, group: string) =>
    describer.fromServer(JSON.stringify({ type: 'answer', subscription, group, version: 1, rows: [] }));
  const update = (group: string) => describer.fromServer(JSON.stringify({ type: 'update', group, version: 2, upserts: [], removals: [] }));
  for (const name of ['q1', 'q2', 'q3']) ask(name);
  expect(answer('q1', 'g1')).toEqual({ word: 'answered', subscription: 'q1', group: 'g1', version: 1, rows: [] });
  answer('q2', 'g1');
  answer('q3', 'g2');
  expect(update('g1')).toEqual({ word: 'updated', subscriptions: ['q1', 'q2'], version: 2, rows: [] });
  describer.fromClient(JSON.stringify({ type: 'unsubscribe', subscription: 'q1' }));
  answer('q1', 'g1');
  expect(update('g1')).toMatchObject({ subscriptions: ['q2'] });
  expect(update('g3')).toMatchObject({ subscriptions: [] });
});

test('a close reason is told, where there is one', () => {
  expect(describeClose('{"type":"TOKEN_EXPIRED","retry":false}')).toEqual({ reason: 'TOKEN_EXPIRED', retry: false, message: null });
  expect(describeClose('{"type":"INTERNAL_ERROR","retry":false,"message":"why"}')).toMatchObject({ message: 'why' });
  expect(describeClose('')).toBeNull();
});

test('answers and updates tell the rows as a client sees them, a rejection its error by name', () => {
  const describer = describeConnection();
  const say = (frame: unknown) => describer.fromServer(JSON.stringify(frame));
  const rows = [{ generation: 'c1:1', attributes: { id: 'milk', rank: 1 } }];
  expect(say({ type: 'answer', subscription: 'q1', group: 'g1', version: 1, rows })).toMatchObject({ rows: [{ id: 'milk', rank: 1 }] });
  expect(say({ type: 'update', group: 'g1', version: 2, upserts: rows, removals: [] })).toMatchObject({ rows: [{ id: 'milk', rank: 1 }] });
  const rejected = { type: 'rejected', sequence: 3, version: 4, error: { name: 'PermissionDeniedError', message: 'no' } };
  expect(say(rejected)).toEqual({ word: 'rejected', sequence: 3, version: 4, error: 'PermissionDeniedError', text: 'no' });
});

test('an answer anew moves the subscription to its new group', () => {
  const describer = describeConnection();
  const query = { collection: 'todos', where: [], order: [] };
  describer.fromClient(JSON.stringify({ type: 'subscribe', subscription: 'q1', query }));
  for (const group of ['g1', 'g2']) {
    describer.fromServer(JSON.stringify({ type: 'answer', subscription: 'q1', group, version: 1, rows: [] }));
  }
  const update = (group: string) => describer.fromServer(JSON.stringify({ type: 'update', group, version: 2, upserts: [], removals: [] }));
  expect(update('g1')).toMatchObject({ subscriptions: [] });
  expect(update('g2')).toMatchObject({ subscriptions: ['q1'] });
});

test('the schema exchange has its words', () => {
  const describer = describeConnection();
  const hello = { type: 'hello', versions: [2], secret: 'a', answered: 0, token: 't' };
  const word = { word: 'hello', token: 't', clientId: clientIdOf('a'), answered: 0, heard: null };
  expect(describer.fromClient(JSON.stringify(hello))).toEqual({ ...word, schema: null });
  expect(describer.fromClient(JSON.stringify({ ...hello, schema: 'hash' }))).toEqual({ ...word, schema: 'hash' });
  expect(describer.fromServer('{"type":"schemaRequested"}')).toEqual({ word: 'schemaAsked' });
  expect(describer.fromClient('{"type":"schema","schema":{"collections":{},"roles":{}}}')).toEqual({ word: 'schemaSaid' });
});
