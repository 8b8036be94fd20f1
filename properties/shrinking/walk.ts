/** Changes of single parts all over a script. */
import type { TransactionOperation } from '../../model/index.ts';
import { type CommandStep, changeOperations, changeTokens } from '../commands/index.ts';
import type { TokenSpec } from '../language/tokens.ts';
import type { Script, Step } from '../scripts/script.ts';
import { mapCommands } from '../steps/index.ts';

export { replaceAt, withoutOne } from '../language/lists.ts';
export { commandsOf, mapCommands } from '../steps/index.ts';

/** What is written, in commands and in transactions. */
export function mapOperations(step: Step, change: (operation: TransactionOperation) => TransactionOperation): Step {
  return mapCommands(step, (command) => changeOperations(command, change));
}

export function mapTokens(command: CommandStep, change: (token: TokenSpec) => TokenSpec): CommandStep {
  return changeTokens(command, change);
}

export function withSteps(script: Script, steps: readonly Step[]): Script {
  return { ...script, steps };
}
