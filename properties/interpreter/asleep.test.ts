/** Sleep and hidden tabs, played on the real client and server: what a user would see of them. */
import { describe, expect, test } from 'vitest';
import { type Script, type Step, scriptVersion } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import { expectHeld } from '../testing/expect-held.test-tools.ts';

const hourMs = 3_600_000;
const token = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: null, validFromMs: null, flaw: 'none' } as const;
const start: Step = { do: 'startSession', client: 'c1', token, connect: true, refresh: null };
/** Its token expires while it sleeps; the handler has one that lasts. */
const refreshed: Step = {
  ...start,
  token: { ...token, lifetimeMs: hourMs },
  refresh: { intervalMs: null, answers: [{ answer: 'token', token }] },
};
const cut: Step = { do: 'cut', client: 'c1', how: 'halfOpen' };
const hidden: Step = { do: 'throttleTimers', client: 'c1', isThrottled: true };
const advance = (ms: number): Step => ({ do: 'advance', ms });
const asleepFor = (ms: number, clock: 'runs' | 'stands'): readonly Step[] => [
  { do: 'fallAsleep', client: 'c1', clock },
  advance(ms),
  { do: 'wakeUp', client: 'c1' },
];

/** The statuses that the client shows from the last but `later` steps on, with the seconds since then. */
async function shownLast(later: number, ...steps: readonly Step[]): Promise<readonly string[]> {
  const configuration = {
    clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
    authentication: 'HS256',
    claimsPath: null,
    rows: {},
  };
  const script: Script = {
    version: scriptVersion,
    profile: 'by hand',
    configuration: { ...configuration, authentication: 'HS256' },
    steps,
  };
  const result = await runScript(script, { world: 'simulated', keepTrace: true });
  expectHeld(script, result);
  const last = result.trace.filter(({ step }) => step >= steps.length - later && step < steps.length);
  const sinceMs = last[0]?.atMs ?? 0;
  return last.flatMap(({ event, atMs, ...rest }) => {
    if (event !== 'action' || !('action' in rest) || rest.action.kind !== 'observed' || rest.action.observation.saw !== 'status') return [];
    return [`${rest.action.observation.status} after ${Math.floor((atMs - sinceMs) / 1_000)} s`];
  });
}

describe('after a sleep of three hours', () => {
  test.each([
    ['whose clock ran, the server gave it up', 'runs', []],
    ['whose clock ran, nothing came through', 'runs', [cut]],
  ] as const)('a client %s: it knows at once, and connects again', async (_, clock, before) => {
    const shown = await shownLast(2, start, ...before, ...asleepFor(3 * hourMs, clock), advance(1_000));
    expect(shown).toEqual(['CLOSED after 0 s', 'CONNECTING after 0 s', 'OPEN after 0 s']);
  });

  test('a client whose clock stood, with a line that is dead: it knows within a minute', async () => {
    const shown = await shownLast(2, start, advance(10_000), cut, ...asleepFor(3 * hourMs, 'stands'), advance(60_000));
    expect(shown).toEqual(['CLOSED after 50 s', 'CONNECTING after 50 s', 'OPEN after 50 s']);
  });

  test.each(['runs', 'stands'] as const)('a client whose token expired is OPEN again on a fresh one (its clock %s)', async (clock) => {
    const shown = await shownLast(2, refreshed, ...asleepFor(3 * hourMs, clock), advance(5_000));
    expect(shown.at(-1)).toMatch(/^OPEN after [0-4] s$/u);
  });
});

test('a sleep of a minute costs no connection', async () => {
  expect(await shownLast(2, start, ...asleepFor(60_000, 'runs'), advance(60_000))).toEqual([]);
});

describe('a hidden tab', () => {
  test('stays connected for an hour', async () => {
    expect(await shownLast(2, start, advance(1_000), hidden, advance(hourMs))).toEqual([]);
  });

  test('notices a dead peer within two minutes', async () => {
    const shown = await shownLast(1, start, advance(1_000), hidden, advance(10 * 60_000), cut, advance(120_000));
    expect(shown).toContain('CLOSED after 119 s');
  });
});
