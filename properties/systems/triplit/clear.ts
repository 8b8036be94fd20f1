/**
 * `clear` there empties the local database and leaves the connection as it is (K1). What was sent before it may be
 * acknowledged after it, by messages that name no write: scripts keep off that, so that whoever clears writes nothing.
 */
import type { Script } from '../../scripts/script.ts';
import { commandsOf } from '../../steps/index.ts';
import { onCommands, writing } from './commands.ts';

export function withTameClears(script: Script): Script {
  const clearing = new Set(script.steps.flatMap(commandsOf).flatMap((command) => (command.do === 'clear' ? [command.client] : [])));
  return onCommands((command) => (clearing.has(command.client) && writing.includes(command.do) ? null : command))(script);
}
