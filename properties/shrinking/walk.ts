/** Changes of single parts all over a script. */
import type { TransactionOperation } from '../../model/index.ts';
import { changeOperations } from '../commands/index.ts';
import type { Configuration, Script, Step } from '../scripts/script.ts';
import { mapCommands } from '../steps/index.ts';

export { changeTokens as mapTokens } from '../commands/index.ts';
export { replaceAt, withoutOne } from '../language/lists.ts';
export { commandsOf, mapCommands } from '../steps/index.ts';

/** What is written, in commands and in transactions. */
export function mapOperations(step: Step, change: (operation: TransactionOperation) => TransactionOperation): Step {
  return mapCommands(step, (command) => changeOperations(command, change));
}

export function withSteps(script: Script, steps: readonly Step[]): Script {
  return { ...script, steps };
}

export function mapSteps(script: Script, change: (step: Step) => Step): Script {
  return withSteps(script, script.steps.map(change));
}

export function configured(script: Script, change: Partial<Configuration>): Script {
  return { ...script, configuration: { ...script.configuration, ...change } };
}

/** The script with another client in that place. */
export function withClient(script: Script, place: number, client: Configuration['clients'][number]): Script {
  return configured(script, { clients: script.configuration.clients.with(place, client) });
}
