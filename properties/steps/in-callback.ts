/** A command that runs inside the client's next callback of a kind, once. */
import { applyCommand, type CommandStep, command, generateInGroup, oddityOfCommand, sayCommand, shrinkCommand } from '../commands/index.ts';
import { clientOf } from '../generation/state/state.ts';
import { type CallbackKind, callbackFailures, callbacks } from '../language/callbacks.ts';
import { client } from '../language/names.ts';
import { choice, object, optional, type ValueOf } from '../language/shapes.ts';
import { prepare } from './issue.ts';
import { defineStep, ofClient } from './step.ts';

const shape = object({
  do: choice(['inCallback']),
  client,
  callback: choice(callbacks),
  command,
  fails: optional(choice(callbackFailures)),
});
type InCallback = ValueOf<typeof shape>;

const words: Readonly<Record<CallbackKind, string>> = {
  status: 'status',
  sessionError: 'session error',
  results: 'results',
  synced: 'synced',
  syncFailed: 'failure to sync',
  logReplaced: 'replaced log',
};

export const inCallback = defineStep(shape)({
  ...ofClient,
  needs: ({ callback, fails }) => [
    ...(callback === 'logReplaced' ? (['logCopies'] as const) : []),
    ...(fails === undefined ? [] : (['callbackFailures'] as const)),
  ],
  say: ({ client: name, callback, command: armed, fails }) =>
    `in the next ${words[callback]} callback of ${name}${fails === undefined ? '' : `, which ${fails} then`}: ${sayCommand(armed)}`,
  swarm: { weight: 30, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some((of) => of.callbacks.length > 1) ? 0 : 10),
  generate: (drawing) => {
    const { chance, forecast, profile } = drawing;
    const of = chance.pick(forecast.clients);
    const live = of.subscriptions.some((subscription) => subscription.live);
    const isLikely: Partial<Readonly<Record<CallbackKind, boolean>>> = {
      syncFailed: forecast.schema !== null,
      logReplaced: profile.families.includes('logs'),
    };
    const fitting = callbacks.filter((callback) => isLikely[callback] ?? true);
    const likely: readonly CallbackKind[] = live ? [...fitting, 'results', 'results'] : fitting;
    const callback = chance.pick(likely);
    const armed = { do: 'inCallback', client: of.name, callback, command: generateInGroup(drawing, of.name) } as const;
    return chance.percent(20) ? { ...armed, fails: chance.pick(callbackFailures) } : armed;
  },
  apply: (forecast, { client: name, callback, command: armed }) => {
    clientOf(forecast, name)?.callbacks.push({ callback, call: (later) => applyCommand(later, armed) });
  },
  *shrink(step): Generator<readonly (InCallback | CommandStep)[]> {
    yield [step.command];
    const { fails, ...sound } = step;
    if (fails !== undefined) yield [sound];
    for (const plainer of shrinkCommand(step.command)) yield [{ ...step, command: plainer }];
  },
  oddity: (step) => oddityOfCommand(step.command) + Number(step.fails !== undefined),
  size: () => 2,
  commands: {
    of: (step) => [step.command],
    change: (step, change) => {
      const changed = change(step.command);
      return changed === null ? null : { ...step, command: changed };
    },
  },
  concerns: () => null,
  strike: () => null,
  perform: async (performing, { client: name, callback, command: armed, fails }) => {
    const process = performing.hosts.processes.get(name);
    const call = await prepare(performing, armed);
    if (process === undefined || call === null) return null;
    const counted = (): void => {
      performing.countCallback(callback);
      call();
    };
    process.armed.set(callback, [...(process.armed.get(callback) ?? []), { call: counted, fails: fails ?? null }]);
    return 0;
  },
});
