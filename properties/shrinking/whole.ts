/** Simplifications of the whole script at once: configuration, names, and what is plain everywhere or nowhere. */
import { relabel } from '../language/labels.ts';
import { unlimited, unordered } from '../language/plainer-queries.ts';
import { plainToken } from '../language/plainer-tokens.ts';
import { plainerRows } from '../language/plainer-values.ts';
import type { CommandStep, Script, Step } from '../scripts/script.ts';
import { clientsOfStep, renameClients } from '../steps/index.ts';
import { plainerSchedules, relabelSchedule } from './schedules.ts';
import { plainerSchemasEverywhere } from './schemas.ts';
import { configured, mapCommands, mapSteps, mapTokens, replaceAt, withClient, withoutOne, withSteps } from './walk.ts';

/** Bold strokes first: where they succeed they save the small ones. */
export function* plainerWholes(script: Script): Generator<Script> {
  yield* plainerSchedules(script);
  yield* plainerSchemasEverywhere(script);
  yield* plainerConfigurations(script);
  yield* plainerEverywhere(script);
  yield* mergedAdvances(script);
  yield* renamedClients(script);
  yield* movedToOneClient(script);
}

function* plainerConfigurations(script: Script): Generator<Script> {
  const { configuration } = script;
  const used = clientsUsed(script.steps);
  const clients = configuration.clients.filter(({ name }) => used.has(name));
  if (clients.length > 0) yield configured(script, { clients });
  for (const fewer of withoutOne(configuration.clients)) if (fewer.length > 0) yield configured(script, { clients: fewer });
  yield configured(script, { rows: {} });
  yield* fewerBounds(script);
  yield configured(script, { authentication: 'HS256' });
  if (!usesClaimsPath(script)) yield configured(script, { claimsPath: null });
  const plainClients = configuration.clients.map(({ knowsBounds: _knows, ignoresBounds: _ignores, ...client }) => {
    return { ...client, knowsRoles: true, wallClockSkewMs: 0 };
  });
  yield configured(script, { clients: plainClients });
  for (const [place, client] of configuration.clients.entries()) {
    yield withClient(script, place, { ...client, wallClockSkewMs: 0 });
    yield withClient(script, place, { ...client, knowsRoles: true });
    const { knowsBounds, ignoresBounds, ...plain } = client;
    if (knowsBounds === true || ignoresBounds === true) yield withClient(script, place, plain);
  }
  yield* plainerInitialRows(script);
}

/** Those that matter are left, and the others are as the law has them. */
function* fewerBounds(script: Script): Generator<Script> {
  const { writeIdsKept, ...others } = script.configuration;
  if (writeIdsKept !== undefined) yield { ...script, configuration: others };
  const { logEntriesMax, ...uncompacted } = script.configuration;
  if (logEntriesMax !== undefined) yield { ...script, configuration: uncompacted };
  const { bounds, ...boundless } = script.configuration;
  if (bounds === undefined) return;
  yield { ...script, configuration: boundless };
  for (const left of withoutOne(Object.entries(bounds))) {
    if (left.length > 0) yield configured(script, { bounds: Object.fromEntries(left) });
  }
}

function* plainerInitialRows(script: Script): Generator<Script> {
  for (const [collection, rows] of Object.entries(script.configuration.rows)) {
    const { [collection]: _, ...others } = script.configuration.rows;
    const withRows = (left: typeof rows): Script =>
      configured(script, { rows: left.length === 0 ? others : { ...others, [collection]: left } });
    for (const fewer of withoutOne(rows)) yield withRows(fewer);
    for (const [place, row] of rows.entries()) {
      for (const plainer of plainerRows(row)) yield withRows(replaceAt(rows, place, plainer));
    }
  }
}

/** A token of that flaw cannot be made without a path. */
function usesClaimsPath(script: Script): boolean {
  return JSON.stringify(script.steps).includes('"flaw":"wrongClaimsPath"');
}

function* plainerEverywhere(script: Script): Generator<Script> {
  const everywhere = (change: (command: CommandStep) => CommandStep): Script => mapSteps(script, (step) => mapCommands(step, change));
  yield everywhere((command) => mapTokens(command, (token) => (token.kind === 'current' ? token : plainToken)));
  for (const claims of [
    { user: 'ann', role: 'member', plan: 'free' },
    { user: 'ann', plan: 'free' },
  ]) {
    yield everywhere((command) => mapTokens(command, (token) => (token.kind === 'current' ? token : { ...token, ...claims })));
  }
  yield everywhere((command) => (command.do === 'startSession' ? { ...command, refresh: null } : command));
  yield everywhere((command) => (command.do === 'subscribe' ? { ...command, query: unordered(command.query) } : command));
  yield everywhere((command) => (command.do === 'subscribe' ? { ...command, query: unlimited(command.query) } : command));
  yield everywhere((command) => (command.do === 'subscribe' ? { ...command, query: { ...command.query, where: [] } } : command));
  yield everywhere((command) => (command.do === 'insert' ? { ...command, row: { id: command.row.id } } : command));
}

function* mergedAdvances(script: Script): Generator<Script> {
  for (const [place, step] of script.steps.entries()) {
    const next = script.steps[place + 1];
    if (step.do !== 'advance' || next?.do !== 'advance') continue;
    const merged: Step = { do: 'advance', ms: step.ms + next.ms };
    yield withSteps(script, [...script.steps.slice(0, place), merged, ...script.steps.slice(place + 2)]);
  }
}

/** So that the first client is `c1`. */
function* renamedClients(script: Script): Generator<Script> {
  const names = script.configuration.clients.map(({ name }) => name);
  const renamed = new Map(names.map((name, index) => [name, `c${index + 1}`]));
  yield withRenamedClients(script, renamed);
}

/** All that two clients do done by one of them, where nothing needs the other. */
function* movedToOneClient(script: Script): Generator<Script> {
  const { clients } = script.configuration;
  for (const gone of clients) {
    for (const kept of clients) {
      if (gone === kept) continue;
      const moved = withRenamedClients(script, new Map([[gone.name, kept.name]]));
      yield configured(moved, { clients: clients.filter((client) => client !== gone) });
    }
  }
}

function withRenamedClients(script: Script, renamed: ReadonlyMap<string, string>): Script {
  const rename = (name: string): string => renamed.get(name) ?? name;
  const clients = script.configuration.clients.map((client) => ({ ...client, name: rename(client.name) }));
  const { schedule } = script.configuration;
  const relabelled = schedule === undefined ? {} : { schedule: relabelSchedule(schedule, (label) => relabel(label, rename)) };
  return mapSteps(configured(script, { clients, ...relabelled }), (step) => renameClients(step, rename));
}

function clientsUsed(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.flatMap(clientsOfStep));
}
