/**
 * What the model holds and what the system shows at one moment, in words and side by side, for people. The system is
 * asked what its users can ask; of results nobody can ask again, so what was shown last is remembered.
 */

import { createHash } from 'node:crypto';
import { entryOf } from '../../model/entry-of.ts';
import type { Action, State } from '../../model/index.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { ClientProcess } from '../driving/processes.ts';
import { sayAttributes } from '../language/words-query.ts';
import { sayQuery } from '../scripts/words.ts';
import type { ProcessStates, StateFact, States } from '../trace.ts';
import type { Hosts } from './hosts.ts';
import { schemaText } from './schema-text.ts';

interface Shown {
  readonly rows: readonly Row[];
  readonly fulfilled: boolean;
}
/** By client and subscription. */
export interface LastShown {
  readonly see: (action: Action) => void;
  readonly of: (client: string) => ReadonlyMap<string, Shown>;
}

export function createLastShown(): LastShown {
  const clients = new Map<string, Map<string, Shown>>();
  const of = (client: string): Map<string, Shown> => {
    const known = clients.get(client) ?? new Map<string, Shown>();
    clients.set(client, known);
    return known;
  };
  return {
    of,
    see: (action) => {
      if (action.kind === 'clientCrashed') clients.delete(action.client);
      if (action.kind === 'command' && action.command.do === 'unsubscribe') of(action.client).delete(action.command.subscription);
      if (action.kind !== 'observed' || action.observation.saw !== 'results') return;
      const { subscription, rows, fulfilled } = action.observation;
      of(action.client).set(subscription, { rows, fulfilled });
    },
  };
}

export interface Moment {
  readonly state: State;
  readonly hosts: Hosts;
  readonly lastShown: LastShown;
  /** The name of a token, by its bytes. */
  readonly labelOf: (bytes: string) => string | undefined;
}

export function statesAt(moment: Moment): Pick<States, 'processes'> {
  const clients = [...moment.hosts.processes.values()].map((process) => ({ name: process.name, facts: factsOfClient(moment, process) }));
  const processes: readonly ProcessStates[] = [...clients, { name: 'server', facts: factsOfServer(moment) }];
  return { processes };
}

type ClientState = State['clients'][string];
type Subscription = ClientState['subscriptions'][string];

const none = ['none'];
const words = (text: string | null | undefined): readonly string[] => (text === null || text === undefined ? none : [text]);
const lines = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? none : texts);

function fact(name: string, model: StateFact['model'], system: StateFact['system'], of: StateFact['of'] = null): StateFact {
  return { of, name, model, system };
}

function factsOfClient({ state, lastShown, labelOf }: Moment, { name, client }: ClientProcess): readonly StateFact[] {
  const model = state.clients[name];
  if (model === undefined) return [];
  const bytes = client.token();
  const shown = lastShown.of(name);
  const subscriptions = [...new Set([...Object.keys(model.subscriptions), ...shown.keys()])];
  return [
    fact('status', [model.status], [client.status()]),
    fact('token', words(model.session?.token.label), bytes === undefined ? none : [labelOf(bytes) ?? 'a token of nobody']),
    fact('schema', saySchema(model.schema), saySchema(client.schema())),
    fact('connection', model.connection === null ? none : [`#${model.connection}`], null),
    fact('outbox', lines(outboxOf(model)), null),
    ...subscriptions.flatMap((subscription) =>
      factsOfSubscription(subscription, entryOf(model.subscriptions, subscription), shown.get(subscription)),
    ),
  ];
}

/** Writes that the client has not heard the end of. */
function outboxOf({ writes }: ClientState): readonly string[] {
  return writes
    .filter((write) => !write.acknowledged && !write.isRolledBack)
    .map(({ sequence, changes, stored, decided }) => {
      const changed = changes.map(({ kind, collection, id }) => `${kind} ${collection}/${id}`).join(', ');
      const what = decided?.error ? `rejected with ${decided.error}` : 'committed';
      const fate = decided === null ? '' : `, ${what} as version ${decided.version}`;
      return `write ${sequence}: ${changed} (${stored ? 'stored' : 'not stored yet'}${fate})`;
    });
}

