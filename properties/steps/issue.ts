/** Issues commands to their clients, at once. */
import { type CommandStep, prepareCommand } from '../commands/index.ts';
import type { Call, Performing } from '../driving/performing.ts';

/** Null: the command means nothing now. */
export async function prepare({ commanding, hosts, world }: Performing, command: CommandStep): Promise<Call | null> {
  const process = hosts.processes.get(command.client);
  const call = process === undefined ? null : await prepareCommand(commanding, process, command);
  // Who sleeps calls nothing; it may fall asleep before the call comes.
  return call === null ? null : () => !world.isAsleep(command.client) && call();
}

/** How many were issued, nothing drained between them; null: none. */
export async function issue(performing: Performing, commands: readonly CommandStep[]): Promise<number | null> {
  const prepared: Call[] = [];
  for (const command of commands) {
    const call = await prepare(performing, command);
    if (call !== null) prepared.push(call);
  }
  if (prepared.length === 0) return null;
  let issued = 0;
  await performing.world.run(() => {
    for (const call of prepared) if (call()) issued += 1;
  });
  return issued === 0 ? null : issued;
}
