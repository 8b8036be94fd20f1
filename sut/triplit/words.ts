/**
 * The published protocol told in the words of sut/port/system.ts. What has no word there is told as `null` by `wordOf…`, and
 * named in README.md; the request that opens a socket stands for `hello`, since it carries the token.
 */

import type { Row } from '../../vocabulary/values.ts';
import type { DescribedClose, System, WireWord } from '../port/system.ts';
import { memberOf } from './surface.ts';

const upgradePrefix = 'GET ';

/** The text that goes before every frame of a socket. `clientId` is the adapter's own name for the client: no frame tells one. */
export function upgradeText(clientId: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${upgradePrefix}${pathname}${search} ${clientId}`;
}

export interface Upgrade {
  readonly path: string;
  readonly token: string;
  readonly clientId: string;
  readonly schema: string | null;
}

export function readUpgrade(text: string): Upgrade | null {
  if (!text.startsWith(upgradePrefix)) return null;
  const [, path = '/', clientId = ''] = text.split(' ');
  const parameters = new URL(path, 'http://server').searchParams;
  return { path, clientId, token: parameters.get('token') ?? '', schema: parameters.get('schema') };
}

export interface Message {
  readonly type: string;
  readonly payload: unknown;
}

export function readMessage(text: string): Message {
  const data: unknown = JSON.parse(text);
  const type = memberOf(data, 'type');
  if (typeof type !== 'string') throw new TypeError(`a message without a type: ${text}`);
  return { type, payload: memberOf(data, 'payload') };
}

/** What a message of the client changes, by collection: attributes by the id of their row, and the ids of rows that are deleted. */
export interface SaidChanges {
  readonly [collection: string]: { readonly set: Readonly<Record<string, SaidAttributes>>; readonly deleted: readonly string[] };
}
export type SaidAttributes = Readonly<Record<string, unknown>>;

/**
 * What a message tells: a word, nothing, the announcement of a close; or something that is a word for several at once,
 * since the client asks for equal queries once and sends several writes together.
 */
export type Told =
  | { readonly told: 'word'; readonly word: WireWord }
  | { readonly told: 'nothing' }
  | ({ readonly told: 'close' } & DescribedClose)
  | { readonly told: 'query'; readonly id: string; readonly query: unknown }
  | { readonly told: 'leave'; readonly id: string }
  | { readonly told: 'changes'; readonly changes: SaidChanges }
  /** `rows` are those that it sets, by collection. */
  | { readonly told: 'data'; readonly ids: readonly string[]; readonly rows: Readonly<Record<string, readonly Row[]>> }
  | { readonly told: 'taken' }
  /** The oldest batch of writes was refused. `text` is what it says besides. */
  | { readonly told: 'refused'; readonly error: string; readonly text: string };

const nothing: Told = { told: 'nothing' };
const say = (word: WireWord): Told => ({ told: 'word', word });

export function toldByClient(text: string): Told {
  const upgrade = readUpgrade(text);
  if (upgrade !== null) return say({ word: 'hello', token: upgrade.token, clientId: upgrade.clientId, schema: upgrade.schema });
  const { type, payload } = readMessage(text);
  switch (type) {
    case 'PING':
      return say({ word: 'ping' });
    case 'CONNECT_QUERY':
      return { told: 'query', id: String(memberOf(payload, 'id')), query: memberOf(payload, 'params') };
    case 'DISCONNECT_QUERY':
      return { told: 'leave', id: String(memberOf(payload, 'id')) };
    case 'CHANGES':
      return { told: 'changes', changes: changesIn(memberOf(memberOf(payload, 'changes'), 'json')) };
    default:
      return nothing;
  }
}

export function toldByServer(text: string): Told {
  const { type, payload } = readMessage(text);
  switch (type) {
    case 'READY':
      return say({ word: 'accepted' });
    case 'PONG':
      return say({ word: 'pong' });
    case 'SCHEMA_REQUEST':
      return say({ word: 'schemaAsked' });
    case 'ENTITY_DATA':
      return {
        told: 'data',
        ids: listOf(memberOf(payload, 'forQueries')).map(String),
        rows: rowsIn(memberOf(memberOf(payload, 'changes'), 'json')),
      };
    case 'CHANGES_ACK':
      return { told: 'taken' };
    case 'ERROR': {
      if (memberOf(payload, 'messageType') !== 'CHANGES') return nothing;
      const error = memberOf(payload, 'error');
      return { told: 'refused', error: errorName(String(memberOf(error, 'name'))), text: String(memberOf(error, 'message')) };
    }
    case 'CLOSE': {
      const close = closeOf(payload);
      return close === null ? nothing : { told: 'close', ...close };
    }
    default:
      return nothing;
  }
}

function changesIn(collections: unknown): SaidChanges {
  if (typeof collections !== 'object' || collections === null) return {};
  const changes = Object.entries(collections).map(([collection, change]: [string, unknown]) => [
    collection,
    {
      set: Object.fromEntries(listOf(memberOf(change, 'sets')).map(attributesOfEntry)),
      deleted: listOf(memberOf(change, 'deletes')).map(String),
    },
  ]);
  return Object.fromEntries(changes);
}

/** Rows travel whole. A set is an object there, whose members have `true`. */
function rowsIn(collections: unknown): Readonly<Record<string, readonly Row[]>> {
  if (typeof collections !== 'object' || collections === null) return {};
  const rows = Object.entries(collections).map(([collection, change]: [string, unknown]) => [
    collection,
    listOf(memberOf(change, 'sets')).map((entry) => rowOf(idOfEntry(entry), listOf(entry)[1])),
  ]);
  return Object.fromEntries(rows);
}

function rowOf(id: string, held: unknown): Row {
  if (typeof held !== 'object' || held === null) return { id };
  const attributes = Object.entries(held).map(([name, value]: [string, unknown]): [string, Row[string]] => [name, valueIn(value)]);
  return { ...Object.fromEntries(attributes), id };
}

function valueIn(value: unknown): Row[string] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .flatMap(([member, isIn]: [string, unknown]) => (isIn === true ? [member] : []))
      .sort();
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`a value of which nothing is known: ${String(value)}`);
}

/** The names that are the same matter here; others stay as they are. */
export function errorName(name: string): string {
  switch (name) {
    case 'WritePermissionError':
      return 'PermissionDeniedError';
    case 'DBSerializationError':
      return 'SchemaViolationError';
    default:
      return name;
  }
}

function idOfEntry(entry: unknown): string {
  return String(listOf(entry)[0]);
}

function attributesOfEntry(entry: unknown): readonly [string, SaidAttributes] {
  const [id, attributes] = listOf(entry);
  const told = typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : [];
  return [String(id), Object.fromEntries(told.map(([name, value]: [string, unknown]) => [name, valueIn(value)]))];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The id that the server gave to a connection, where this message tells it. */
export function serverIdIn(text: string): string | null {
  const { type, payload } = readMessage(text);
  const id = type === 'READY' ? memberOf(payload, 'clientId') : undefined;
  return typeof id === 'string' ? id : null;
}

/** `reason` is the text of a close frame. */
export function describeClose(reason: string): DescribedClose | null {
  try {
    const data: unknown = JSON.parse(reason);
    return closeOf(data);
  } catch {
    return null;
  }
}

function closeOf(data: unknown): DescribedClose | null {
  const type = memberOf(data, 'type');
  const message = memberOf(data, 'message');
  if (typeof type !== 'string') return null;
  return { reason: type, retry: memberOf(data, 'retry') === true, message: typeof message === 'string' ? message : null };
}

/** What has no word is passed over before it is asked for. */
export const publishedWire: Pick<System, 'describeConnection' | 'describeClose'> = {
  describeConnection: () => ({
    fromClient: (data) => wordOf(toldByClient(data), data),
    fromServer: (data) => wordOf(toldByServer(data), data),
  }),
  describeClose,
};

function wordOf(told: Told, data: string): WireWord {
  if (told.told === 'word') return told.word;
  throw new TypeError(`There is no word for ${data}`);
}
