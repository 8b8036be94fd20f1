/** The types that follow from a schema, held by the compiler; the test runs only to keep the file honest. */
import { expect, expectTypeOf, test } from 'vitest';
import { Schema as S, SyncClient, silentLogger } from '../../index.ts';

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

test('without a schema rows are plain data', async () => {
  const client = new SyncClient({ logger: silentLogger });
  const row = await client.insert('anything', { id: 'a', count: 1, tags: ['x'] });
  expectTypeOf(row.id).toEqualTypeOf<string>();
  expect(row).toEqual({ id: 'a', count: 1, tags: ['x'] });
});
