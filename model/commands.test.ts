/** What a command must say of itself: a part that is missing is an error of types, never a default. */
import { expect, test } from 'vitest';
import { initialState } from './beginning.ts';
import type { Bare, CommandHandler, Promising } from './command-handler.ts';
import { takeCommand } from './commands.ts';
import { configuration } from './traces/cast.ts';

test('a promise has a rule, and a rule a promise', () => {
  // @ts-expect-error a command that returns a promise names its rule
  const ruleless: CommandHandler<Promising> = { rule: null, take: (state) => state };
  // @ts-expect-error a command that returns none has no rule
  const promiseless: CommandHandler<Bare> = { rule: 'S2', take: (state) => state };
  expect([ruleless.rule, promiseless.rule]).toEqual([null, 'S2']);
});

test('the promise of a command keeps the name of the command and its rule', () => {
  const state = takeCommand(initialState(configuration), 'c1', { do: 'clear', promise: 'p1' });
  expect(state.clients.c1?.promises).toEqual({ p1: { of: 'clear', rule: 'K1', write: null, epoch: 2, outcome: 'open' } });
});

test('a command without a promise leaves none behind', () => {
  expect(takeCommand(initialState(configuration), 'c1', { do: 'connect' }).clients.c1?.promises).toEqual({});
});
