/** Frames in words: what an update concerns must be remembered. */
import { expect, test } from 'vitest';
import { describeClose, describeConnection } from './own-words.ts';

test('an update names the subscriptions that follow its group', () => {
  const describer = describeConnection();
  const ask = (subscription: string) =>
    describer.fromClient(JSON.stringify({ type: 'subscribe', subscription, query: { collection: 'todos', where: [], order: [] } }));
  const answer = (subscription: string, group: string) =>
    describer.fromServer(JSON.stringify({ type: 'answer', subscription, group, version: 1, rows: [] }));
  const update = (group: string) => describer.fromServer(JSON.stringify({ type: 'update', group, version: 2, upserts: [], removals: [] }));
  for (const name of ['q1', 'q2', 'q3']) ask(name);
  expect(answer('q1', 'g1')).toEqual({ word: 'answered', subscription: 'q1', group: 'g1', version: 1 });
  answer('q2', 'g1');
  answer('q3', 'g2');
  expect(update('g1')).toEqual({ word: 'updated', subscriptions: ['q1', 'q2'], version: 2 });
  describer.fromClient(JSON.stringify({ type: 'unsubscribe', subscription: 'q1' }));
  answer('q1', 'g1');
  expect(update('g1')).toMatchObject({ subscriptions: ['q2'] });
  expect(update('g3')).toMatchObject({ subscriptions: [] });
});

test('a close reason is told, where there is one', () => {
  expect(describeClose('{"type":"TOKEN_EXPIRED","retry":false}')).toEqual({ reason: 'TOKEN_EXPIRED', retry: false });
  expect(describeClose('')).toBeNull();
});
