/** The specification by example: what each rule allows runs through the model, its natural mistake is rejected by name. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Action } from './actions.ts';
import { initialState } from './beginning.ts';
import type { ModelConfiguration } from './state.ts';
import { step } from './step.ts';
import { configuration as plain } from './traces/cast.ts';
import { everyTrace } from './traces/index.ts';

/** How far a trace gets: the actions taken, and the rule that stopped it. */
function run(
  actions: readonly Action[],
  configuration: ModelConfiguration,
): { readonly taken: number; readonly rule: string | null; readonly why: string } {
  let state = initialState(configuration);
  for (const [index, action] of actions.entries()) {
    const next = step(state, action);
    if (!next.ok) return { taken: index, rule: next.rejected.rule, why: `${next.rejected.message}: ${next.rejected.shown}` };
    state = next.state;
  }
  return { taken: actions.length, rule: null, why: '' };
}

const everyPair = everyTrace.flatMap(({ also = [], ...first }) => [first, ...also.map((pair) => ({ ...first, ...pair }))]);

describe.each(everyPair)('$rule', ({ rule, accepts, rejects, schema, clientSchema, keySet, bounds }) => {
  const [first, ...others] = plain.clients;
  const clients = first === undefined ? [] : [{ ...first, schema: clientSchema }, ...others];
  const configuration: ModelConfiguration = { ...plain, clients, schema, sharedSecret: keySet !== true, bounds };

  test(`accepts: ${accepts.title}`, () => {
    expect(run(accepts.actions, configuration)).toEqual({ taken: accepts.actions.length, rule: null, why: '' });
    expect(accepts.actions.at(-1)?.kind, 'it ends where everything has been judged').toMatch(/^(quiescent|taskEnded|over)$/u);
  });
  test(`rejects: ${rejects.title}`, () => {
    expect(run(rejects.actions, configuration)).toEqual({ taken: rejects.actions.length - 1, rule, why: expect.any(String) });
  });
});

test('every file of the folder that bears the name of a rule is listed, under that name', () => {
  const files = readdirSync(new URL('traces', import.meta.url)).filter((file) => /^[A-Z]+\d+\.ts$/u.test(file));
  expect(everyTrace.map(({ rule }) => `${rule}.ts`).sort()).toEqual(files.sort());
});

test('a rejecting trace goes the way of the accepting one at first', () => {
  for (const { rule, accepts, rejects } of everyPair) {
    const [first] = accepts.actions;
    expect(rejects.actions[0], rule).toEqual(first);
  }
});
