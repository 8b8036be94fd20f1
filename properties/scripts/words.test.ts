import { describe, expect, test } from 'vitest';
import type { Step, TokenSpec } from './script.ts';
import { sayDuration, sayQuery, saySchema, sayStep, sayToken } from './words.ts';

const token: TokenSpec = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: 60_000, validFromMs: null, flaw: 'none' };

describe('words', () => {
  test('steps read like sentences', () => {
    expect(sayStep({ do: 'startSession', client: 'c1', token, connect: true, refresh: null })).toBe(
      'c1 starts a session as ann (member, 60 s)',
    );
    expect(sayStep({ do: 'hold', label: 'server→c1' })).toBe('hold server→c1');
    expect(sayStep({ do: 'jumpWallClock', process: 'server', byMs: -2000 })).toBe('the wall clock of the server jumps 2 s back');
    expect(sayStep({ do: 'insert', client: 'c1', collection: 'todos', row: { id: 'milk', done: false } })).toBe(
      'c1 inserts todos/milk: done false',
    );
    expect(
      sayStep({
        do: 'startSession',
        client: 'c2',
        token: { kind: 'current' },
        connect: false,
        refresh: { intervalMs: 2000, answers: [{ answer: 'token', token }, { answer: 'throw' }] },
      }),
    ).toBe('c2 starts a session as before (the same token), without connecting, refreshed every 2 s by ann (member, 60 s), then a throw');
  });

  test('queries read as they nest', () => {
    expect(
      sayQuery({
        collection: 'todos',
        where: [
          {
            mod: 'or',
            filters: [
              ['done', '=', true],
              {
                mod: 'and',
                filters: [
                  ['priority', '>', 3],
                  ['assignee', '=', 'ann'],
                ],
              },
            ],
          },
        ],
        order: [['priority', 'DESC']],
      }),
    ).toBe('todos where done = true or (priority > 3 and assignee = "ann"), ordered by priority desc');
    expect(sayQuery({ collection: 'notes', where: [{ mod: 'or', filters: [] }, ['tags', '!has', 'home']], order: [] })).toBe(
      'notes where or() and tags has not "home"',
    );
  });

  test('limits, cursors and schemas read as one would say them', () => {
    const query = { collection: 'todos', where: [], order: [['done', 'ASC'] as const] };
    expect(sayQuery({ ...query, limit: 2, after: { values: [true], id: 'milk' } })).toBe(
      'todos, ordered by done, after true "milk", at most 2',
    );
    const string = { type: 'string', items: null, nullable: false, optional: false, enum: null } as const;
    expect(
      saySchema({
        collections: {
          notes: { attributes: { tags: { ...string, type: 'set', items: 'string', optional: true } }, permissions: null },
          todos: {
            attributes: { assignee: { ...string, nullable: true, enum: ['ann', 'ben'] } },
            permissions: { guest: {}, member: { read: { filter: [] }, update: { filter: [['assignee', '=', '$role.user']] }, insert: {} } },
          },
        },
        roles: { guest: { match: { role: 'guest' } } },
      }),
    ).toBe(
      'notes (tags? set of strings), open to all; todos (assignee string among "ann" "ben" or null), guest may nothing and member may read, update where assignee = "$role.user"; roles guest {"role":"guest"}',
    );
  });

  test.each<[Step, string]>([
    [
      { do: 'transact', client: 'c1', operations: [{ do: 'delete', collection: 'todos', id: 'milk' }] },
      'c1 in one transaction deletes todos/milk',
    ],
    [{ do: 'clear', client: 'c2' }, 'c2 clears its store'],
    [{ do: 'restartServer', how: 'graceful', keepsTail: false }, 'the server is restarted'],
    [{ do: 'restartServer', how: 'crash', keepsTail: true }, 'the server crashes and is restarted, what it was appending is kept'],
    [{ do: 'restartClient', client: 'c1', keepsTail: true }, 'c1 crashes and is restarted, what it was storing is kept'],
    [{ do: 'failStorage', process: 'c1', keepsTail: false }, 'the storage of c1 fails once'],
    [{ do: 'refuseEntry', place: 1 }, 'the storage of the server can never take entry 1 of the batch that it has, or of the next one'],
    [{ do: 'fillStorage' }, 'the storage of the server has no space any more'],
    [{ do: 'freeStorage' }, 'the storage of the server has space again'],
    [{ do: 'inject', client: 'c1', to: 'server', nonsense: 'writeGap' }, 'the server hears from c1 a write out of order'],
    [{ do: 'inject', client: 'c1', to: 'client', nonsense: 'notJson' }, 'c1 hears what is no JSON'],
    [{ do: 'stranger', says: 'otherVersion' }, 'a stranger connects and says hello in another version of the protocol'],
  ])('%o', (step, words) => {
    expect(sayStep(step)).toBe(words);
  });

  test('tokens tell what is wrong with them', () => {
    expect(sayToken({ ...token, lifetimeMs: null, plan: 'pro', flaw: 'tampered' })).toBe('ann (member, pro, never expires, tampered with)');
    expect(sayToken({ ...token, secret: true })).toBe('ann (member, secret, 60 s)');
    expect(sayToken({ ...token, lifetimeMs: -1000, validFromMs: 500 })).toBe('ann (member, expired 1 s ago, valid 0.5 s from now)');
  });

  test.each([
    [1, '1 ms'],
    [250, '250 ms'],
    [500, '0.5 s'],
    [30_001, '30001 ms'],
    [60_000, '60 s'],
    [120_000, '2 min'],
    [86_400_000 * 30, '30 d'],
  ])('%i ms', (ms, words) => {
    expect(sayDuration(ms)).toBe(words);
  });
});
