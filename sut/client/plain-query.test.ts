/** What is asked for is a copy, and nothing that a server would close the connection for. */

import { expect, test } from 'vitest';
import type { Filter } from '../../vocabulary/queries.ts';
import { plainQuery } from './plain-query.ts';
import { outcomeOf, testWorld } from './test-world.ts';

const query = { collection: 'todos', where: [], order: [] };

test('a query that a server would refuse is refused', () => {
  let deep: Filter = ['a', '=', 1];
  for (let depth = 0; depth < 20_000; depth += 1) deep = { mod: 'or', filters: [deep] };
  expect(() => plainQuery({ ...query, where: [deep] })).toThrow('filters nest deeper than 200');
  expect(() => plainQuery({ ...query, where: [['a', 'in', 'x']] })).toThrow('in takes a list');
  expect(() => plainQuery({ ...query, collection: '' })).toThrow('query.collection');
  expect(() => plainQuery({ ...query, limit: -1 })).toThrow('query.limit');
  expect(() => plainQuery({ ...query, after: { values: [1], id: 'x' } })).toThrow('query.after');
});

test('it is refused to whoever asks, and the connection lives on', async () => {
  const { client, socket, token } = await testWorld({ frameBytesMax: 300 });
  await client.startSession(token('ann'));
  socket().accept();
  // @ts-expect-error: no list
  expect(await outcomeOf(client.fetch({ ...query, where: [['a', 'nin', 1]] }))).toBe('InvalidQueryError');
  expect(await outcomeOf(client.fetch({ ...query, where: [['a', '=', 'x'.repeat(300)]] }))).toBe('InvalidQueryError');
  expect(() => client.subscribe({ ...query, collection: '' }, () => {})).toThrow('collection');
  expect(socket().types()).toEqual(['hello']);
  client.subscribe(query, () => {});
  expect(socket().sent.at(-1)).toMatchObject({ type: 'subscribe', subscription: 's1' });
});

test('nobody who holds the original can change it', () => {
  const members = ['x'];
  const values = [1];
  const asked = plainQuery({ ...query, where: [['a', 'in', members]], order: [['a', 'ASC']], limit: 1, after: { values, id: 'x' } });
  members.push('y');
  values[0] = 2;
  expect(asked).toMatchObject({ where: [['a', 'in', ['x']]], after: { values: [1], id: 'x' } });
});
