/**
 * Takes out of a script what the precondition of a relation forbids. Twins differ in a few frames, so whatever counts
 * tasks or depends on how long something took would part them for reasons that are no fault. And it adds what makes
 * twins worth comparing: drawn queries often select nothing, so each client follows one that selects much.
 */
import type { Query } from '../../vocabulary/queries.ts';
import { clientOfLabel } from '../language/labels.ts';
import type { CommandStep, Script, Step, StepKind, TokenSpec } from '../scripts/script.ts';
import { commandsOf, mapCommands, mapTokens, withSteps } from '../shrinking/walk.ts';

/** Beyond it an advance may be cut short by its number of tasks, which twins do not share. */
const longestAdvanceMs = 60_000;

/** Who sleeps hears by how late it wakes, not by what. */
const sleepKinds: readonly StepKind[] = ['fallAsleep', 'wakeUp', 'throttleTimers'];

/** The fair schedule (orders that count moves part twins), a server that remembers and takes as much as usual, advances that never end early, clients that are awake, and somebody who is shown rows. */
export function tamed(script: Script): Script {
  const { schedule: _schedule, writeIdsKept: _kept, logEntriesMax: _most, bounds: _bounds, ...configuration } = script.configuration;
  const awake = script.steps.filter((step) => !sleepKinds.includes(step.do));
  const steps = awake.map((step): Step => (step.do === 'advance' ? { ...step, ms: Math.min(step.ms, longestAdvanceMs) } : step));
  return { ...script, configuration, steps: withBroadQueries(script, withoutNamesakes(steps)) };
}

/** A name that was taken would be refused: the relations are about subscriptions that live. */
function withoutNamesakes(steps: readonly Step[]): readonly Step[] {
  const taken = new Set<string>();
  let namesakes = 0;
  const change = (command: CommandStep): CommandStep => {
    if (command.do !== 'subscribe') return command;
    const { client, subscription } = command;
    const key = `${client} ${subscription}`;
    if (!taken.has(key)) {
      taken.add(key);
      return command;
    }
    namesakes += 1;
    return { ...command, subscription: `namesake ${namesakes}` };
  };
  return steps.map((step) => mapCommands(step, change));
}

/** From the beginning, and again by a process that begins anew. */
function withBroadQueries(script: Script, steps: readonly Step[]): readonly Step[] {
  const { configuration } = script;
  const seeded = Object.entries(configuration.rows).flatMap(([name, rows]) => (rows.length > 0 ? [name] : []));
  const inserted = steps.flatMap(commandsOf).flatMap((command) => (command.do === 'insert' ? [command.collection] : []));
  const [collection] = [...seeded, ...inserted, ...collectionsOf(script)];
  if (collection === undefined) return steps;
  const following = (client: string): Step => ({ do: 'subscribe', client, subscription: 'broad', query: broad(collection) });
  return [
    ...configuration.clients.map(({ name }) => following(name)),
    ...steps.flatMap((step) => (step.do === 'restartClient' || step.do === 'restoreClient' ? [step, following(step.client)] : [step])),
  ];
}

/** Every row meets it, in words that every rewrite has something to do with. */
function broad(collection: string): Query {
  const either = {
    mod: 'or',
    filters: [
      ['id', '=', 'no such id'],
      ['id', 'isDefined', true],
    ],
  } as const;
  return { collection, where: [['id', '!=', 'no id'], either], order: [] };
}

/** Longer than all advances of a script together. */
export const lastingMs = 7 * 24 * 3_600_000;

export type FreshToken = Extract<TokenSpec, { readonly kind: 'fresh' }>;

/** The first token that the client is given, made sound; undefined where it never begins a session by one. */
export function soundTokenOf(script: Script, client: string, lifetimeMs: number | null): FreshToken | undefined {
  const tokens = script.steps.flatMap(commandsOf).flatMap((command) => {
    return command.do === 'startSession' && command.client === client && command.token.kind === 'fresh' ? [command.token] : [];
  });
  const [first] = tokens;
  return first === undefined ? undefined : { ...first, lifetimeMs, validFromMs: null, flaw: 'none' };
}

/** Every token of the client says the same and lasts; no handler acts at times of its own. */
export function withSoundTokens(steps: readonly Step[], client: string, token: FreshToken): readonly Step[] {
  const change = (command: CommandStep): CommandStep => {
    if (command.client !== client) return command;
    const sound = mapTokens(command, (spec) => (spec.kind === 'fresh' ? token : spec));
    return sound.do === 'startSession' ? { ...sound, refresh: null } : sound;
  };
  return steps.map((step) => mapCommands(step, change));
}

/** With other queries in the place of those that are subscribed. */
export function withQueries(script: Script, queryFor: (command: Subscribe) => Query): Script {
  const change = (command: CommandStep): CommandStep => (command.do === 'subscribe' ? { ...command, query: queryFor(command) } : command);
  return withSteps(
    script,
    script.steps.map((step) => mapCommands(step, change)),
  );
}
type Subscribe = Extract<CommandStep, { readonly do: 'subscribe' }>;

/** Whether a label is the client's, or one of the server's that everybody waits for. */
export function concerns(label: string, client: string): boolean {
  const owner = clientOfLabel(label);
  return owner === undefined || owner === client;
}

/** Whether the step gives a command to the client, now or in a callback. */
export function isCommandOf(step: Step, client: string): boolean {
  return commandsOf(step).some((command) => command.client === client);
}

/** Those that hold rows at the beginning, or that a command names. */
export function collectionsOf({ configuration, steps }: Script): readonly string[] {
  const named = steps.flatMap(commandsOf).flatMap(collectionsOfCommand);
  return [...new Set([...Object.keys(configuration.rows), ...named])].sort();
}

function collectionsOfCommand(command: CommandStep): readonly string[] {
  if (command.do === 'subscribe') return [command.query.collection];
  if (command.do === 'transact') return command.operations.map(({ collection }) => collection);
  return 'collection' in command ? [command.collection] : [];
}
