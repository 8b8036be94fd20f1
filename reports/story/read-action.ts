/**
 * Reads the detail of a trace event back into the action of the model that it tells. A trace may come from a file or
 * from another version, so what does not have the shape of an action is no action, and is told as it stands.
 */
import type { Action, ClientWord, Command, Observation, ServerWord } from '../../model/actions.ts';
import type { TraceEvent } from '../../properties/trace.ts';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;
type Fields = Readonly<Record<string, unknown>>;

/** Null where the event is none of the model's (a step, a task), or cannot be read. */
export function readAction(event: TraceEvent): Action | null {
  const detail = parsed(event.detail);
  if (!isFields(detail)) return null;
  const value =
    event.event === 'quiescent' ? { kind: event.event, quiescence: { ...detail, schemas: {} } } : { ...detail, kind: event.event };
  return isAction(value) ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAction(value: Fields): value is Fields & Action {
  return fits(value, value.kind, shapes);
}

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const has =
  (shape: Shape): Check =>
  (value) =>
    isFields(value) && Object.entries(shape).every(([name, check]) => check(value[name]));
const oneOf =
  (key: string, known: Readonly<Record<string, Shape>>): Check =>
  (value) =>
    isFields(value) && fits(value, value[key], known);

function fits(value: Fields, name: unknown, known: Readonly<Record<string, Shape>>): boolean {
  if (typeof name !== 'string' || !Object.hasOwn(known, name)) return false;
  return has(known[name] ?? {})(value);
}

const rows = listOf(has({ id: text }));
const fields: Check = isFields;
const token = has({ label: text, user: text, role: text, expiresAtMs: orNull(number) });
const closing = has({ reason: orNull(text), retry: flag });
const kept = orNull(has({ kind: text }));
const schema = has({ collections: fields, roles: fields });

const clientWords: Readonly<Record<ClientWord['word'], Shape>> = {
  hello: { token: text, clientId: text, schema: orNull(text) },
  schemaSaid: {},
  nonsense: { nonsense: text },
  updateToken: { request: number, token: text },
  subscribe: { subscription: text },
  unsubscribe: { subscription: text },
  write: { sequence: number },
  ping: {},
};

const serverWords: Readonly<Record<ServerWord['word'], Shape>> = {
  accepted: {},
  schemaAsked: {},
  nonsense: { nonsense: text },
  tokenAccepted: { request: number },
  tokenRefused: { request: number, reason: text },
  answered: { subscription: text, group: text, version: number, rows },
  updated: { subscriptions: listOf(text), version: number, rows },
  acknowledged: { sequence: number, version: number },
  rejected: { sequence: number, error: text },
  progressed: { version: number },
  pong: {},
};

const operations: Readonly<Record<'insert' | 'update' | 'delete', Shape>> = {
  insert: { collection: text, row: has({ id: text }) },
  update: { collection: text, id: text, changes: fields },
  delete: { collection: text, id: text },
};
const withPromise: Shape = { promise: text };
const query = has({ collection: text, where: Array.isArray, order: Array.isArray });

const commands: Readonly<Record<Command['do'], Shape>> = {
  startSession: { promise: text, token, connect: flag, refresh: orNull(fields) },
  updateSessionToken: { promise: text, token },
  endSession: withPromise,
  connect: {},
  disconnect: {},
  subscribe: { subscription: text, query },
  unsubscribe: { subscription: text },
  insert: { ...withPromise, ...operations.insert },
  update: { ...withPromise, ...operations.update },
  delete: { ...withPromise, ...operations.delete },
  transact: { ...withPromise, operations: listOf(oneOf('do', operations)) },
  clear: withPromise,
};

const observations: Readonly<Record<Observation['saw'], Shape>> = {
  status: { status: text },
  sessionError: { type: text },
  settled: { promise: text, error: orNull(text) },
  results: { subscription: text, rows, fulfilled: flag },
  remoteFulfilled: { subscription: text },
  subscriptionError: { subscription: text, error: text },
  refreshAsked: { call: number },
  synced: { collection: text, id: text },
  notSynced: { collection: text, id: text, error: text },
  syncFailed: { error: text },
};

const groups = listOf(has({ id: text, members: listOf(has({ connection: text, subscription: text })) }));
const quiescence = has({
  blocked: listOf(text),
  halfOpen: listOf(text),
  statuses: fields,
  tokens: fields,
  server: orNull(has({ version: number, connections: listOf(text), groups })),
});
const connection: Shape = { client: text, connection: number };
const store: Shape = { client: text, epoch: number, sequence: number };
const decision: Shape = { clientId: text, sequence: number, version: number };
const cost: Shape = { group: text, version: number };
const clientWord = oneOf('word', clientWords);
const serverWord = oneOf('word', serverWords);

const shapes: Readonly<Record<Action['kind'], Shape>> = {
  command: { client: text, command: oneOf('do', commands) },
  refreshAnswered: { client: text, call: number, token: orNull(token) },
  observed: { client: text, observation: oneOf('saw', observations) },
  attempted: connection,
  opened: connection,
  clientSent: { ...connection, word: clientWord },
  serverReceived: { ...connection, word: clientWord },
  serverSent: { ...connection, word: serverWord },
  clientHeard: { ...connection, word: serverWord },
  fellSilent: { client: text },
  clientClosed: { ...connection, givenUp: flag },
  serverClosed: { ...connection, closing, givenUp: flag },
  clientHeardClose: { ...connection, closing },
  serverHeardClose: connection,
  appendBegan: { client: text, clientId: text, sequence: number },
  stored: store,
  notStored: store,
  cleared: { client: text, epoch: number },
  committed: decision,
  refused: { ...decision, error: text },
  schemaPushed: { push: text, schema },
  schemaAppendBegan: {},
  schemaCommitted: { version: number },
  pushSettled: { push: text, outcome: has({ outcome: text }) },
  appendDurable: {},
  appendFailed: { kept },
  recoveryBegan: {},
  serverStopping: {},
  serverStopped: { how: text, kept },
  recovered: { version: number },
  clientCrashed: { client: text },
  strangerHeard: { said: text, closing: orNull(closing) },
  evaluated: cost,
  encoded: cost,
  keysFetched: { keys: listOf(text) },
  time: { nowMs: number },
  wallJumped: { process: text, byMs: number },
  keysRotated: { key: text },
  taskEnded: {},
  quiescent: { quiescence },
};
