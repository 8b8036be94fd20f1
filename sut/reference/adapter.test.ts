/** Our client behind the port of systems: plain data in and out, with a schema too. */
import { expect, test } from 'vitest';
import { SyncClient } from '../client/client.ts';
import { collectionsOf } from '../client/schema/plain.ts';
import { memoryClientStorage } from '../client/storage.ts';
import { fakeTime, settled } from '../client/test-world.ts';
import { silentLogger } from '../runtime/loggers.ts';
import type { PlainSchema } from '../schema/types.ts';
import { ownSystem } from './adapter.ts';

const attribute = { items: null, nullable: false, optional: false, enum: null } as const;
const schema: PlainSchema = {
  collections: {
    todos: {
      attributes: { due: { ...attribute, type: 'date' }, tags: { ...attribute, type: 'set', items: 'string' } },
      permissions: { user: { read: { filter: [] } } },
    },
  },
  roles: { user: { match: { sub: '$uid' } } },
};

function client() {
  const { wallClock, timers } = fakeTime(0);
  const transport = { connect: () => ({ send: () => {}, close: () => {}, terminate: () => {} }) };
  const random = { uuid: () => 'id', fraction: () => 0, hex: (bytes: number) => '0'.repeat(2 * bytes) };
  return ownSystem.createClient(
    { wallClock, timers, random, transport, storage: memoryClientStorage(), logger: silentLogger },
    { serverUrl: 'ws://server', roles: undefined, claimsPath: undefined, schema },
  );
}

test('rows of a client with a schema are plain: dates as text, sets sorted', async () => {
  const own = client();
  const shown: unknown[] = [];
  own.subscribe(
    'q1',
    { collection: 'todos', where: [], order: [] },
    {
      onResults: (rows) => shown.push(rows),
      onError: () => {},
      onRemoteFulfilled: () => {},
    },
  );
  const milk = { id: 'milk', due: '2030-01-01T00:00:00.000Z', tags: ['a', 'b'] };
  await own.transact([
    { do: 'insert', collection: 'todos', row: { ...milk, tags: ['b', 'a'] } },
    { do: 'insert', collection: 'todos', row: { ...milk, id: 'rent' } },
    { do: 'update', collection: 'todos', id: 'milk', changes: { due: milk.due } },
    { do: 'delete', collection: 'todos', id: 'rent' },
  ]);
  await settled();
  expect(shown.at(-1)).toEqual([milk]);
  await own.clear();
  expect(shown.at(-1)).toEqual([]);
});

test('its schema is told as it was given', () => {
  expect(client().schema()).toEqual(schema);
});

test('it is the one that is hashed and said, and nobody can change it', () => {
  const given = new SyncClient({ schema: collectionsOf(schema), roles: schema.roles });
  const said = given.getPlainSchema();
  expect(said).toEqual(schema);
  expect(said).toBe(given.getPlainSchema());
  expect(Object.values(said?.collections ?? {}).every((collection) => Object.isFrozen(collection.attributes))).toBe(true);
});
