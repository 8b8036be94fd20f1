/**
 * Well-formed frames at random, of every type that the protocol has: what is wrong with a mutated one begins from something right.
 * The tables are typed by the frames themselves, so that a new type of frame does not compile until it is drawn here.
 */
import fc from 'fast-check';
import { type ClientFrame, protocolVersion, type ServerFrame } from '../../../sut/protocol/frames.ts';
import { isOperator } from '../../../sut/query/operand.ts';
import type { StoredRow } from '../../../sut/query/types.ts';
import type { PlainSchema } from '../../../sut/schema/types.ts';
import type { Filter, Operator, Query, Statement } from '../../../vocabulary/queries.ts';
import type { Attribute, CollectionSchema, RolePermissions, Roles, Rule } from '../../../vocabulary/schemas.ts';
import type { Attributes, Scalar } from '../../../vocabulary/values.ts';

/** Few of each, so that frames of one run meet each other; some mean something to the language, to a terminal or to nobody. */
const collection = fc.constantFrom('hoard', 'hoard', 'hoard', 'diary', 'vault', '__proto__', 'toString');
const attribute = fc.constantFrom('text', 'size', 'done', 'tags', 'id', 'constructor', '__proto__', 'é', '');
const rowId = fc.oneof(
  fc.constantFrom('r1', 'r2', 'r3', 'r4', '__proto__', '\u{1F4A5}'),
  fc.string({ minLength: 1, maxLength: 3, unit: 'binary' }),
);
const name = fc.constantFrom('s1', 's2', 's3', 's4', 'hasOwnProperty', '\u202Es', '\ud800');
const hash = fc.constantFrom('0'.repeat(64), 'f'.repeat(64), 'no hash');
const generation = fc.constantFrom(`${'0'.repeat(32)}:1`, 'first', ':');
const hexadecimal = fc.string({ minLength: 32, maxLength: 32, unit: fc.constantFrom(...'0123456789abcdef') });
const number = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.maxSafeNat(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const count = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(Number.MAX_SAFE_INTEGER));
const fromZero = fc.oneof(fc.constant(0), count);

const text = fc.oneof(fc.constantFrom('', 'a', 'ab', 'short 1', '%', '$token.sub', '\0'), fc.string({ maxLength: 6, unit: 'grapheme' }));
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const comparable = fc.oneof(text, number, fc.boolean());
const list = fc.array(scalar, { maxLength: 4 });
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(attribute, fc.oneof(scalar, list), { maxKeys: 4 });

const operators: readonly Operator[] = '= != < <= > >= in nin like has !has isDefined'.split(' ').filter(isOperator);

function operandOf(operator: Operator): fc.Arbitrary<Statement[2]> {
  if (operator === 'in' || operator === 'nin') return list;
  if (operator === 'isDefined') return fc.boolean();
  if (operator === 'like') return fc.oneof(fc.constantFrom('%', 's%', '_hort%1', '%a_a%'), text);
  return operator === '=' || operator === '!=' ? scalar : comparable;
}

const statement: fc.Arbitrary<Statement> = fc.oneof(
  ...operators.map((operator) => fc.tuple(attribute, fc.constant(operator), operandOf(operator))),
);
const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: statement },
    { weight: 1, arbitrary: fc.record({ mod: fc.constantFrom('and', 'or'), filters: fc.array(tie('filter'), { maxLength: 3 }) }) },
  ),
})).filter;

const where = fc.array(filter, { maxLength: 3 });
const order = fc.array(fc.tuple(attribute, fc.constantFrom('ASC' as const, 'DESC' as const)), { maxLength: 2 });
const query: fc.Arbitrary<Query> = order.chain((chosen) =>
  fc.record(
    {
      collection,
      where,
      order: fc.constant(chosen),
      limit: fc.integer({ min: 0, max: 3 }),
      after: fc.record({ values: fc.array(scalar, { minLength: chosen.length, maxLength: chosen.length }), id: text }),
    },
    { requiredKeys: ['collection', 'where', 'order'] },
  ),
);

const operation = fc.oneof(
  fc.record({ kind: fc.constant('insert'), collection, id: rowId, attributes }),
  fc.record({ kind: fc.constant('update'), collection, id: rowId, generation, changes: attributes }),
  fc.record({ kind: fc.constant('delete'), collection, id: rowId, generation }),
);

const typeOfAttribute: fc.Arbitrary<Pick<Attribute, 'type' | 'items' | 'enum'>> = fc.oneof(
  fc.option(fc.array(text, { maxLength: 3 })).map((values) => ({ type: 'string' as const, items: null, enum: values })),
  fc.constantFrom('number' as const, 'boolean' as const, 'date' as const).map((type) => ({ type, items: null, enum: null })),
  fc.constantFrom('string' as const, 'number' as const, 'boolean' as const).map((items) => ({ type: 'set' as const, items, enum: null })),
);
const attributeOfSchema: fc.Arbitrary<Attribute> = fc
  .tuple(typeOfAttribute, fc.boolean(), fc.boolean())
  .map(([{ type, items, enum: values }, nullable, optional]) => ({ type, items, nullable, optional, enum: values }));
