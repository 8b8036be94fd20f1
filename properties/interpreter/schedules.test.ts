/** Schedules at work on the real client and server. */
import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { type ScheduleSpec, type Script, type Step, scriptVersion } from '../scripts/script.ts';
import { sayStep } from '../scripts/words.ts';
import { runScript } from '../systems/run-script.ts';
import { expectHeld, expectSameTrace } from '../testing/expect-held.ts';
import { kindOf } from '../trace-line.ts';

const start: Step = {
  do: 'startSession',
  client: 'c1',
  token: { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: 10_000, validFromMs: null, flaw: 'none' },
  connect: true,
  refresh: null,
};
const insert: Step = { do: 'insert', client: 'c1', collection: 'todos', row: { id: 'milk' } };

function scriptWith(schedule: ScheduleSpec, steps: readonly Step[]): Script {
  return {
    version: scriptVersion,
    profile: 'by hand',
    configuration: {
      clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
      schedule,
    },
    steps,
  };
}

async function eventsOf(script: Script): Promise<readonly string[]> {
  const result = await runScript(script, { world: 'simulated', keepTrace: true });
  expectHeld(script, result);
  return result.trace.map((event) => (event.event === 'step' ? sayStep(event.taken) : kindOf(event)));
}

const place = (events: readonly string[], wanted: string): number => events.findIndex((event) => event.startsWith(wanted));

describe('chosen', () => {
  test('steps are taken while earlier ones still have their effects', async () => {
    const events = await eventsOf(scriptWith({ kind: 'chosen', choices: ['script', 'script'] }, [start, insert]));
    expect(place(events, 'c1 inserts')).toBeLessThan(place(events, 'opened'));
  });

  test('without a choice they wait for quiescence', async () => {
    const events = await eventsOf(scriptWith({ kind: 'chosen', choices: [] }, [start, insert]));
    expect(place(events, 'c1 inserts')).toBeGreaterThan(place(events, 'clientHeard'));
  });

  test('what falls due at the end of an advance races with the next step', async () => {
    const advance: Step = { do: 'advance', ms: 10_000 };
    const race = ['script', 'settle', 'script', 'script', 'server expiry timer of c1'];
    const events = await eventsOf(scriptWith({ kind: 'chosen', choices: race }, [start, advance, insert]));
    expect(place(events, 'c1 inserts')).toBeLessThan(place(events, 'serverClosed'));
    const fair = await eventsOf(scriptWith({ kind: 'fair' }, [start, advance, insert]));
    expect(place(fair, 'c1 inserts')).toBeGreaterThan(place(fair, 'serverClosed'));
  });
});

describe('priorities', () => {
  const scripts = Array.from({ length: 12 }, (_, run) => scriptOf(41, run, 'priorities'));

  test('order a run in their own way, the same each time', async () => {
    let different = 0;
    for (const [run, script] of scripts.entries()) {
      const once = await runScript(script, { world: 'simulated', keepTrace: false });
      const again = await runScript(script, { world: 'simulated', keepTrace: false });
      const fair = await runScript(scriptOf(41, run, 'fair'), { world: 'simulated', keepTrace: false });
      expectSameTrace(script, once, again);
      if (fair.traceHash !== once.traceHash) different += 1;
    }
    expect(different).toBeGreaterThan(9);
  });

  test('tell the same trace over real sockets', async () => {
    for (const script of scripts.slice(0, 4)) {
      const simulated = await runScript(script, { world: 'simulated', keepTrace: false });
      const real = await runScript(script, { world: 'websocket', keepTrace: false });
      expectSameTrace(script, simulated, real, { world: 'websocket' });
    }
  });
});
