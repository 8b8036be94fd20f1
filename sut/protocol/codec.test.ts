/** Frames survive the way to text and back; what is no frame is named as such. */
import { describe, expect, test } from 'vitest';
import type { PlainSchema } from '../schema/types.ts';
import { decodeClientFrame, decodeServerFrame, encodeClientFrame, encodeServerFrame, frameLimitBytes, ProtocolError } from './codec.ts';
import type { ClientFrame, ServerFrame } from './frames.ts';

const row = { generation: 'c1:1', attributes: { id: 'milk', done: false, rank: 1.5, tags: ['a', 'b'], note: null } };

const schema: PlainSchema = {
  collections: {
    todos: {
      attributes: { title: { type: 'string', items: null, nullable: false, optional: true, enum: ['a'] } },
      permissions: { member: { read: { filter: [['lists', 'in', '$token.lists']] }, insert: {} } },
    },
  },
  roles: { member: { match: { sub: '$user' } } },
};

const clientFrames: readonly ClientFrame[] = [
  { type: 'hello', versions: [1, 2], secret: 'c1', answered: 0, token: '' },
  { type: 'hello', versions: [2], secret: 'c1', answered: 3, token: 'a.b.c', schema: null },
  { type: 'hello', versions: [2], secret: 'c1', answered: 3, token: 'a.b.c', schema: '4f53' },
  { type: 'schema', schema },
  { type: 'updateToken', request: 1, token: 'a.b.c' },
  { type: 'subscribe', subscription: 's2', query: { collection: 'todos', where: [], order: [], limit: 0 } },
  {
    type: 'subscribe',
    subscription: 's3',
    query: {
      collection: 'todos',
      where: [['owner', '=', '$role.user']],
      order: [
        ['rank', 'ASC'],
        ['title', 'DESC'],
      ],
      limit: 10,
      after: { values: [null, 'x'], id: 'milk' },
    },
  },
  {
    type: 'subscribe',
    subscription: 's1',
    query: {
      collection: 'todos',
      where: [
        ['done', '=', false],
        { mod: 'or', filters: [['rank', 'in', [1, '1', null]], { mod: 'and', filters: [] }, ['x', 'isDefined', true]] },
      ],
      order: [['rank', 'DESC']],
    },
  },
  { type: 'unsubscribe', subscription: 's1' },
  {
    type: 'write',
    sequence: 1,
    id: '0123456789abcdef0123456789abcdef',
    resent: false,
    answered: 0,
    operations: [
      { kind: 'insert', collection: 'todos', id: 'milk', attributes: row.attributes },
      { kind: 'update', collection: 'todos', id: 'milk', generation: 'c1:1', changes: { done: true } },
      { kind: 'delete', collection: 'todos', id: 'milk', generation: 'c1:1' },
    ],
  },
  { type: 'ping' },
];

const serverFrames: readonly ServerFrame[] = [
  { type: 'accepted', version: 0, incarnation: 'first', diverged: false },
  { type: 'schemaRequested' },
  { type: 'tokenAccepted', request: 1 },
  { type: 'tokenRefused', request: 2, reason: 'TOKEN_EXPIRED' },
  { type: 'answer', subscription: 's1', group: 'g1', version: 3, rows: [row] },
  { type: 'subscriptionFailed', subscription: 's1', error: { name: 'E', message: 'no' } },
  { type: 'update', group: 'g1', version: 4, upserts: [row], removals: ['bread'] },
  { type: 'acknowledged', sequence: 1, version: 4 },
  { type: 'rejected', sequence: 1, version: 1, error: { name: 'E', message: 'no' } },
  { type: 'forked', sequence: 1 },
  { type: 'progress', version: 4 },
  { type: 'pong' },
];

describe('round trips', () => {
  test.each(clientFrames)('client $type', (frame) => {
    expect(decodeClientFrame(encodeClientFrame(frame))).toEqual(frame);
  });
  test.each(serverFrames)('server $type', (frame) => {
    expect(decodeServerFrame(encodeServerFrame(frame))).toEqual(frame);
  });
  test('unknown fields are ignored, so that later versions may add some', () => {
    expect(decodeClientFrame('{"type":"ping","more":1}')).toEqual({ type: 'ping' });
  });
});

const writeId = '0123456789abcdef0123456789abcdef';
const numbered = { type: 'write', sequence: 1, id: writeId, resent: false, answered: 0 };
const write = (operation: unknown) => ({ ...numbered, operations: [operation] });
const subscribe = (query: unknown) => ({ type: 'subscribe', subscription: 's', query });
const where = (...filters: readonly unknown[]) => subscribe({ collection: 'todos', where: filters, order: [] });