const rule: fc.Arbitrary<Rule> = fc.record({ filter: where }, { requiredKeys: [] });
const permissionsOfRole: fc.Arbitrary<RolePermissions> = fc.record(
  { read: rule, insert: rule, update: rule, postUpdate: rule, delete: rule },
  { requiredKeys: [] },
);
const collectionSchema: fc.Arbitrary<CollectionSchema> = fc.record({
  attributes: fc.dictionary(fc.constantFrom('text', 'size', '__proto__', '7'), attributeOfSchema, { maxKeys: 3 }),
  permissions: fc.option(fc.dictionary(fc.constantFrom('user', 'constructor'), permissionsOfRole, { maxKeys: 2 })),
});
const roles: fc.Arbitrary<Roles> = fc.dictionary(
  fc.constantFrom('user', 'constructor'),
  fc.record({
    match: fc.dictionary(fc.constantFrom('sub', 'a'), fc.oneof(scalar, fc.constant('$user'), fc.record({ b: scalar })), { maxKeys: 2 }),
  }),
  { maxKeys: 2 },
);
const schema: fc.Arbitrary<PlainSchema> = fc.record({ collections: fc.dictionary(collection, collectionSchema, { maxKeys: 2 }), roles });

const row: fc.Arbitrary<StoredRow> = fc
  .tuple(generation, attributes, rowId)
  .map(([named, held, id]) => ({ generation: named, attributes: { ...held, id } }));
const rows = fc.array(row, { maxLength: 3 });
const error = fc.record({ name: text, message: text });

type Framed<Frame extends { readonly type: string }> = {
  readonly [Type in Frame['type']]: fc.Arbitrary<Extract<Frame, { readonly type: Type }>>;
};

const byClients: Framed<ClientFrame> = {
  hello: fc.record(
    {
      type: fc.constant('hello'),
      versions: fc.constantFrom([protocolVersion], [1, protocolVersion, 99], [1]),
      secret: fc.constantFrom('secret', 'another secret'),
      answered: fromZero,
      token: fc.constantFrom('a.b.c', ''),
      schema: fc.option(hash),
      heard: fc.option(fc.record({ incarnation: hexadecimal, version: fromZero })),
    },
    { requiredKeys: ['type', 'versions', 'secret', 'answered', 'token'] },
  ),
  schema: fc.record({ type: fc.constant('schema'), schema }),
  updateToken: fc.record({ type: fc.constant('updateToken'), request: count, token: fc.constantFrom('a.b.c', '', 'é.é.é') }),
  subscribe: fc.record({ type: fc.constant('subscribe'), subscription: name, query }),
  unsubscribe: fc.record({ type: fc.constant('unsubscribe'), subscription: name }),
  write: fc.record({
    type: fc.constant('write'),
    sequence: count,
    id: hexadecimal,
    resent: fc.boolean(),
    answered: fromZero,
    operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
  }),
  ping: fc.constant({ type: 'ping' }),
};

const byServers: Framed<ServerFrame> = {
  accepted: fc.record({ type: fc.constant('accepted'), version: fromZero, incarnation: hexadecimal, diverged: fc.boolean() }),
  schemaRequested: fc.constant({ type: 'schemaRequested' }),
  tokenAccepted: fc.record({ type: fc.constant('tokenAccepted'), request: count }),
  tokenRefused: fc.record({ type: fc.constant('tokenRefused'), request: count, reason: fc.constantFrom('UNAUTHORIZED', 'TOKEN_EXPIRED') }),
  answerPart: fc.record({ type: fc.constant('answerPart'), subscription: name, rows }),
  answer: fc.record({ type: fc.constant('answer'), subscription: name, group: name, version: fromZero, rows }),
  subscriptionFailed: fc.record(
    { type: fc.constant('subscriptionFailed'), subscription: name, group: name, error },
    { requiredKeys: ['type', 'subscription', 'error'] },
  ),
  update: fc.record({
    type: fc.constant('update'),
    group: name,
    version: fromZero,
    upserts: rows,
    removals: fc.array(rowId, { maxLength: 3 }),
  }),
  acknowledged: fc.record({ type: fc.constant('acknowledged'), sequence: count, version: fromZero }),
  rejected: fc.record({ type: fc.constant('rejected'), sequence: count, version: fromZero, error }),
  forked: fc.record({ type: fc.constant('forked'), sequence: count }),
  progress: fc.record({ type: fc.constant('progress'), version: fromZero }),
  pong: fc.constant({ type: 'pong' }),
};

/** By a client. Queries, writes and schemas, of which there is most to get wrong, come most often. */
export const clientFrames: fc.Arbitrary<ClientFrame> = fc.oneof(
  ...Object.values(byClients).map((arbitrary) => ({ weight: 1, arbitrary })),
  { weight: 4, arbitrary: byClients.subscribe },
  { weight: 4, arbitrary: byClients.write },
  { weight: 1, arbitrary: byClients.schema },
);
export const serverFrames: fc.Arbitrary<ServerFrame> = fc.oneof(...Object.values(byServers));
