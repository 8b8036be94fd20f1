import { describe, expect, test } from 'vitest';
import type { Schema } from '../../../vocabulary/schemas.ts';
import { castSchema } from '../../generation/schemas.ts';
import { scriptOf } from '../../generator/generate.ts';
import { isPushable, permitted } from './permissions.ts';
import { schemaAvoidances } from './permissions-steering.ts';
import { isInWords, worded } from './scripts.ts';

const { todos } = castSchema.collections;

function withTodos(change: Partial<Schema['collections'][string]>): Schema {
  return {
    ...castSchema,
    collections: { ...castSchema.collections, todos: { attributes: todos?.attributes ?? {}, permissions: null, ...change } },
  };
}

function withAttribute(name: string, change: object): Schema {
  const known = todos?.attributes[name] ?? { type: 'string', items: null, nullable: false, optional: false, enum: null };
  return withTodos({ attributes: { ...todos?.attributes, [name]: { ...known, ...change } } });
}

function permissionsOf(rule: object): unknown {
  return permitted(withTodos({ permissions: { member: { read: rule } } })).collections.todos?.permissions;
}

describe('permissions', () => {
  test.each([
    [[]],
    [[['assignee', '=', '$token.sub']]],
    [[['tags', '!has', '$token.plan']]],
    [
      [
        {
          mod: 'or',
          filters: [
            ['assignee', '=', '$role.user'],
            ['done', '=', true],
          ],
        },
      ],
    ],
  ])('%j can be asked', (filter) => expect(permissionsOf({ filter })).toEqual({ member: { read: { filter } } }));

  test.each([
    ['a claim that nobody has', { filter: [['assignee', '!=', '$token.team']] }],
    ['no list', { filter: [['assignee', 'nin', '$token.sub']] }],
    ['no variable', { filter: [['assignee', '=', '$']] }],
    ['no filter at all', {}],
  ])('a rule about %s is none', (_what, rule) => expect(permissionsOf(rule)).toEqual({ member: {} }));
});

describe('pushes', () => {
  test.each([
    ['another enum', withAttribute('assignee', { enum: ['ann'] })],
    ['null no longer', withAttribute('assignee', { nullable: false })],
    ['another attribute', withAttribute('color', { optional: true })],
  ])('%s can be told', (_what, schema) => expect(isPushable(schema)).toBe(true));

  test.each([
    ['another type', withAttribute('text', { type: 'number' })],
    ['an attribute less', withTodos({ attributes: {} })],
    ['another date', withAttribute('color', { type: 'date' })],
    ['null and optional at once', withAttribute('assignee', { optional: true })],
    ['null from now on', withAttribute('text', { nullable: true })],
  ])('%s cannot', (_what, schema) => expect(isPushable(schema)).toBe(false));
});

const runs = Array.from({ length: 60 }, (_, run) => worded(scriptOf(5, run), 'permissions'));

test('what was put into words is in words', () => {
  expect(runs.filter((script) => !isInWords(script))).toEqual([]);
});

test.each(schemaAvoidances)('$name does nothing twice, and leads to words', ({ tame }) => {
  const tamed = runs.map(tame);
  expect(tamed.map(tame)).toEqual(tamed);
  expect(tamed.filter((script) => !isInWords(script))).toEqual([]);
});
