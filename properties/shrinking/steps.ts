/** Plainer steps: what may stand in the place of one step. */
import type { TransactionOperation } from '../../model/actions.ts';
import { nonsenses, strangerWords } from '../scripts/parse-steps.ts';
import type { CommandStep, Step } from '../scripts/script.ts';
import { plainerQueries } from './queries.ts';
import { plainerSchemas } from './schemas.ts';
import { plainerRefreshes, plainerTokens } from './sessions.ts';
import { plainerAttributes, plainerNumbers, plainerRows } from './values.ts';
import { replaceAt, withoutOne } from './walk.ts';

/** Each is a list of steps, since what was issued together may be issued one after the other. */
export function* plainerSteps(step: Step): Generator<readonly Step[]> {
  switch (step.do) {
    case 'together':
      yield* plainerTogether(step);
      return;
    case 'inCallback':
      yield [step.command];
      for (const command of plainerCommands(step.command)) yield [{ ...step, command }];
      return;
    case 'deliver':
      for (const count of plainerNumbers(step.count, 1)) yield [{ ...step, count }];
      return;
    case 'advance':
      for (const ms of plainerNumbers(step.ms, 1)) yield [{ ...step, ms }];
      return;
    case 'jumpWallClock':
      if (step.byMs < 0) yield [{ ...step, byMs: -step.byMs }];
      for (const byMs of plainerNumbers(step.byMs, 1)) yield [{ ...step, byMs }];
      return;
    case 'cut':
      if (step.how !== 'clean') yield [{ ...step, how: 'clean' }];
      if (step.how === 'halfOpen') yield [{ ...step, how: 'abrupt' }];
      return;
    case 'hold':
    case 'release':
    case 'refuseConnections':
    case 'acceptConnections':
    case 'rotateKeys':
      return;
    case 'pushSchema':
      for (const schema of plainerSchemas(step.schema)) yield [{ ...step, schema }];
      return;
    case 'restartServer':
      if (step.how !== 'graceful') yield [{ ...step, how: 'graceful' }];
      if (step.keepsTail) yield [{ ...step, keepsTail: false }];
      return;
    case 'restartClient':
      if (step.keepsTail) yield [{ ...step, keepsTail: false }];
      return;
    case 'failStorage':
      if (step.keepsTail) yield [{ ...step, keepsTail: false }];
      return;
    case 'inject':
      for (const nonsense of earlier(nonsenses, step.nonsense)) yield [{ ...step, nonsense }];
      if (step.to === 'client') yield [{ ...step, to: 'server' }];
      return;
    case 'stranger':
      for (const says of earlier(strangerWords, step.says)) yield [{ ...step, says }];
      return;
    default:
      for (const command of plainerCommands(step)) yield [command];
  }
}

function earlier<Word>(words: readonly Word[], word: Word): readonly Word[] {
  return words.slice(0, words.indexOf(word));
}

function* plainerTogether(step: Extract<Step, { do: 'together' }>): Generator<readonly Step[]> {
  yield step.commands;
  for (const command of step.commands) yield [command];
  if (step.commands.length > 2) for (const commands of withoutOne(step.commands)) yield [{ do: 'together', commands }];
  for (const [place, command] of step.commands.entries()) {
    for (const plainer of plainerCommands(command)) yield [{ do: 'together', commands: replaceAt(step.commands, place, plainer) }];
  }
}

function* plainerCommands(command: CommandStep): Generator<CommandStep> {
  switch (command.do) {
    case 'startSession':
      if (command.refresh !== null) for (const refresh of plainerRefreshes(command.refresh)) yield { ...command, refresh };
      if (!command.connect) yield { ...command, connect: true };
      for (const token of plainerTokens(command.token)) yield { ...command, token };
      return;
    case 'updateSessionToken':
      for (const token of plainerTokens(command.token)) yield { ...command, token };
      return;
    case 'subscribe':
      for (const query of plainerQueries(command.query)) yield { ...command, query };
      return;
    case 'insert':
    case 'update':
    case 'delete':
      for (const operation of plainerOperations(command)) yield { ...operation, client: command.client };
      return;
    case 'transact':
      for (const operation of command.operations) yield { ...operation, client: command.client };
      for (const operations of withoutOne(command.operations)) yield { ...command, operations };
      for (const [place, operation] of command.operations.entries()) {
        for (const plainer of plainerOperations(operation)) {
          yield { ...command, operations: replaceAt(command.operations, place, plainer) };
        }
      }
      return;
    case 'endSession':
    case 'connect':
    case 'disconnect':
    case 'unsubscribe':
    case 'clear':
      return;
  }
}

function* plainerOperations(operation: TransactionOperation): Generator<TransactionOperation> {
  switch (operation.do) {
    case 'insert':
      for (const row of plainerRows(operation.row)) yield { do: 'insert', collection: operation.collection, row };
      return;
    case 'update':
      for (const changes of plainerAttributes(operation.changes)) {
        yield { do: 'update', collection: operation.collection, id: operation.id, changes };
      }
      return;
    case 'delete':
      return;
  }
}