describe('what is no client frame', () => {
  test.each<readonly [name: string, data: unknown, message: RegExp]>([
    ['null', null, /must be an object/],
    ['a list', [], /must be an object/],
    ['no type', {}, /unknown frame type/],
    ['an inherited name as type', { type: 'constructor' }, /unknown frame type/],
    ['a frame of the server', { type: 'pong' }, /unknown frame type "pong"/],
    ['versions that are no list', { type: 'hello', versions: 1, secret: 'c', answered: 0, token: 't' }, /hello\.versions must be a list/],
    ['a version that is text', { type: 'hello', versions: ['2'], secret: 'c', answered: 0, token: 't' }, /whole number/],
    ['an empty secret', { type: 'hello', versions: [2], secret: '', answered: 0, token: 't' }, /secret .* not empty/],
    ['an answered that is less than none', { type: 'hello', versions: [2], secret: 'c', answered: -1, token: 't' }, /hello\.answered/],
    ['a token that is no text', { type: 'hello', versions: [2], secret: 'c', answered: 0, token: 5 }, /token must be a string/],
    [
      'a schema hash that is no text',
      { type: 'hello', versions: [2], secret: 'c', answered: 0, token: 't', schema: 1 },
      /hello\.schema must be a string/,
    ],
    ['a schema hash that is empty', { type: 'hello', versions: [2], secret: 'c', answered: 0, token: 't', schema: '' }, /hello\.schema/],
    ['a schema that is none', { type: 'schema', schema: { collections: [] } }, /schema\.schema\.collections must be an object/],
    ['a fractional request', { type: 'updateToken', request: 1.5, token: 't' }, /whole number/],
    ['request zero', { type: 'updateToken', request: 0, token: 't' }, /at least 1/],
    ['a sequence too large to count', { type: 'write', sequence: 2 ** 53, operations: [] }, /whole number/],
    ['a write without an id', { ...numbered, id: undefined, operations: [] }, /write\.id/],
    ['a write with an id of another form', { ...numbered, id: 'w1', operations: [] }, /write\.id must be 32 hexadecimal digits/],
    ['a write that may be anything', { ...numbered, resent: 'no', operations: [] }, /write\.resent must be true or false/],
    ['a write of nothing', { ...numbered, operations: [] }, /at least one operation/],
    ['an unknown operation', write({ kind: 'upsert', collection: 'todos', id: 'a' }), /unknown kind "upsert"/],
    ['an operation without id', write({ kind: 'insert', collection: 'todos', attributes: {} }), /id must be/],
    ['an update without generation', write({ kind: 'update', collection: 'todos', id: 'a', changes: {} }), /generation/],
    ['attributes that are a list', write({ kind: 'insert', collection: 'todos', id: 'a', attributes: [] }), /attributes must be/],
    [
      'an attribute that is an object',
      write({ kind: 'insert', collection: 'todos', id: 'a', attributes: { x: {} } }),
      /attributes must be/,
    ],
    ['a set of sets', write({ kind: 'insert', collection: 'todos', id: 'a', attributes: { x: [[1]] } }), /attributes must be/],
    ['a query without where', subscribe({ collection: 'todos', order: [] }), /where must be a list/],
    ['a query without order', subscribe({ collection: 'todos', where: [] }), /order must be a list/],
    ['an order without direction', subscribe({ collection: 'todos', where: [], order: [['a']] }), /ordering/],
    ['an unknown direction', subscribe({ collection: 'todos', where: [], order: [['a', 'asc']] }), /direction/],
    ['a limit below zero', subscribe({ collection: 'todos', where: [], order: [], limit: -1 }), /limit must be a whole number, at least 0/],
    ['a limit of a half', subscribe({ collection: 'todos', where: [], order: [], limit: 0.5 }), /limit must be/],
    ['a limit that is null', subscribe({ collection: 'todos', where: [], order: [], limit: null }), /limit must be/],
    ['a cursor that is a text', subscribe({ collection: 'todos', where: [], order: [], after: 'a' }), /after must be an object/],
    ['a cursor without id', subscribe({ collection: 'todos', where: [], order: [], after: { values: [] } }), /after\.id must be a string/],
    [
      'a cursor that does not fit the order',
      subscribe({ collection: 'todos', where: [], order: [['a', 'ASC']], after: { values: [], id: 'a' } }),
      /one value for each attribute/,
    ],
    [
      'a cursor at a set',
      subscribe({ collection: 'todos', where: [], order: [['a', 'ASC']], after: { values: [[1]], id: 'a' } }),
      /values must be no list/,
    ],
    ['a variable where a list belongs', where(['a', 'in', '$token.lists']), /in takes a list/],
    ['an unknown operator', where(['a', '==', 1]), /unknown operator "=="/],
    ['an inherited name as operator', where(['a', 'toString', 1]), /unknown operator/],
    ['a statement too short', where(['a', '=']), /statement/],
    ['in without a list', where(['a', 'in', 1]), /in takes a list/],
    ['like of a number', where(['a', 'like', 3]), /where, a: like takes a string, not a number/],
    ['an order of a list, deep down', where({ mod: 'or', filters: [{ mod: 'and', filters: [['a', '>', [1]]] }] }), /a: > takes/],
    ['isDefined without a boolean', where(['a', 'isDefined', 1]), /isDefined takes/],
    ['an unknown group', where({ mod: 'not', filters: [] }), /mod is "and" or "or"/],
    ['a group without members', where({ mod: 'or' }), /filters must be a list/],
  ])('%s', (_name, data, message) => {
    const decode = () => decodeClientFrame(JSON.stringify(data));
    expect(decode).toThrow(ProtocolError);
    expect(decode).toThrow(message);
  });

  test('numbers too large to be numbers, which would read as null the next time', () => {
    const data = '{"type":"subscribe","subscription":"s","query":{"collection":"t","where":[["a","=",1e999]],"order":[]}}';
    expect(() => decodeClientFrame(data)).toThrow(/finite number/);
    const row = '{"kind":"insert","collection":"t","id":"a","attributes":{"x":1e999}}';
    expect(() =>
      decodeClientFrame(`{"type":"write","sequence":1,"id":"${writeId}","resent":false,"answered":0,"operations":[${row}]}`),
    ).toThrow(/attributes must be/);
  });

  test('broken JSON', () => {
    expect(() => decodeClientFrame('{"type":"ping"')).toThrow(/must be JSON/);
  });

  test('filters nested without end, without running out of stack', () => {
    const deep = '{"mod":"and","filters":['.repeat(20_000) + ']}'.repeat(20_000);
    const data = `{"type":"subscribe","subscription":"s","query":{"collection":"t","where":[${deep}],"order":[]}}`;
    expect(() => decodeClientFrame(data)).toThrow(/nest deeper/);
  });

  test('a frame is limited by its bytes, not its characters', () => {
    const frame = (token: string) => encodeClientFrame({ type: 'updateToken', request: 1, token });
    const room = frameLimitBytes - frame('').length;
    expect(decodeClientFrame(frame('a'.repeat(room)))).toMatchObject({ type: 'updateToken' });
    expect(() => decodeClientFrame(frame('a'.repeat(room + 1)))).toThrow(/over frameBytesMax/);
    expect(() => decodeClientFrame(frame('ä'.repeat(room / 2 + 1)))).toThrow(/over frameBytesMax/);
  });
});

