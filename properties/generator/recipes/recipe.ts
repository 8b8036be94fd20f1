/**
 * A recipe: a few steps in a row that chance alone would seldom find, each drawn when its turn comes, with the
 * forecast as it then is. Other steps may come in between.
 */
import type { Query } from '../../../vocabulary/queries.ts';
import type { Row, Value } from '../../../vocabulary/values.ts';
import { idsOfCollection } from '../../generation/cast.ts';
import { type Drawing, nextSubscription } from '../../generation/context.ts';
import { drawFilter } from '../../generation/filters.ts';
import { drawFittingRow } from '../../generation/fitting.ts';
import { attacker, type Family } from '../../generation/profile.ts';
import { drawMeeting, drawRow } from '../../generation/rows.ts';
import type { ClientForecast } from '../../generation/state/state.ts';
import { drawToken } from '../../generation/tokens.ts';
import { append, toClient, toServer } from '../../language/labels.ts';
import type { FreshToken } from '../../language/tokens.ts';
import type { CommandStep, RefreshSpec, Step } from '../../scripts/script.ts';

export interface Recipe {
  readonly about: Subject;
  readonly play: (scene: Scene) => Generator<Step, void, undefined>;
}

export function recipe(about: Subject, play: Recipe['play']): Recipe {
  return { about, play };
}

/** A client that a recipe is about. */
export interface Subject {
  /** How well the recipe suits the run now; 0: not at all. Those that go on with what is there come before those that begin anew. */
  readonly suits: (drawing: Drawing) => number;
  readonly pick: (drawing: Drawing) => ClientForecast;
}

export interface Scene extends Pick<Drawing, 'chance'> {
  readonly drawing: Drawing;
  readonly client: ClientForecast;
}

export function playRecipe({ about, play }: Recipe, drawing: Drawing): ReturnType<Recipe['play']> {
  return play({ drawing, chance: drawing.chance, client: about.pick(drawing) });
}

export function isOpen(client: ClientForecast): boolean {
  return client.stage === 'open' && !client.halfOpen;
}

/** Open, and neither of its links held. */
export function isFlowing(drawing: Drawing, client: ClientForecast): boolean {
  const { held } = drawing.forecast;
  return isOpen(client) && !held.has(toServer(client.name)) && !held.has(toClient(client.name));
}

export const flowing: Subject = {
  suits: (drawing) => (drawing.forecast.clients.some((client) => isFlowing(drawing, client)) ? 2 : 0),
  pick: (drawing) => drawing.chance.pick(drawing.forecast.clients.filter((client) => isFlowing(drawing, client))),
};

/** Where nobody has a schema, nothing is rejected. */
export const flowingWithSchema: Subject = {
  ...flowing,
  suits: (drawing) => (drawing.forecast.schema === null ? 0 : 2 * flowing.suits(drawing)),
};

export const withSession: Subject = {
  suits: ({ forecast }) => (forecast.clients.some(({ session }) => session !== undefined) ? 2 : 0),
  pick: ({ chance, forecast }) => chance.pick(forecast.clients.filter(({ session }) => session !== undefined)),
};

/** The client that means harm, in a run that has one, open or not. */
export const attacking: Subject = {
  suits: ({ profile }) => (profile.families.includes('attacks') ? 40 : 0),
  pick: ({ chance, forecast }) => forecast.clients.find(({ name }) => name === attacker) ?? chance.pick(forecast.clients),
};

export const anybody: Subject = { suits: () => 1, pick: ({ chance, forecast }) => chance.pick(forecast.clients) };

/** Where all of the families are in the run it is worth more than a recipe of the core, since seldom they are. */
export function within(families: readonly Family[], { suits, pick }: Subject): Subject {
  return { pick, suits: (drawing) => (families.every((family) => drawing.profile.families.includes(family)) ? 5 * suits(drawing) : 0) };
}

export function isWithin({ profile }: Drawing, family: Family): boolean {
  return profile.families.includes(family);
}

export function oftener(times: number, { suits, pick }: Subject): Subject {
  return { pick, suits: (drawing) => times * suits(drawing) };
}

/** Another client that is open, where there is one. */
export function pickFlowingOr(drawing: Drawing, client: ClientForecast): ClientForecast {
  return pickOther(drawing, client, (other) => isFlowing(drawing, other));
}

/** A step that makes sense only while its label is not held. */
export function* holdOnce({ forecast }: Drawing, label: string): Generator<Step, void, undefined> {
  if (!forecast.held.has(label)) yield { do: 'hold', label };
}

export function* releaseHeld({ forecast }: Drawing, label: string): Generator<Step, void, undefined> {
  if (forecast.held.has(label)) yield { do: 'release', label };
}

/**
 * All are connected, storage has a batch, and what is written from now on waits for the next; `takesNext` lets storage have that. Where it has a
 * push, all clients are free to write: one whose write it has waits for the answer.
 */
