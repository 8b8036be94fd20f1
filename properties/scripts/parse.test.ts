import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { formatScript, parseScript, ScriptError } from './parse.ts';
import type { Script } from './script.ts';

const small: Script = {
  version: 1,
  profile: 'by hand',
  configuration: { clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [
    {
      do: 'startSession',
      client: 'c1',
      token: { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: 60_000, validFromMs: null, flaw: 'none' },
      connect: true,
      refresh: { intervalMs: 2000, answers: [{ answer: 'token', token: { kind: 'current' } }, { answer: 'null' }] },
    },
    { do: 'hold', label: 'server→c1' },
    { do: 'insert', client: 'c1', collection: 'todos', row: { id: 'milk', text: 'buy milk', tags: ['a', 'b'] } },
    { do: 'deliver', label: 'server→c1', count: 1 },
    { do: 'advance', ms: 1000 },
  ],
};

const plainAttribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
const schema = {
  collections: {
    todos: {
      attributes: { text: plainAttribute, tags: { ...plainAttribute, type: 'set', items: 'string' } },
      permissions: { guest: {}, member: { read: { filter: [['assignee', 'in', '$token.teams']] }, insert: {} } },
    },
  },
  roles: { guest: { match: { role: 'guest' } }, member: { match: { role: 'member', sub: '$user' } } },
};

/** A script of that one step, as text. */
function alone(step: object): string {
  return JSON.stringify({ ...small, steps: [step] });
}

function pushed(change: (changed: typeof schema) => void): string {
  const changing = structuredClone(schema);
  change(changing);
  return alone({ do: 'pushSchema', schema: changing });
}

/** The small script with one place changed, as text. */
function broken(change: (script: ReturnType<typeof plain>) => void): string {
  const script = plain();
  change(script);
  return JSON.stringify(script);
}

function plain(): { version: unknown; configuration: Record<string, unknown>; steps: Record<string, unknown>[] } {
  return JSON.parse(JSON.stringify(small));
}

function messageOf(text: string): string {
  try {
    parseScript(text);
  } catch (error) {
    if (error instanceof ScriptError) return error.message;
    throw error;
  }
  return 'parsed';
}

describe('parse and format', () => {
  test('what is formatted parses to the same script, and formats to the same text', () => {
    for (let run = 0; run < 40; run += 1) {
      const script = scriptOf(11, run);
      const text = formatScript(script);
      expect(parseScript(text)).toEqual(script);
      expect(formatScript(parseScript(text))).toBe(text);
    }
  });

  test('short steps stand on a line each', () => {
    expect(formatScript(small)).toContain('\n    { "do": "hold", "label": "server→c1" },\n');
  });

  test('the order of attributes does not show', () => {
    const turned: Script = {
      ...small,
      steps: [{ do: 'insert', client: 'c1', collection: 'todos', row: { text: 'x', done: true, id: 'a' } }],
    };
    const other: Script = {
      ...small,
      steps: [{ do: 'insert', client: 'c1', collection: 'todos', row: { id: 'a', done: true, text: 'x' } }],
    };
    expect(formatScript(turned)).toBe(formatScript(other));
  });

  test.each([
    { do: 'pushSchema', schema },
    { do: 'restartServer', how: 'crash', keepsTail: true },
    { do: 'restartClient', client: 'c1', keepsTail: false },
    { do: 'failStorage', process: 'server', keepsTail: true },
    { do: 'inject', client: 'c1', to: 'server', nonsense: 'writeGap' },
    { do: 'stranger', says: 'otherVersion' },
    { do: 'clear', client: 'c1' },
    { do: 'hold', label: 'server load' },
    { do: 'inCallback', client: 'c1', callback: 'syncFailed', command: { do: 'clear', client: 'c1' } },
    { do: 'transact', client: 'c1', operations: [] },
    {
      do: 'transact',
      client: 'c1',
      operations: [
        { do: 'insert', collection: 'todos', row: { id: 'milk', done: true } },
        { do: 'update', collection: 'todos', id: 'milk', changes: { done: false } },
        { do: 'delete', collection: 'notes', id: 'rent' },
      ],
    },
    {
      do: 'subscribe',
      client: 'c1',
      subscription: 'q1',
      query: { collection: 'todos', where: [], order: [['done', 'ASC']], limit: 0, after: { values: [null], id: 'milk' } },
    },
  ])('step by step: %#', (step) => {
    expect(formatScript(parseScript(alone(step)))).toContain(step.do);
    expect(parseScript(alone(step)).steps).toEqual([step]);
  });

  test('what is absent stays absent, and no schema is none', () => {
    const bare = parseScript(JSON.stringify({ ...small, configuration: { ...small.configuration, schema: null } }));
    expect(Object.keys(bare.configuration)).toEqual(['clients', 'authentication', 'claimsPath', 'rows']);
    const [token] = parseScript(broken(({ steps }) => Object.assign(steps[0]?.token ?? {}, { secret: false }))).steps;
    expect(JSON.stringify(token)).not.toContain('secret');
  });

  test('the order of a schema does not show', () => {
    const turned = {
      roles: { member: schema.roles.member, guest: schema.roles.guest },
      collections: {
        todos: {
          permissions: { member: { insert: {}, read: schema.collections.todos.permissions.member.read }, guest: {} },
          attributes: { text: plainAttribute, tags: schema.collections.todos.attributes.tags },
        },
      },
    };
    const text = (value: object) => formatScript(parseScript(alone({ do: 'pushSchema', schema: value })));
    expect(text(turned)).toBe(text(schema));
  });

  test.each([
    [pushed((changed) => Object.assign(changed.collections.todos.attributes, { id: plainAttribute })), 'attributes: expected no id'],
    [pushed((changed) => Object.assign(changed.collections.todos.attributes.text, { type: 'text' })), 'text.type: expected one of string'],
    [pushed((changed) => Object.assign(changed.collections.todos.attributes.text, { items: 'string' })), 'text.items: expected null'],
    [pushed((changed) => Object.assign(changed.collections.todos.attributes.tags, { items: null })), 'tags.items: expected one of'],
    [pushed((changed) => Object.assign(changed.collections.todos.attributes.tags, { enum: ['a'] })), 'tags.enum: expected null'],
    [
      pushed((changed) => Object.assign(changed.collections.todos.attributes.text, { enum: ['a', 'a'] })),
      'text.enum: expected a list without',
    ],
    [pushed((changed) => Object.assign(changed.collections.todos.permissions.member, { write: {} })), 'member.write: unknown key'],
    [pushed((changed) => Object.assign(changed.collections.todos, { permissions: [] })), 'todos.permissions: expected an object'],
    [pushed((changed) => Object.assign(changed.roles.guest, { match: 'guest' })), 'guest.match: expected an object'],
    [alone({ do: 'restartServer', how: 'abrupt', keepsTail: true }), 'steps[0].how: expected one of graceful, crash'],
    [alone({ do: 'restartServer', how: 'crash' }), 'steps[0].keepsTail: missing'],
    [alone({ do: 'failStorage', process: 'storage', keepsTail: true }), 'steps[0].process: expected server or a client like c1'],
    [alone({ do: 'inject', client: 'c1', to: 'c2', nonsense: 'notJson' }), 'steps[0].to: expected one of server, client'],
    [alone({ do: 'inject', client: 'c1', to: 'server', nonsense: 'hello' }), 'steps[0].nonsense: expected one of notJson'],
    [alone({ do: 'stranger', says: 'hello' }), 'steps[0].says: expected one of notJson'],
    [
      alone({ do: 'transact', client: 'c1', operations: [{ do: 'clear' }] }),
      'steps[0].operations[0].do: expected one of insert, update, delete',
    ],
    [
      alone({ do: 'transact', client: 'c1', operations: [{ do: 'update', collection: 'todos', id: 'a', changes: { id: 'b' } }] }),
      'steps[0].operations[0].changes: expected no id',
    ],
    [
      alone({ do: 'subscribe', client: 'c1', subscription: 'q1', query: { collection: 'todos', where: [], order: [], limit: -1 } }),
      'steps[0].query.limit: expected a whole number of at least 0',
    ],
    [
      alone({
        do: 'subscribe',
        client: 'c1',
        subscription: 'q1',
        query: { collection: 'todos', where: [], order: [], after: { values: [1], id: 'a' } },
      }),
      'steps[0].query.after.values: expected a value for each attribute of the order (0)',
    ],
    [
      broken(({ configuration }) =>
        Object.assign(configuration, {
          schema: {
            collections: { todos: { attributes: {}, permissions: { user: { read: { filter: [['text', 'like', 3]] } } } } },
            roles: {},
          },
        }),
      ),
      'filter[0][2]: expected a value that like can take',
    ],
    [
      alone({
        do: 'subscribe',
        client: 'c1',
        subscription: 'q1',
        query: { collection: 'todos', where: [['text', 'in', [['a']]]], order: [] },
      }),
      'steps[0].query.where[0][2][0]: expected a text, a number, true, false or null',
    ],
    [broken(({ configuration }) => Object.assign(configuration, { schema: {} })), 'configuration.schema.collections: missing'],
    [
      broken(({ configuration }) => Object.assign(configuration, { schema, rows: { todos: [{ id: 'a', text: 1 }] } })),
      'configuration.rows: a row does not fit the schema: todos/a text type',
    ],
  ])('what is wrong with the new steps is told in one line: %#', (text, message) => {
    expect(messageOf(text)).toContain(message);
    expect(messageOf(text)).not.toContain('\n');
  });

  test.each([
    ['{', /^not JSON: .+$/],
    ['[]', /^script: expected an object$/],
    ['{}', /^version: missing/],
    [broken((script) => Object.assign(script, { version: 2 })), /^version: this is a script of version 2; this Lockstep reads version 1$/],
    [broken((script) => Object.assign(script, { extra: 1 })), /^extra: unknown key$/],
    [
      broken(({ steps }) => Object.assign(steps[0]?.token ?? {}, { lifetimeMs: 'soon' })),
      /^steps\[0\]\.token\.lifetimeMs: expected a number or null$/,
    ],
    [
      broken(({ steps }) => Object.assign(steps[0] ?? {}, { refresh: { intervalMs: null, answers: [] } })),
      /^steps\[0\]\.refresh\.answers: expected at least/,
    ],
    [broken(({ steps }) => Object.assign(steps[1] ?? {}, { label: 'c1 timer' })), /^steps\[1\]\.label: expected a label/],
    [broken(({ steps }) => Object.assign(steps[1] ?? {}, { do: 'jump' })), /^steps\[1\]\.do: expected one of startSession, /],
    [broken(({ steps }) => delete steps[2]?.row), /^steps\[2\]\.row: missing$/],
    [broken(({ steps }) => Object.assign(steps[2]?.row ?? {}, { tags: ['b', 'a'] })), /^steps\[2\]\.row\.tags: expected a sorted list/],
    [broken(({ steps }) => Object.assign(steps[3] ?? {}, { count: 0 })), /^steps\[3\]\.count: expected a whole number of at least 1$/],
    [broken(({ steps }) => Object.assign(steps[4] ?? {}, { ms: -1 })), /^steps\[4\]\.ms: expected a whole number of at least 0$/],
    [
      broken(({ configuration }) => Object.assign(configuration, { clients: [] })),
      /^configuration\.clients: expected at least one client$/,
    ],
    [
      broken(({ configuration }) => Object.assign(configuration, { rows: { todos: [{ id: 'a' }, { id: 'a' }] } })),
      /^configuration\.rows\.todos: the id a is there twice$/,
    ],
  ])('a broken script is told in one line: %#', (text, message) => {
    expect(messageOf(text)).toMatch(message);
    expect(messageOf(text)).not.toContain('\n');
  });

  test('a filter that is none is told with its place', () => {
    const query = { collection: 'todos', where: [{ mod: 'or', filters: [['done', 'is', true]] }], order: [] };
    const text = JSON.stringify({ ...small, steps: [{ do: 'subscribe', client: 'c1', subscription: 'q1', query }] });
    expect(messageOf(text)).toBe(
      'steps[0].query.where[0].filters[0][1]: expected one of =, !=, <, <=, >, >=, in, nin, like, has, !has, isDefined',
    );
  });
});
