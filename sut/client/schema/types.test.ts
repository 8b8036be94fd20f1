/** The types that follow from a schema, held by the compiler; the test runs only to keep the file honest. */
import { expect, expectTypeOf, test } from 'vitest';
import {
  and,
  InvalidQueryError,
  InvalidSchemaError,
  or,
  plainSchema,
  type Query,
  Schema as S,
  SyncClient,
  silentLogger,
} from '../../index.ts';

const schema = S.Collections({
  todos: {
    schema: S.Schema({
      id: S.Id(),
      text: S.String(),
      state: S.String({ enum: ['open', 'shut'], default: 'open' }),
      done: S.Boolean({ default: false }),
      assignee: S.String({ nullable: true }),
      due: S.Optional(S.Date()),
      tags: S.Set(S.String(), { default: new Set<string>() }),
    }),
  },
});

interface Todo {
  readonly id: string;
  readonly text: string;
  readonly state: 'open' | 'shut';
  readonly done: boolean;
  readonly assignee: string | null;
  readonly due?: Date;
  readonly tags: ReadonlySet<string>;
}

test('rows, inserts and updates are typed by the schema', async () => {
  const client = new SyncClient({ schema, logger: silentLogger });
  const inserted = client.insert('todos', { text: 'Buy milk', assignee: null });
  expectTypeOf(inserted).resolves.toEqualTypeOf<Todo>();
  const { id } = await inserted;
  await client.update('todos', id, { done: true });
  await client.update('todos', id, (draft) => {
    draft.tags.add('shop');
  });
  await client.update('todos', id, (draft) => ({ text: `${draft.text}!` }));
  const other = await client.transact((tx) => {
    const row = tx.insert('todos', { text: 'Sell milk', assignee: 'bob' });
    expectTypeOf(row).toEqualTypeOf<Todo>();
    tx.update('todos', row.id, (draft) => {
      draft.state = 'shut';
    });
    return row.id;
  });
  expect(await client.fetchById('todos', other)).toMatchObject({ state: 'shut', tags: new Set() });
  const query = client.query('todos').Where('done', '=', true).Where('tags', 'has', 'shop').Order('due', 'DESC').Limit(1);
  const row = await client.fetchOne(query);
  expectTypeOf(row).toEqualTypeOf<Todo | null>();
  expect(row).toEqual({ id, text: 'Buy milk!', state: 'open', done: true, assignee: null, tags: new Set(['shop']) });
});

test('what the schema does not know is an error of the compiler', () => {
  const client = new SyncClient({ schema, logger: silentLogger });
  // @ts-expect-error: no such collection
  expect(() => client.subscribe(client.query('notes'), () => {})).toThrow('"notes"');
  // @ts-expect-error: no such attribute
  client.query('todos').Where('colour', '=', 'red');
  // @ts-expect-error: not one of the enumeration
  client.query('todos').Where('state', '=', 'lost');
  // @ts-expect-error: another type
  client.query('todos').Where('done', '=', 'yes');
  // @ts-expect-error: no such attribute
  client.query('todos').Order('colour');
});

test('what an operator cannot take is an error of the compiler, and refused (Q1)', () => {
  const client = new SyncClient({ schema, logger: silentLogger });
  const todos = client.query('todos');
  const refused = (make: () => unknown) => expect(make).toThrow(InvalidQueryError);
  // @ts-expect-error: a pattern is a text
  refused(() => todos.Where('text', 'like', 3));
  // @ts-expect-error: nothing is before or after null
  refused(() => todos.Where('assignee', '<', null));
  // @ts-expect-error: nor missing
  refused(() => todos.Where('due', '>=', undefined));
  // @ts-expect-error: a set equals nothing
  refused(() => todos.Where('tags', '=', new Set(['a'])));
  // @ts-expect-error: a member is no list
  refused(() => todos.Where('tags', 'has', ['a']));
  // @ts-expect-error: nor null
  refused(() => todos.Where('tags', '!has', null));
  // @ts-expect-error: a list is asked for
  refused(() => todos.Where('text', 'in', 'a'));
  // @ts-expect-error: true or false
  refused(() => todos.Where('text', 'isDefined', 1));
  // @ts-expect-error: as a clause too
  refused(() => todos.Where(['text', 'like', 3]));
  // @ts-expect-error: in a list of clauses
  refused(() => todos.Where([['text', '>', null]]));
  // @ts-expect-error: deep down
  refused(() => todos.Where(or([and([['text', 'has', ['a']]])])));
  expect(
    todos
      .Where('due', '>', new Date(0))
      .Where('assignee', '=', null)
      .Where('assignee', 'in', ['ann', null])
      .Where('due', 'nin', new Set([new Date(0), null]))
      .Where(or([and([['tags', 'has', 'a']]), ['text', 'isDefined', false]])).where,
  ).toHaveLength(5);
});

test('nor is it a query as plain data', () => {
  const client = new SyncClient({ logger: silentLogger });
  const todos = { collection: 'todos', order: [] } as const;
  const refused = (make: () => unknown) => expect(make).toThrow(InvalidQueryError);
  const ignore = () => {};
  // @ts-expect-error: a pattern is a text
  refused(() => client.subscribe({ ...todos, where: [['a', 'like', 3]] }, ignore));
  // @ts-expect-error: nothing is before or after a list
  refused(() => client.subscribeWithStatus({ ...todos, where: [['a', '>', [1]]] }, ignore));
  // @ts-expect-error: deep down
  refused(() => client.subscribe({ ...todos, where: [{ mod: 'or', filters: [['a', '=', ['x']]] }] }, ignore));
  // @ts-expect-error: a date is a text there
  refused(() => client.subscribe({ ...todos, where: [['a', '=', new Date(0)]] }, ignore));
  const where: Query['where'] = [['a', 'in', [1, null]], { mod: 'or', filters: [['a', '!has', 1]] }];
  client.subscribe({ ...todos, where }, ignore)();
});

test('nor is it a permission, in which variables may stand anywhere', () => {
  const notes = { id: S.Id(), team: S.String() };
  const refused = (make: () => unknown) => expect(make).toThrow(InvalidSchemaError);
  // @ts-expect-error: a pattern is a text
  refused(() => plainSchema({ notes: { schema: notes, permissions: { user: { read: { filter: [['team', 'like', 3]] } } } } }, undefined));
  // @ts-expect-error: a list is asked for, or a variable
  refused(() => plainSchema({ notes: { schema: notes, permissions: { user: { read: { filter: [['team', 'in', 'x']] } } } } }, undefined));
  const permissions = {
    user: {
      read: {
        filter: [
          or([
            ['team', 'in', '$token.teams'],
            ['team', 'isDefined', '$role.any'],
          ]),
        ],
      },
    },
  };
  expect(plainSchema({ notes: { schema: notes, permissions } }, undefined).collections.notes?.permissions).toEqual(permissions);
});

test('without a schema rows are plain data', async () => {
  const client = new SyncClient({ logger: silentLogger });
  const row = await client.insert('anything', { id: 'a', count: 1, tags: ['x'] });
  expectTypeOf(row.id).toEqualTypeOf<string>();
  expect(row).toEqual({ id: 'a', count: 1, tags: ['x'] });
});
