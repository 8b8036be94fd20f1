/**
 * The end of every twin: the network heals, everybody connects, and a witness that had no part in the run reads all
 * that the server holds. The witness is how the server's rows are compared, without names of generations and without
 * looking into the server.
 */

import type { CommandStep, Script, Step } from '../scripts/script.ts';
import { commandsOf } from '../scripts/simplify/walk.ts';

/** No script names it: while shrinking, clients are dropped whose steps stay. */
const witness = 'c99';

/** `more` come last: when all that was there is connected and quiet. */
export function withEnding(script: Script, more: readonly Step[] = []): Script {
  const whole = withStranger(script, witness);
  return { ...whole, steps: [...script.steps, ...heal(script), ...witnessing(script), ...more] };
}

/** With one more client, for which the relation has steps of its own. */
export function withStranger(script: Script, name: string): Script {
  const { configuration } = script;
  return {
    ...script,
    configuration: { ...configuration, clients: [...configuration.clients, { name, knowsRoles: false, wallClockSkewMs: 0 }] },
  };
}

function heal({ configuration, steps }: Script): readonly Step[] {
  const held = new Set(steps.flatMap((step) => (step.do === 'hold' ? [step.label] : [])));
  const refused = new Set(steps.flatMap((step) => (step.do === 'refuseConnections' ? [step.client] : [])));
  return [
    ...[...refused].map((client): Step => ({ do: 'acceptConnections', client })),
    ...[...held].map((label): Step => ({ do: 'release', label })),
    ...configuration.clients.map(({ name }): Step => ({ do: 'connect', client: name })),
  ];
}

function witnessing(script: Script): readonly Step[] {
  return [arriving(witness), ...collectionsOf(script).map((collection) => followingAll(witness, collection))];
}

/** Its token bypasses permissions, so that it may read and write every row. */
export function arriving(client: string): Step {
  const token = {
    kind: 'fresh',
    user: 'witness',
    role: 'member',
    plan: 'free',
    lifetimeMs: null,
    validFromMs: null,
    flaw: 'none',
    secret: true,
  } as const;
  return { do: 'startSession', client, token, connect: true, refresh: null };
}

export function followingAll(client: string, collection: string): Step {
  return { do: 'subscribe', client, subscription: `all ${collection}`, query: { collection, where: [], order: [] } };
}

function collectionsOf({ configuration, steps }: Script): readonly string[] {
  const named = steps.flatMap(commandsOf).flatMap(collectionsOfCommand);
  return [...new Set([...Object.keys(configuration.rows), ...named])].sort();
}

function collectionsOfCommand(command: CommandStep): readonly string[] {
  if (command.do === 'subscribe') return [command.query.collection];
  if (command.do === 'transact') return command.operations.map(({ collection }) => collection);
  return 'collection' in command ? [command.collection] : [];
}
