/** Who and what the traces are about: two clients, a few tokens, three todos and the queries that look at them. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Permissions, Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Token } from '../actions.ts';
import type { ModelConfiguration } from '../state.ts';

export const milk: Row = { id: 't1', title: 'Buy milk', done: false, priority: 2 };
export const rent: Row = { id: 't2', title: 'Pay rent', done: true, priority: 1 };
export const aunt: Row = { id: 't3', title: 'Call aunt', done: false, priority: 3 };
/** The version at which every trace begins: one for each row. */
export const seededVersion = 3;

/** `c1` knows the roles and checks them itself; `c2` does not, and leaves them to the server (S3). */
export const configuration: ModelConfiguration = {
  clients: [
    { name: 'c1', knowsRoles: true, wallClockSkewMs: 0 },
    { name: 'c2', knowsRoles: false, wallClockSkewMs: 0 },
  ],
  roles: { member: { match: { role: 'member', sub: '$user' } }, guest: { match: { role: 'guest' } } },
  sharedSecret: true,
  epochMs: 1_700_000_000_000,
  rows: { todos: [milk, rent, aunt] },
};

const base: Token = {
  label: 'ann',
  user: 'ann',
  role: 'member',
  plan: 'free',
  expiresAtMs: null,
  notBeforeMs: null,
  flaw: 'none',
  key: 'secret',
};
export const ann: Token = base;
export const bob: Token = { ...base, label: 'bob', user: 'bob' };
/** The same roles with the same bound variables as `ann`, another claim beside them. */
export const annPaying: Token = { ...base, label: 'ann paying', plan: 'paid' };
/** Signed with no algorithm at all. */
export const annForged: Token = { ...base, label: 'ann forged', flaw: 'noneAlgorithm' };
export const annForOneMinute: Token = { ...base, label: 'ann for one minute', expiresAtMs: configuration.epochMs + 60_000 };
/** Expired when the run begins, by every clock that is right. */
export const annExpired: Token = { ...base, label: 'ann expired', expiresAtMs: configuration.epochMs - 1_000 };
/** Over half a second after its predecessor for one minute would be renewed. */
export const annForAMoment: Token = { ...base, label: 'ann for a moment', expiresAtMs: configuration.epochMs + 59_500 };
export const annForTwoMinutes: Token = { ...base, label: 'ann for two minutes', expiresAtMs: configuration.epochMs + 120_000 };

export const everyTodo: Query = { collection: 'todos', where: [], order: [] };
export const openTodos: Query = { collection: 'todos', where: [['done', '=', false]], order: [] };

const plain = { items: null, nullable: false, optional: false, enum: null } as const;
/** Todos as they are, with the permissions given; null: open. */
export function todosSchema(permissions: Permissions | null): Schema {
  const { roles } = configuration;
  const attributes = {
    title: { ...plain, type: 'string' },
    done: { ...plain, type: 'boolean' },
    priority: { ...plain, type: 'number' },
  } as const;
  return { collections: { todos: { attributes, permissions } }, roles };
}
export const openSchema: Schema = todosSchema(null);
/** Members see what is not done, and write nothing. */
export const undoneOnly: Schema = todosSchema({ member: { read: { filter: [['done', '=', false]] } } });
/** Todos may have a note. */
export const withNote: Schema = withAttribute(true);
/** Todos must have a note: no todo has one, and clients of before would not give one. */
export const withNoteRequired: Schema = withAttribute(false);
function withAttribute(optional: boolean): Schema {
  const { todos } = openSchema.collections;
  const attributes = { ...todos?.attributes, note: { ...plain, type: 'string', optional } } as const;
  return { ...openSchema, collections: { todos: { attributes, permissions: null } } };
}
