/** What a client says of its schema (C4), and that nobody changes it (C1). */
import { expect, test } from 'vitest';
import { silentLogger } from '../runtime/loggers.ts';
import { schemaHash } from '../schema/hash.ts';
import { SyncClient } from './client.ts';
import * as S from './schema/index.ts';
import { plainSchema } from './schema/plain.ts';
import { outcomeOf, testWorld } from './test-world.ts';

const roles = { user: { match: { sub: '$uid' } } };
const collections = () =>
  S.Collections({
    todos: {
      schema: S.Schema({ id: S.Id(), state: S.String({ enum: ['open', 'done'] }), tags: S.Optional(S.Set(S.String())) }),
      permissions: { user: { read: { filter: [['owner', '=', '$role.uid']] }, insert: { filter: [] }, delete: {} } },
    },
  });

test('the hello says its hash; asked, the client answers with the schema itself', async () => {
  const { client, socket, token } = await testWorld({ schema: collections(), roles });
  await client.startSession(token('ann'));
  const schema = plainSchema(collections(), roles);
  socket().open();
  expect(socket().sent).toMatchObject([{ type: 'hello', schema: schemaHash(schema) }]);
  socket().say({ type: 'schemaRequested' });
  expect(socket().sent.at(-1)).toEqual({ type: 'schema', schema });
  socket().say({ type: 'accepted', version: 0, incarnation: 'first', diverged: false });
  expect(client.connectionStatus).toBe('OPEN');
  socket().say({ type: 'schemaRequested' });
  expect(socket().types()).toEqual(['hello', 'schema']);
});

test('without a schema it says so', async () => {
  const { client, socket, token } = await testWorld();
  await client.startSession(token('ann'));
  socket().open();
  expect(socket().sent).toMatchObject([{ type: 'hello', schema: null }]);
});

test('SCHEMA_MISMATCH is told, and ends the attempts', async () => {
  const { client, socket, token, errors, time } = await testWorld({ schema: collections() });
  await client.startSession(token('ann'));
  socket().open();
  socket().close({ type: 'SCHEMA_MISMATCH', retry: false });
  expect([errors, client.connectionStatus, time.scheduled()]).toEqual([['SCHEMA_MISMATCH'], 'CLOSED', []]);
});

test('the schema is what was given, whatever becomes of the object that was given or handed out', async () => {
  const given = collections();
  const client = new SyncClient({ schema: given, roles, logger: silentLogger });
  expect(client.getSchema()).toEqual(collections());
  Object.assign(given.todos, { schema: S.Schema({ id: S.Id() }) });
  const told = client.getSchema();
  expect(() => Object.assign(told?.todos.schema ?? {}, { text: S.String() })).toThrow(TypeError);
  client.query('todos').Where('state', '=', 'open');
  client.subscribe(client.query('todos').Limit(1), () => {});
  expect(client.getSchema()).toEqual(collections());
  // @ts-expect-error: not one of the enumeration
  expect(await outcomeOf(client.insert('todos', { state: 'lost' }))).toBe('InvalidValueError');
  const { id } = await client.insert('todos', { state: 'open' });
  // @ts-expect-error: not one of the enumeration
  expect(await outcomeOf(client.update('todos', id, { state: 'lost' }))).toBe('InvalidValueError');
  // @ts-expect-error: not one of the enumeration
  expect(await outcomeOf(client.transact((tx) => tx.update('todos', id, { state: 'lost' })))).toBe('InvalidValueError');
  expect(await client.fetch(client.query('todos'))).toMatchObject([{ id, state: 'open' }]);
});
