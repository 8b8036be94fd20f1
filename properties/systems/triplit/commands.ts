/** Changes the commands of a script wherever they stand, and leaves out what is not to stay. */
import { type CommandStep, changeTokens } from '../../commands/index.ts';
import type { TokenSpec } from '../../language/tokens.ts';
import type { Script, Step } from '../../scripts/script.ts';
import { changeCommands } from '../../steps/index.ts';

export type Operation = Extract<CommandStep, { readonly do: 'transact' }>['operations'][number];
/** Leaves out of a script, or changes, what is not to be there. */
export type Tame = (script: Script) => Script;

export const writing: readonly CommandStep['do'][] = ['insert', 'update', 'delete', 'transact'];

/** Null: the command goes, and a step that is left without one. */
export function onCommands(change: (command: CommandStep) => CommandStep | null): Tame {
  return onSteps((step) => changeCommands(step, change));
}

export function onSteps(change: (step: Step) => Step | null): Tame {
  return (script) => ({ ...script, steps: script.steps.flatMap((step) => change(step) ?? []) });
}

export function onTokens(change: (token: TokenSpec) => TokenSpec): Tame {
  return onCommands((command) => changeTokens(command, change));
}

/** Leaves these kinds out. */
export function withoutCommands(...kinds: readonly CommandStep['do'][]): Tame {
  return onCommands((command) => (kinds.includes(command.do) ? null : command));
}

export function withoutSteps(isLeftOut: (step: Step) => boolean): Tame {
  return (script) => ({ ...script, steps: script.steps.filter((step) => !isLeftOut(step)) });
}

/** Of commands with the same key the first alone; without a key (null) a command stays. */
export function onceEach(keyOf: (command: CommandStep) => string | null): Tame {
  return (script) => {
    const isFirst = firsts();
    return onCommands((command) => {
      const key = keyOf(command);
      return key === null || isFirst(key) ? command : null;
    })(script);
  };
}

/** In one breath each client gives only one of these commands. */
export function onceABreath(kinds: readonly CommandStep['do'][]): Tame {
  return onSteps((step) => {
    if (step.do !== 'together') return step;
    const isFirst = firsts();
    return { ...step, commands: step.commands.filter(({ do: kind, client }) => !kinds.includes(kind) || isFirst(client)) };
  });
}

/** Whether a key is asked for the first time. */
export function firsts(): (key: string) => boolean {
  const known = new Set<string>();
  return (key) => !known.has(key) && known.add(key) !== undefined;
}

/** Leaves out the operations, alone or of a transaction, that are not to stay; a transaction that is left without any goes. */
export function keepingOperations(stays: (operation: Operation, client: string) => boolean): Tame {
  return onCommands((command) => {
    switch (command.do) {
      case 'insert':
      case 'update':
      case 'delete':
        return stays(command, command.client) ? command : null;
      case 'transact': {
        const operations = command.operations.filter((operation) => stays(operation, command.client));
        return operations.length === 0 ? null : { ...command, operations };
      }
      default:
        return command;
    }
  });
}

/** The row that an operation is about. */
export function rowOf(operation: Operation): string {
  return `${operation.collection}/${operation.do === 'insert' ? operation.row.id : operation.id}`;
}
