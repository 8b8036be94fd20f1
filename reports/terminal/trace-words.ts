/** What the detail of an event says, in words: one line, everything in it, nothing left to the reader to decode. */
import type { Action, ClientWord, Command, Observation, ServerWord } from '../../model/actions.ts';
import { type Fields, fieldsOf, listOf, readDetail, say, sayFields, sayRow, sayRows } from './trace-fields.ts';

type Say = (fields: Fields) => string;
/** A sayer for each kind of a union; kinds that are not known are said as JSON. */
type Sayers<Kind extends string> = Readonly<Record<Kind, Say>>;

/** The detail of an event that is an action of the model; what has no words stays as it is. */
export function sayDetail(event: string, detail: string): string {
  const sayer = find(actions, event);
  const fields = readDetail(detail);
  return sayer === undefined || (fields.size === 0 && detail !== '{}') ? detail : sayer(fields);
}

function find(sayers: Readonly<Record<string, Say>>, kind: string): Say | undefined {
  return Object.hasOwn(sayers, kind) ? sayers[kind] : undefined;
}

function sayBy(sayers: Readonly<Record<string, Say>>, kind: string, value: unknown): string {
  const fields = fieldsOf(value);
  return find(sayers, say(fields.get(kind)))?.(fields) ?? JSON.stringify(value);
}

const of = (...names: readonly string[]): Say => {
  return (fields) => names.map((name) => say(fields.get(name))).join(' ');
};
const sayNothing: Say = () => '';

/** Connections are numbered over the whole run: `#3`. */
function sayConnection(fields: Fields): string {
  return `#${say(fields.get('connection'))}`;
}
const atClient = (sayRest: Say): Say => joined(sayConnection, sayRest);
const atServer =
  (preposition: 'to' | 'from' | 'of', sayRest: Say): Say =>
  (fields) =>
    joined(sayConnection, () => `${preposition} ${say(fields.get('client'))}`, sayRest)(fields);

function joined(...parts: readonly Say[]): Say {
  return (fields) =>
    parts
      .map((part) => part(fields))
      .filter((part) => part !== '')
      .join(' ');
}

function sayToken(value: unknown): string {
  const label = fieldsOf(value).get('label');
  return label === undefined ? `token ${say(value)}` : `token ${say(label)}`;
}

function sayQuery(value: unknown): string {
  const query = fieldsOf(value);
  const where = listOf(query.get('where'));
  const order = listOf(query.get('order'));
  const parts = [
    say(query.get('collection')),
    ...(where.length === 0 ? [] : [`where ${JSON.stringify(where)}`]),
    ...(order.length === 0 ? [] : [`order ${JSON.stringify(order)}`]),
    ...(query.has('after') ? [`after ${JSON.stringify(query.get('after'))}`] : []),
    ...(query.has('limit') ? [`limit ${say(query.get('limit'))}`] : []),
  ];
  return parts.join(' ');
}

/** `todos (text, done); notes (title)`: what is in them the step says. */
function saySchema(value: unknown): string {
  const collections = [...fieldsOf(fieldsOf(value).get('collections'))];
  const said = collections.map(
    ([name, collection]) => `${name} (${[...fieldsOf(fieldsOf(collection).get('attributes')).keys()].join(', ')})`,
  );
  return said.join('; ') || 'no collections';
}

function sayOperation(value: unknown): string {
  return sayBy(operations, 'do', value);
}
const operations: Sayers<'insert' | 'update' | 'delete'> = {
  insert: (fields) => `insert ${say(fields.get('collection'))}/${sayRow(fields.get('row'))}`,
  update: (fields) => `update ${entity(fields)} (${sayFields(fieldsOf(fields.get('changes')))})`,
  delete: (fields) => `delete ${entity(fields)}`,
};

function entity(fields: Fields): string {
  return `${say(fields.get('collection'))}/${say(fields.get('id'))}`;
}

function sayRefresh(value: unknown): string {
  if (value === null || value === undefined) return '';
  const interval = fieldsOf(value).get('intervalMs');
  return interval === null ? ', with a refresh handler' : `, with a refresh handler every ${say(interval)} ms`;
}

/** Calls whose promise is observed end in its name: `→ p3`. */
const promised =
  (sayCall: Say): Say =>
  (fields) =>
    `${sayCall(fields)} → ${say(fields.get('promise'))}`;

