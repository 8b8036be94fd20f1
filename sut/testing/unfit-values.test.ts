/** A value that its operator cannot take, whatever the row (Q1): refused by name wherever a query or a permission may hold it, and nothing comes of it. */
import { describe, expect, test } from 'vitest';
import type { Operator, Query } from '../../vocabulary/queries.ts';
import { QueryBuilder } from '../client/query-builder.ts';
import { Id } from '../client/schema/attributes.ts';
import type { PlainRow } from '../client/schema/collections.ts';
import { collectionsOf, plainSchema } from '../client/schema/plain.ts';
import { outcomeOf, settled, testWorld } from '../client/test-world.ts';
import { createServer, InvalidQueryError, InvalidSchemaError, SyncClient, silentLogger } from '../index.ts';
import { startTestServer } from './server-environment.ts';

/** No operator takes these: what JSON cannot say, objects, lists in lists, a list with a hole. */
const never = [Number.NaN, Number.NEGATIVE_INFINITY, undefined, {}, 1n, [[1]], new Array(1)];
const unfit: Readonly<Record<Operator, readonly unknown[]>> = {
  '=': [[], ['x'], ...never],
  '!=': [[], [1], ...never],
  '<': [null, [], [1], ...never],
  '<=': [null, [], [1], ...never],
  '>': [null, [], [1], ...never],
  '>=': [null, [], [1], ...never],
  in: ['x', 1, null, [Number.NaN], ...never],
  nin: ['x', true, null, [undefined], ...never],
  like: [3, true, null, ['x%'], ...never],
  has: [null, [], ['x'], ...never],
  '!has': [null, ['x'], ...never],
  isDefined: [null, 1, 'true', [true], ...never],
};
const fit: Readonly<Record<Operator, readonly unknown[]>> = {
  '=': ['x', 0, false, null],
  '!=': ['x', 1.5, true, null],
  '<': ['x', 1, true],
  '<=': ['', -1, false],
  '>': ['x', 1, true],
  '>=': ['x', 1, true],
  in: [[], ['x', 1, null]],
  nin: [[], [true]],
  like: ['', '$token.sub'],
  has: ['x', 1, false],
  '!has': ['x', 1, true],
  isDefined: [true, false],
};
const operators = Object.keys(fit).filter((name): name is Operator => name in fit);

/** As JavaScript calls them, with queries and schemas that came from elsewhere. */
interface Untyped {
  subscribe(query: unknown, onResults: () => void): () => void;
  subscribeWithStatus(query: unknown, callback: () => void): () => void;
  fetch(query: unknown): Promise<unknown>;
  fetchOne(query: unknown): Promise<unknown>;
}
interface UntypedBuilder {
  Where(...given: readonly unknown[]): Pick<Query, 'where'>;
}
interface UntypedSchemas {
  createServer(options: unknown): unknown;
  collectionsOf(schema: unknown): unknown;
  plainSchema(collections: unknown, roles: undefined): unknown;
}
interface UntypedServer {
  overrideSchema(schema: unknown): Promise<unknown>;
}
const schemas: UntypedSchemas = { createServer, collectionsOf, plainSchema };
const todos: UntypedBuilder = new QueryBuilder<PlainRow, 'todos'>('todos');
const asking = (...where: readonly unknown[]) => ({ collection: 'todos', where, order: [] });
const places: Readonly<Record<string, (statement: unknown) => unknown>> = {
  'on top': (statement) => statement,
  'in an or': (statement) => ({ mod: 'or', filters: [['id', '=', 'x'], statement] }),
  'in an and in an or': (statement) => ({ mod: 'or', filters: [{ mod: 'and', filters: [statement] }] }),
};
const cases = operators.flatMap((operator) => Object.entries(places).map(([place, put]) => ({ operator, place, put })));

describe.each(cases)('$operator $place', ({ operator, put }) => {
  test('what does not fit is refused by name, and the client sends nothing', async () => {
    const { client, socket, token } = await testWorld();
    await client.startSession(token('ann'));
    socket().accept();
    const untyped: Untyped = client;
    const local: Untyped = new SyncClient({ logger: silentLogger });
    for (const value of unfit[operator]) {
      const query = asking(put(['a', operator, value]));
      for (const asked of [untyped, local]) {
        expect(() => asked.subscribe(query, () => {})).toThrow(InvalidQueryError);
        expect(() => asked.subscribeWithStatus(query, () => {})).toThrow(InvalidQueryError);
        expect(await outcomeOf(asked.fetch(query))).toBe('InvalidQueryError');
        expect(await outcomeOf(asked.fetchOne(query))).toBe('InvalidQueryError');
      }
      expect(() => todos.Where(put(['a', operator, value]))).toThrow(InvalidQueryError);
      expect(() => todos.Where([put(['a', operator, value])])).toThrow(InvalidQueryError);
    }
    await settled();
    expect(socket().types()).toEqual(['hello']);
  });

  test('what fits is taken', () => {
    const local: Untyped = new SyncClient({ logger: silentLogger });
    for (const value of fit[operator]) {
      const statement = put(['a', operator, value]);
      local.subscribe(asking(statement), () => {});
      expect(todos.Where(statement).where).toEqual([statement]);
    }
  });

  test('no schema holds it in a permission, at client and server', async () => {
    const world = await startTestServer();
    const server: UntypedServer = world.server;
    for (const value of unfit[operator]) {
      const permissions = { member: { read: { filter: [put(['a', operator, value])] } } };
      const schema = { collections: { todos: { attributes: {}, permissions } }, roles: {} };
      expect(() => schemas.createServer({ jwtSecret: 'a secret of these tests, long enough', schema })).toThrow(InvalidSchemaError);
      expect(() => schemas.collectionsOf(schema)).toThrow(InvalidSchemaError);
      expect(() => schemas.plainSchema({ todos: { schema: { id: Id() }, permissions } }, undefined)).toThrow(InvalidSchemaError);
      expect(await outcomeOf(server.overrideSchema(schema))).toBe('InvalidSchemaError');
    }
    for (const value of [...fit[operator], '$token.sub', '$role.name.of']) {
      const permissions = { member: { read: { filter: [put(['a', operator, value])] } } };
      const schema = { collections: { todos: { attributes: {}, permissions } }, roles: {} };
      expect(await outcomeOf(server.overrideSchema(schema))).toBe('resolved');
    }
  });
});
