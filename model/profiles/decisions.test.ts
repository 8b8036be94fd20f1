/** Decisions and switches belong together: every switch decides something, every decision is some switch's, and no rule reads a switch. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decisionsOf } from './decisions-of.ts';
import { law } from './law.ts';
import { overrides } from './overrides/index.ts';
import { plainProfile } from './profile.ts';

const switches = Object.keys(plainProfile);

function decidedBy(name: string): readonly string[] {
  const decided = new Map(Object.entries(decisionsOf({ [name]: true })));
  return Object.entries(law).flatMap(([decision, lawful]) => (decided.get(decision) === lawful ? [] : [decision]));
}

test('without a profile, and with every switch off, the law decides', () => {
  expect(decisionsOf()).toBe(law);
  expect(decisionsOf(plainProfile)).toBe(law);
});

test('the overrides are those of the switches', () => expect(Object.keys(overrides).sort()).toEqual([...switches].sort()));

test.each(switches)('%s decides something', (name) => expect(decidedBy(name)).not.toEqual([]));

test('every decision is some switch’s to make', () => {
  expect([...new Set(switches.flatMap(decidedBy))].sort()).toEqual(Object.keys(law).sort());
});

test('outside this folder nobody knows a switch, nor the law as one of several', () => {
  const model = new URL('..', import.meta.url);
  const rules = readdirSync(model, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^(?!profiles|traces)[^.]*\.ts$/u.test(file) && file !== 'index.ts',
  );
  expect(rules.length).toBeGreaterThan(50);
  for (const file of rules) {
    const text = readFileSync(new URL(file, model), 'utf8');
    for (const name of switches) expect(text, file).not.toMatch(new RegExp(`\\b${name}\\b`, 'u'));
    if (file !== 'beginning.ts') expect(text, file).not.toMatch(/^import (?!type ).*\/profiles\//mu);
  }
});
