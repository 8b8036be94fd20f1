/** Runs that stop: what they leave out, and that both states are told as they are. */
import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { type Script, type Step, scriptVersion } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import type { States } from '../trace.ts';

const steps: readonly Step[] = [
  {
    do: 'startSession',
    client: 'c1',
    token: { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: 60_000, validFromMs: null, flaw: 'none' },
    connect: true,
    refresh: null,
  },
  { do: 'subscribe', client: 'c1', subscription: 'q1', query: { collection: 'todos', where: [['done', '=', false]], order: [] } },
  { do: 'hold', label: 'server append' },
  { do: 'insert', client: 'c1', collection: 'todos', row: { id: 'rent', text: 'Pay the rent', done: false } },
  { do: 'unsubscribe', client: 'c1', subscription: 'q1' },
];
const script: Script = {
  version: scriptVersion,
  profile: 'by hand',
  configuration: {
    clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
    authentication: 'HS256',
    claimsPath: null,
    rows: { todos: [{ id: 'milk', done: false, text: 'Buy milk' }] },
  },
  steps,
};

async function statesAfter(until: number): Promise<States | undefined> {
  const { outcome, states } = await runScript(script, { world: 'simulated', keepTrace: false, until });
  expect(outcome).toEqual({ outcome: 'held' });
  return states;
}

/** `c1 q1 rows`: what both say. */
function saidBy(states: States | undefined, of: string): unknown {
  const facts = (states?.processes ?? []).flatMap(({ name, facts }) =>
    facts.map((fact) => ({ of: [name, fact.of?.subscription, fact.name].filter((word) => word !== undefined).join(' '), fact })),
  );
  const found = facts.find((candidate) => candidate.of === of)?.fact;
  return found === undefined ? undefined : [found.model, found.system];
}

describe('stopped', () => {
  test('before the first step nothing has been shown', async () => {
    const states = await statesAfter(0);
    expect(states).toMatchObject({ afterSteps: 0, atMs: 0, held: [] });
    expect(saidBy(states, 'c1 status')).toEqual([['UNINITIALIZED'], ['UNINITIALIZED']]);
    expect(saidBy(states, 'server version')).toEqual([['1'], ['1']]);
    expect(saidBy(states, 'c1 q1 rows')).toBeUndefined();
  });

  test('both tell the same of what both know, and the model the rest', async () => {
    const states = await statesAfter(4);
    const rows = ['milk: done false, text "Buy milk"', 'rent: done false, text "Pay the rent"'];
    expect(states).toMatchObject({ afterSteps: 4, held: ['server append'] });
    expect(saidBy(states, 'c1 q1 rows')).toEqual([rows, rows]);
    expect(saidBy(states, 'c1 q1 version')).toEqual([['1'], null]);
    expect(saidBy(states, 'c1 outbox')).toEqual([['write 1: insert todos/rent (stored)'], null]);
    expect(saidBy(states, 'server groups')).toEqual([['c1 q1'], ['c1 q1']]);
    expect(saidBy(states, 'server appending')).toEqual([['write 1 of c1'], null]);
    expect(states).toEqual(structuredClone(states));
  });

  test('what ended is gone on both sides', async () => {
    expect(saidBy(await statesAfter(5), 'c1 q1 rows')).toBeUndefined();
  });

  test('the trace until there is that of the whole run', async () => {
    const part = await runScript(script, { world: 'simulated', keepTrace: true, until: 3 });
    const whole = await runScript(script, { world: 'simulated', keepTrace: true });
    expect(part.trace.length).toBeGreaterThan(10);
    expect(whole.trace.slice(0, part.trace.length)).toEqual(part.trace);
  });

  test('nothing differs anywhere in drawn scripts, where nothing is held', async () => {
    for (let run = 0; run < 12; run += 1) {
      const drawn = scriptOf(77, run);
      const { states } = await runScript(drawn, { world: 'simulated', keepTrace: false, until: Math.ceil(drawn.steps.length / 2) });
      const facts = states?.held.length === 0 ? states.processes.flatMap((process) => process.facts) : [];
      for (const { model, system } of facts) if (model !== null && system !== null) expect(system).toEqual(model);
    }
  });
});

test('whoever looks on hears of each step before it begins, and of the end', async () => {
  const heard: number[] = [];
  await runScript(script, { world: 'simulated', keepTrace: false, onStep: (step) => heard.push(step) });
  expect(heard).toEqual([-1, 0, 1, 2, 3, 4, 5]);
});
