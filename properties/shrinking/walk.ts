/** Walks over scripts, and rebuilds of single parts of them. */

import type { TransactionOperation } from '../../model/actions.ts';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import { isGroup } from '../language/query-shape.ts';
import type { CommandStep, Script, Step, TokenSpec } from '../scripts/script.ts';

/** Every filter of the query, groups and what is in them. */
export function filtersOf(query: Query): readonly Filter[] {
  const inside = (filter: Filter): readonly Filter[] => (isGroup(filter) ? [filter, ...filter.filters.flatMap(inside)] : [filter]);
  return query.where.flatMap(inside);
}

/** The commands of a step: its own, those issued together, the one in a callback. */
export function commandsOf(step: Step): readonly CommandStep[] {
  switch (step.do) {
    case 'together':
      return step.commands;
    case 'inCallback':
      return [step.command];
    case 'hold':
    case 'release':
    case 'deliver':
    case 'advance':
    case 'cut':
    case 'refuseConnections':
    case 'acceptConnections':
    case 'jumpWallClock':
    case 'rotateKeys':
    case 'pushSchema':
    case 'restartServer':
    case 'restartClient':
    case 'failStorage':
    case 'inject':
    case 'stranger':
      return [];
    default:
      return [step];
  }
}

export function mapCommands(step: Step, change: (command: CommandStep) => CommandStep): Step {
  switch (step.do) {
    case 'together':
      return { ...step, commands: step.commands.map(change) };
    case 'inCallback':
      return { ...step, command: change(step.command) };
    default: {
      const [command] = commandsOf(step);
      return command === undefined ? step : change(command);
    }
  }
}

/** What is written, in commands and in transactions. */
export function mapOperations(step: Step, change: (operation: TransactionOperation) => TransactionOperation): Step {
  return mapCommands(step, (command) => {
    if (command.do === 'transact') return { ...command, operations: command.operations.map(change) };
    if (command.do !== 'insert' && command.do !== 'update' && command.do !== 'delete') return command;
    const { client, ...operation } = command;
    return { ...change(operation), client };
  });
}

export function mapTokens(command: CommandStep, change: (token: TokenSpec) => TokenSpec): CommandStep {
  if (command.do === 'updateSessionToken') return { ...command, token: change(command.token) };
  if (command.do !== 'startSession') return command;
  const { refresh } = command;
  const answers = refresh?.answers.map((answer) => (answer.answer === 'token' ? { ...answer, token: change(answer.token) } : answer));
  return { ...command, token: change(command.token), refresh: refresh === null || answers === undefined ? null : { ...refresh, answers } };
}

export function withSteps(script: Script, steps: readonly Step[]): Script {
  return { ...script, steps };
}

export function replaceAt<Item>(items: readonly Item[], place: number, ...by: readonly Item[]): readonly Item[] {
  return [...items.slice(0, place), ...by, ...items.slice(place + 1)];
}

/** The list without each of its members in turn. */
export function* withoutOne<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let place = 0; place < items.length; place += 1) yield replaceAt(items, place);
}