const commands: Sayers<Command['do']> = {
  startSession: promised(
    (fields) =>
      `startSession ${sayToken(fields.get('token'))}${fields.get('connect') === false ? ', without connecting' : ''}${sayRefresh(fields.get('refresh'))}`,
  ),
  updateSessionToken: promised((fields) => `updateSessionToken ${sayToken(fields.get('token'))}`),
  endSession: promised(() => 'endSession'),
  connect: () => 'connect',
  disconnect: () => 'disconnect',
  subscribe: (fields) => `subscribe ${say(fields.get('subscription'))}: ${sayQuery(fields.get('query'))}`,
  unsubscribe: (fields) => `unsubscribe ${say(fields.get('subscription'))}`,
  insert: promised(operations.insert),
  update: promised(operations.update),
  delete: promised(operations.delete),
  transact: promised((fields) => `transact ${listOf(fields.get('operations')).map(sayOperation).join('; ') || 'nothing'}`),
  clear: promised(() => 'clear'),
};

/** Of a hash so much that nobody takes it for another. */
const hashDigits = 12;

function sayHash(hash: unknown): string {
  return hash === null ? 'no schema' : `schema ${say(hash).slice(0, hashDigits)}`;
}

const words: Sayers<(ClientWord | ServerWord)['word']> = {
  hello: (fields) => `hello, ${sayToken(fields.get('token'))}, client id ${say(fields.get('clientId'))}, ${sayHash(fields.get('schema'))}`,
  schemaSaid: () => 'schema',
  schemaAsked: () => 'schema asked for',
  nonsense: (fields) => `nonsense (${say(fields.get('nonsense'))})`,
  updateToken: (fields) => `token update ${say(fields.get('request'))}, ${sayToken(fields.get('token'))}`,
  subscribe: (fields) => `subscribe ${say(fields.get('subscription'))}`,
  unsubscribe: (fields) => `unsubscribe ${say(fields.get('subscription'))}`,
  write: (fields) => `write ${say(fields.get('sequence'))}`,
  ping: () => 'ping',
  pong: () => 'pong',
  accepted: () => 'accepted',
  tokenAccepted: (fields) => `token update ${say(fields.get('request'))} accepted`,
  tokenRefused: (fields) => `token update ${say(fields.get('request'))} refused, ${say(fields.get('reason'))}`,
  answered: (fields) =>
    `answer to ${say(fields.get('subscription'))} in group ${say(fields.get('group'))} at version ${say(fields.get('version'))}: ${sayRows(fields.get('rows'))}`,
  updated: (fields) =>
    `update of ${listOf(fields.get('subscriptions')).map(say).join(', ')} at version ${say(fields.get('version'))}: ${sayRows(fields.get('rows'))}`,
  acknowledged: (fields) => `write ${say(fields.get('sequence'))} acknowledged at version ${say(fields.get('version'))}`,
  rejected: (fields) => `write ${say(fields.get('sequence'))} rejected, ${say(fields.get('error'))}`,
  progressed: (fields) => `all current at version ${say(fields.get('version'))}`,
};
const sayWord: Say = (fields) => sayBy(words, 'word', fields.get('word'));

const observations: Sayers<Observation['saw']> = {
  status: (fields) => `status ${say(fields.get('status'))}`,
  sessionError: (fields) => `session error ${say(fields.get('type'))}`,
  settled: (fields) =>
    `${say(fields.get('promise'))} ${fields.get('error') === null ? 'resolves' : `rejects with ${say(fields.get('error'))}`}`,
  results: (fields) =>
    `results of ${say(fields.get('subscription'))}, ${fields.get('fulfilled') === true ? 'fulfilled' : 'not fulfilled'}: ${sayRows(fields.get('rows'))}`,
  remoteFulfilled: (fields) => `${say(fields.get('subscription'))} fulfilled`,
  subscriptionError: (fields) => `error of ${say(fields.get('subscription'))}: ${say(fields.get('error'))}`,
  refreshAsked: (fields) => `refresh handler called, call ${say(fields.get('call'))}`,
  synced: (fields) => `${entity(fields)} synced`,
  notSynced: (fields) => `${entity(fields)} not synced, ${say(fields.get('error'))}`,
  syncFailed: (fields) => `writes failed to sync, ${say(fields.get('error'))}`,
};

