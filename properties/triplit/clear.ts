/**
 * `clear` there empties the local database and leaves the connection as it is (K1). What was sent before it may be
 * acknowledged after it, by messages that name no write: scripts keep off that, so that whoever clears writes nothing.
 */
import type { CommandStep, Script } from '../scripts/script.ts';
import { onCommands } from './commands.ts';

const writing: readonly CommandStep['do'][] = ['insert', 'update', 'delete', 'transact'];

export function withTameClears(script: Script): Script {
  const clearing = new Set<string>();
  onCommands((command) => {
    if (command.do === 'clear') clearing.add(command.client);
    return command;
  })(script);
  return onCommands((command) => (clearing.has(command.client) && writing.includes(command.do) ? null : command))(script);
}