export function* storageIsBusy(drawing: Drawing, client: ClientForecast): Generator<Step, void, undefined> {
  const { schema } = drawing.forecast;
  yield* allConnected(drawing);
  yield* holdOnce(drawing, append);
  if (schema !== null && drawing.chance.percent(60)) yield { do: 'pushSchema', schema };
  else yield insert(client, fittingTodo(drawing, client, 'gift'));
}

export const takesNext: Step = { do: 'deliver', label: append, count: 1 };

export function startSession(client: ClientForecast, token: FreshToken, refresh: RefreshSpec | null = null): CommandStep {
  return { do: 'startSession', client: client.name, token, connect: true, refresh };
}

export function soundToken(drawing: Drawing, like?: FreshToken): FreshToken {
  return drawToken(drawing.chance, { ...drawing.profile.tokens, short: 0, unsound: 0 }, like);
}

/** A sound token for the same roles as those of the client's session. */
export function nextToken(drawing: Drawing, client: ClientForecast): FreshToken {
  const before = client.session?.token.spec;
  const token = soundToken(drawing, before);
  return before === undefined ? token : { ...token, role: before.role, user: before.user };
}

export function shortToken(drawing: Drawing, lifetimeMs: number): FreshToken {
  return { ...soundToken(drawing), lifetimeMs };
}

/** Gives the client a session that lasts, where it is not connected or its links are held. */
export function* connected(drawing: Drawing, client: ClientForecast): Generator<Step, void, undefined> {
  if (!isFlowing(drawing, client)) yield startSession(client, { ...soundToken(drawing), lifetimeMs: null });
}

/** Nothing is held, and all are awake, let in and connected. */
function* allConnected(drawing: Drawing): Generator<Step, void, undefined> {
  const { held, clients } = drawing.forecast;
  for (const label of [...held.keys()]) yield { do: 'release', label };
  for (const client of clients) {
    if (client.asleep) yield { do: 'wakeUp', client: client.name };
    if (client.refused) yield { do: 'acceptConnections', client: client.name };
    yield* connected(drawing, client);
  }
}

/** Another client, where there is one that suits. */
export function pickOther({ chance, forecast }: Drawing, client: ClientForecast, suits = (_: ClientForecast) => true): ClientForecast {
  const others = forecast.clients.filter((other) => other !== client && suits(other));
  return others.length === 0 ? client : chance.pick(others);
}

export function subscribe(drawing: Drawing, client: ClientForecast, query: Query): CommandStep {
  return { do: 'subscribe', client: client.name, subscription: nextSubscription(drawing), query };
}

export const everyTodo: Query = { collection: 'todos', where: [], order: [] };

export function orQuery({ chance, cast }: Drawing): Query {
  const branches = [2, 3].map((depth) => drawFilter(chance, cast, 'todos', depth));
  return { collection: 'todos', where: [{ mod: 'or', filters: branches }], order: [] };
}

export function todo({ chance, cast }: Drawing, id: string): Row {
  return drawRow(chance, cast, 'todos', id);
}

/** A row that the server's schema takes, and often its permissions. */
export function fittingTodo(drawing: Drawing, client: ClientForecast, id: string, given: Readonly<Record<string, Value>> = {}): Row {
  return { ...drawFittingRow(drawing, client, 'todos', id), ...given, id };
}

/** A row that no schema of a run takes. */
export function illTodo(id: string): Row {
  return { id, text: 7, whim: true };
}

export function insert(client: ClientForecast, row: Row): CommandStep {
  return { do: 'insert', client: client.name, collection: 'todos', row };
}

export function update(client: ClientForecast, id: string, changes: Extract<CommandStep, { do: 'update' }>['changes']): CommandStep {
  return { do: 'update', client: client.name, collection: 'todos', id, changes };
}

/** Makes the client hold the row: subscribed to every todo, and the row inserted, where that is not so already. */
export function* holding(drawing: Drawing, client: ClientForecast, id: string): Generator<Step, void, undefined> {
  const watches = client.subscriptions.some(({ live, query }) => live && query.collection === 'todos' && query.where.length === 0);
  if (!watches) yield subscribe(drawing, client, everyTodo);
  if (!drawing.forecast.rows.has(`todos/${id}`)) yield insert(client, todo(drawing, id));
}

/** An insert that bears on the query: one of its attributes has a value that the query speaks of. */
export function meetingInsert(drawing: Drawing, client: ClientForecast, query: Query): CommandStep {
  const { chance, cast } = drawing;
  const { collection } = query;
  const row = drawRow(chance, cast, collection, chance.pick(idsOfCollection(collection)));
  const met = drawMeeting(chance, collection, [query]);
  return { do: 'insert', client: client.name, collection, row: met === undefined ? row : { ...row, [met[0]]: met[1] } };
}