function sayClosing(value: unknown): string {
  const closing = fieldsOf(value);
  const reason = closing.get('reason');
  const explained = closing.get('explained') === true ? ', explained' : '';
  return `${reason === null ? 'no reason' : say(reason)}, ${closing.get('retry') === true ? 'retry' : 'no retry'}${explained}`;
}
const givenUp: Say = (fields) => (fields.get('givenUp') === true ? '(given up)' : '');

function sayKept(value: unknown): string {
  if (value === null) return 'nothing of it kept';
  const kept = fieldsOf(value);
  return `${say(kept.get('kind'))} kept${kept.has('error') ? `, ${say(kept.get('error'))}` : ''}`;
}

const sayPushOutcome: Say = (fields) => {
  const outcome = fieldsOf(fields.get('outcome'));
  const issues = listOf(outcome.get('issues')).map(say);
  const compatible = outcome.has('compatible') ? `, ${outcome.get('compatible') === true ? '' : 'not '}compatible` : '';
  return `${say(fields.get('push'))} ${say(outcome.get('outcome'))}${compatible}${issues.length === 0 ? '' : `: ${issues.join('; ')}`}`;
};

const ofWrite = (verb: string): Say => {
  return (fields) => `write ${say(fields.get('sequence'))} of ${say(fields.get('clientId'))}${verb}`;
};

type SaidAction = Exclude<Action['kind'], 'taskEnded' | 'quiescent'>;
const actions: Sayers<SaidAction> = {
  command: (fields) => sayBy(commands, 'do', fields.get('command')),
  observed: (fields) => sayBy(observations, 'saw', fields.get('observation')),
  refreshAnswered: (fields) =>
    `call ${say(fields.get('call'))}: ${fields.get('token') === null ? 'nothing' : sayToken(fields.get('token'))}`,
  attempted: atClient(sayNothing),
  opened: atClient(sayNothing),
  clientSent: atClient(sayWord),
  clientHeard: atClient(sayWord),
  serverSent: atServer('to', sayWord),
  serverReceived: atServer('from', sayWord),
  fellSilent: sayNothing,
  clientClosed: atClient(givenUp),
  clientHeardClose: atClient((fields) => sayClosing(fields.get('closing'))),
  serverClosed: atServer(
    'of',
    joined((fields) => sayClosing(fields.get('closing')), givenUp),
  ),
  serverHeardClose: atServer('of', sayNothing),
  appendBegan: (fields) => `${ofWrite('')(fields)} (${say(fields.get('client'))})`,
  stored: (fields) => `write ${say(fields.get('sequence'))}, epoch ${say(fields.get('epoch'))}`,
  notStored: (fields) => `write ${say(fields.get('sequence'))}, epoch ${say(fields.get('epoch'))}`,
  cleared: (fields) => `epoch ${say(fields.get('epoch'))}`,
  committed: (fields) => `${ofWrite('')(fields)} as version ${say(fields.get('version'))}`,
  refused: (fields) => `${ofWrite('')(fields)} as version ${say(fields.get('version'))}, ${say(fields.get('error'))}`,
  schemaPushed: (fields) => `${say(fields.get('push'))}: ${saySchema(fields.get('schema'))}`,
  schemaAppendBegan: () => 'a schema',
  schemaCommitted: (fields) => `a schema as version ${say(fields.get('version'))}`,
  pushSettled: sayPushOutcome,
  appendDurable: sayNothing,
  appendFailed: (fields) => sayKept(fields.get('kept')),
  recoveryBegan: sayNothing,
  serverStopping: sayNothing,
  serverStopped: (fields) => `${say(fields.get('how'))}, ${sayKept(fields.get('kept'))}`,
  recovered: (fields) => `at version ${say(fields.get('version'))}`,
  clientCrashed: sayNothing,
  strangerHeard: (fields) =>
    `said ${say(fields.get('said'))}: ${fields.get('closing') === null ? 'left open' : `closed, ${sayClosing(fields.get('closing'))}`}`,
  evaluated: (fields) => `group ${say(fields.get('group'))} at version ${say(fields.get('version'))}`,
  encoded: (fields) => `group ${say(fields.get('group'))} at version ${say(fields.get('version'))}`,
  keysFetched: (fields) => listOf(fields.get('keys')).map(say).join(', ') || 'none',
  time: (fields) => `${say(fields.get('nowMs'))} ms`,
  wallJumped: (fields) => {
    const byMs = say(fields.get('byMs'));
    return `${byMs.startsWith('-') ? '' : '+'}${byMs} ms`;
  },
  keysRotated: of('key'),
};
