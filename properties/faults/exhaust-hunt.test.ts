import { expect, test } from 'vitest';
import type { Scope } from '../exhaust/scope.ts';
import { scopesFor } from './exhaust-hunt.ts';

function scope(name: string, rules: readonly string[]): Scope {
  return { name, sentence: name, rules, tooth: '', rows: {}, clients: ['c1'], setup: [], threads: [] };
}

test('scopes that name the rule go first, the earlier the better; among equals the cheap ones', () => {
  const all = [scope('dear', ['S1']), scope('also', ['W1', 'S2']), scope('about', ['S2']), scope('cheap', ['S1'])];
  expect(scopesFor('S2', all).map(({ name }) => name)).toEqual(['about', 'also', 'cheap', 'dear']);
});
