/** Time as it is: what nobody waits for costs nothing, and what costs too much leaves the run undecided. */
import { describe, expect, test } from 'vitest';
import { type Script, type Step, scriptVersion } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import { expectHeld } from '../testing/expect-held.test-tools.ts';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

const token = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: null, validFromMs: null, flaw: 'none' } as const;
const connected: Step = { do: 'startSession', client: 'c1', token, connect: true, refresh: null };
const expired: Step = { ...connected, token: { ...token, lifetimeMs: 1_000 } };
const subscribed: Step = { do: 'subscribe', client: 'c1', subscription: 'q1', query: { collection: 'todos', where: [], order: [] } };
const disconnected: Step = { do: 'disconnect', client: 'c1' };

function scriptWith(...steps: readonly Step[]): Script {
  const clients = [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }];
  const rows = { todos: [{ id: 'milk', text: 'buy milk' }] };
  return { version: scriptVersion, profile: 'by hand', configuration: { clients, authentication: 'HS256', claimsPath: null, rows }, steps };
}

describe('ten years run to the end', () => {
  test.each<[what: string, steps: readonly Step[]]>([
    ['without a session', [subscribed]],
    ['with a session that is local', [{ ...connected, connect: false }, subscribed]],
    ['with a session that its user closed', [connected, subscribed, disconnected]],
    ['with a session that its user closed before it was open', [connected, disconnected]],
    ['after a session', [connected, subscribed, { do: 'endSession', client: 'c1' }]],
    ['with a session whose token has expired', [expired, subscribed]],
    ['with a session that its user closed while nobody was let in', [{ do: 'refuseConnections', client: 'c1' }, connected, disconnected]],
    [
      'after a connection that went dead before its user closed it',
      [connected, { do: 'cut', client: 'c1', how: 'halfOpen' }, disconnected],
    ],
  ])('%s', async (_, steps) => {
    const script = scriptWith(...steps, { do: 'advance', ms: 10 * yearMs });
    const result = await runScript(script, { world: 'simulated', keepTrace: true });
    expectHeld(script, result);
    expect(result.trace.at(-1)?.atMs).toBeGreaterThanOrEqual(10 * yearMs);
    expect(result.steps).toBeLessThan(60);
  });
});

describe('an advance that takes too many tasks', () => {
  test.each([
    ['16-ten-years', [connected, subscribed, { do: 'advance', ms: 10 * yearMs }], 'step 3 asked for 3650 d to pass'],
    ['17-one-day', [connected, { do: 'advance', ms: dayMs }], 'step 2 asked for 1 d to pass'],
  ] satisfies readonly [string, readonly Step[], string][])('is no verdict: %s', async (_, steps, why) => {
    const { outcome, trace } = await runScript(scriptWith(...steps), { world: 'simulated', keepTrace: true });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(outcome.outcome === 'unknown' && outcome.why).toMatch(
      new RegExp(`^${why} and was cut after 2000 tasks, when \\d+ s had passed$`, 'u'),
    );
    expect(trace.filter(({ event }) => event === 'cut short').length).toBe(1);
  });
});
