import { describe, expect, test } from 'vitest';
import { scriptOf } from './generate.ts';
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
