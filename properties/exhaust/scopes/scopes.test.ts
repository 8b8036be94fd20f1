/** Scopes stay small, and nothing in them is idle: a command that means nothing would make a large figure of an empty race. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import { faultFiles } from '../../faults/fault.ts';
import { rules } from '../../rules.ts';
import { runScript } from '../../systems/run-script.ts';
import { expectHeld } from '../../testing/expect-held.ts';
import { scriptOf } from '../tour.ts';
import { scopes } from './index.ts';

test('the list of scopes is the folder', () => {
  const files = readdirSync(join(repositoryRoot(), 'properties', 'exhaust', 'scopes'));
  const named = files.filter((file) => !file.endsWith('.test.ts') && file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''));
  expect(scopes.map(({ name }) => name).sort()).toEqual(named.sort());
});

test('every scope has a tooth, which is a fault that there is', () => {
  for (const { tooth } of scopes) expect(faultFiles()).toContain(`${tooth}.json`);
});

describe.each(scopes)('$name', (scope) => {
  test('names rules that there are', () => {
    expect(scope.rules.length).toBeGreaterThan(0);
    for (const rule of scope.rules) expect([...rules().keys()]).toContain(rule);
  });

  test('has at most two clients and five racing steps', () => {
    expect(scope.clients.length).toBeLessThanOrEqual(2);
    expect(scope.threads.flat().length).toBeLessThanOrEqual(5);
  });

  test('every step means something, one after the other', async () => {
    const steps = [...scope.setup, ...scope.threads.flat(), ...(scope.fault === undefined ? [] : [scope.fault])];
    const script = scriptOf(scope, steps, []);
    const { outcome, skipped, trace } = await runScript(script, { world: 'simulated', keepTrace: true });
    expectHeld(script, { outcome });
    expect(skipped).toBe(0);
    // A promise that rejects means nothing here; a write that the server rejects may be what the scope is about.
    const shown = trace.flatMap((event) =>
      event.event === 'action' && event.action.kind === 'observed' ? [event.action.observation] : [],
    );
    expect(shown.filter((seen) => seen.saw === 'settled' && seen.error !== null)).toEqual([]);
  });
});