test('B5: the operator of the server says how long a frame may be', () => {
  const data = encodeClientFrame({ type: 'ping' });
  expect(decodeClientFrame(data, { frameBytesMax: data.length })).toEqual({ type: 'ping' });
  expect(() => decodeClientFrame(data, { frameBytesMax: data.length - 1 })).toThrow(
    `over frameBytesMax: ${data.length - 1} bytes of a frame at most`,
  );
});

describe('what is no server frame', () => {
  test.each<readonly [name: string, data: unknown]>([
    ['a frame of the client', { type: 'ping' }],
    ['a row without id', { type: 'answer', subscription: 's', group: 'g', version: 1, rows: [{ generation: 'c:1', attributes: {} }] }],
    ['a row without generation', { type: 'update', group: 'g', version: 1, upserts: [{ attributes: { id: 'a' } }], removals: [] }],
    ['a negative version', { type: 'progress', version: -1 }],
    ['an unknown reason', { type: 'tokenRefused', request: 1, reason: 'BECAUSE' }],
    ['removals that are no ids', { type: 'update', group: 'g', version: 1, upserts: [], removals: [1] }],
  ])('%s', (_name, data) => {
    expect(() => decodeServerFrame(JSON.stringify(data))).toThrow(ProtocolError);
  });
});

test.each([
  '{"type":@}',
  `{"type":"write","sequence":1,"id":"${writeId}","resent":false,"answered":0,"operations":[{"collection":"todos","id":"x","kind":@}]}`,
  '{"type":"subscribe","subscription":"s","query":{"collection":"todos","order":[],"where":[["a",@,1]]}}',
])('nonsense that nests without end is named as nonsense: %s', (frame) => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(() => decodeClientFrame(frame.replace('@', () => deep))).toThrow(ProtocolError);
  expect(() => decodeClientFrame(frame.replace('@', () => deep))).toThrow(
    /unknown (?:frame type|kind|operator) object|: unknown kind object/,
  );
  expect(() => decodeClientFrame(frame.replace('@', '"what"'))).toThrow('"what"');
});