function factsOfSubscription(name: string, model: Subscription | undefined, shown: Shown | undefined): readonly StateFact[] {
  // What may be shown now; where several moments may still be shown, the last of them.
  const expected = model === undefined ? null : (model.candidates.at(-1) ?? model.shown);
  const of = { subscription: name, query: model === undefined ? null : sayQuery(model.query) };
  const nothing = ['nothing shown yet'];
  // A fetch is followed like a subscription, and shows nothing but its result.
  const told = (said: readonly string[]): readonly string[] | null => (name.startsWith('fetch-') ? null : said);
  return [
    fact('version', model === undefined ? ['no such subscription'] : words(model.held === null ? null : `${model.held.version}`), null, of),
    fact(
      'fulfilled',
      expected === null ? nothing : [yes(expected.fulfilled)],
      told(shown === undefined ? nothing : [yes(shown.fulfilled)]),
      of,
    ),
    fact('rows', expected === null ? nothing : sayRows(expected.rows), told(shown === undefined ? nothing : sayRows(shown.rows)), of),
  ];
}

function yes(flag: boolean): string {
  return flag ? 'yes' : 'no';
}

/** The order of attributes means nothing. */
function sayRows(rows: readonly Row[]): readonly string[] {
  return lines(
    rows.map((row) => {
      const { id, ...rest } = row;
      const attributes = sayAttributes(Object.fromEntries(Object.entries(rest).sort(([left], [right]) => (left < right ? -1 : 1))));
      return attributes === '' ? id : `${id}: ${attributes}`;
    }),
  );
}

/** Equal schemas give equal words; to tell the whole of one would take a page. */
function saySchema(schema: Pick<Schema, 'collections'> | null | undefined): readonly string[] {
  if (schema === null || schema === undefined) return none;
  const hash = createHash('sha256').update(schemaText(schema)).digest('hex').slice(0, 12);
  return [`${hash}: ${Object.keys(schema.collections).sort().join(', ') || 'no collections'}`];
}

function factsOfServer({ state, hosts }: Moment): readonly StateFact[] {
  const model = state.server;
  const view = hosts.phase() === 'running' ? hosts.server().inspect() : null;
  const groupsOf = ({ groups }: NonNullable<typeof view>) =>
    groups.map(({ members }) => sayGroup(members.map(({ connection, subscription }) => `${connection} ${subscription}`)));
  return [
    fact('phase', [model.phase], [hosts.phase()]),
    fact('version', [`${model.versions.length - 1}`], view && [`${view.version}`]),
    fact('schema', saySchema(model.schema), view && saySchema(view.schema)),
    fact('connections', lines(acceptedAt(state)), view && lines([...view.connections].sort())),
    fact('groups', lines(partitionOf(state)), view && lines(groupsOf(view).sort())),
    fact('appending', words(sayBatch(model.appending)), null),
    fact('rows', lines(storedRows(state)), null),
  ];
}

const isLive = (connection: State['connections'][number]): boolean => connection.openAtServer && connection.serverClosing === null;

function acceptedAt(state: State): readonly string[] {
  return Object.values(state.connections)
    .filter((connection) => isLive(connection) && connection.accepted !== null)
    .map(({ client }) => client)
    .sort();
}

/** The live subscriptions, those of one normal form together (H1). */
function partitionOf(state: State): readonly string[] {
  const members = Object.values(state.connections)
    .filter(isLive)
    .flatMap(({ client, subscriptions, unsubscribed }) =>
      Object.entries(subscriptions).flatMap(([name, { group }]) =>
        group === null || unsubscribed.includes(name) ? [] : [{ member: `${client} ${name}`, form: state.server.groups[group] ?? '' }],
      ),
    );
  return [...new Set(members.map(({ form }) => form))]
    .map((form) => sayGroup(members.filter((other) => other.form === form).map(({ member }) => member)))
    .sort();
}

function sayGroup(members: readonly string[]): string {
  return [...members].sort().join(', ');
}

function sayBatch(batch: State['server']['appending']): string | null {
  if (batch === null) return null;
  return batch.joined.map((joined) => (joined.what === 'write' ? `write ${joined.sequence} of ${joined.client}` : 'a schema')).join(', ');
}

function storedRows({ server }: State): readonly string[] {
  const rows = server.versions.at(-1) ?? {};
  return Object.keys(rows)
    .sort()
    .flatMap((key) => {
      const stored = rows[key];
      const [said] = stored === undefined ? [] : sayRows([stored.row]);
      return said === undefined ? [] : [`${key.slice(0, key.indexOf('/'))}/${said}`];
    });
}
