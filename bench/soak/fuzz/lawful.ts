/**
 * What a frame is, said a second time, from the description for people (`sut/protocol/README.md`) and by a library, so that the decoders
 * can be held to it: whatever the one takes and the other refuses is a mistake of one of them.
 */
import * as v from 'valibot';
import { protocolVersion } from '../../../sut/protocol/frames.ts';

const filterLevels = 200;
const patternLevels = 50;

const text = v.string();
const name = v.pipe(v.string(), v.minLength(1));
const from = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least));
const scalar = v.union([v.null(), v.string(), v.boolean(), v.pipe(v.number(), v.finite())]);
const value = v.union([scalar, v.array(scalar)]);

type Fields = Readonly<Record<string, unknown>>;

function isObject(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** Also of names that mean something to the language, which `v.record` passes over. */
function recordOf(held: v.GenericSchema) {
  return v.custom<Fields>((input) => isObject(input) && Object.values(input).every((one) => v.is(held, one)));
}

/** Of lists, an object schema would take those that have the names. */
function frame<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(v.custom<Fields>(isObject), v.object(entries));
}

const attributes = recordOf(value);

const equalities = v.picklist(['=', '!=']);
const comparisons = v.picklist(['<', '<=', '>', '>=', 'has', '!has']);
const memberships = v.picklist(['in', 'nin']);
const statement = v.union([
  v.strictTuple([text, equalities, scalar]),
  v.strictTuple([text, comparisons, v.nonNullable(scalar)]),
  v.strictTuple([text, memberships, v.array(scalar)]),
  v.strictTuple([text, v.literal('like'), text]),
  v.strictTuple([text, v.literal('isDefined'), v.boolean()]),
]);
/** In a rule of permissions a variable stands for what nobody knows yet. */
const variable = v.pipe(v.string(), v.regex(/^\$(?:role|token)\../su));
const statementOfRule = v.union([
  statement,
  v.strictTuple([text, v.union([equalities, comparisons, memberships, v.picklist(['like', 'isDefined'])]), variable]),
]);

function filterOf(ofStatement: v.GenericSchema, level = 1): v.GenericSchema {
  if (level > filterLevels) return v.never();
  const group = frame({ mod: v.picklist(['and', 'or']), filters: v.array(v.lazy(() => inner())) });
  let made: v.GenericSchema | undefined;
  const inner = (): v.GenericSchema => {
    made ??= filterOf(ofStatement, level + 1);
    return made;
  };
  return v.lazy((input) => (Array.isArray(input) ? ofStatement : group));
}

const clauses = v.array(filterOf(statement));
const query = v.pipe(
  frame({
    collection: name,
    where: clauses,
    order: v.array(v.strictTuple([text, v.picklist(['ASC', 'DESC'])])),
    limit: v.optional(from(0)),
    after: v.optional(frame({ values: v.array(scalar), id: text })),
  }),
  v.check(({ order, after }) => after === undefined || after.values.length === order.length),
);

const operation = v.union([
  frame({ kind: v.literal('insert'), collection: name, id: name, attributes }),
  frame({ kind: v.literal('update'), collection: name, id: name, generation: name, changes: attributes }),
  frame({ kind: v.literal('delete'), collection: name, id: name, generation: name }),
]);

const attributeOfSchema = v.union([
  frame({ type: v.literal('string'), items: v.null(), nullable: v.boolean(), optional: v.boolean(), enum: v.nullable(v.array(text)) }),
  frame({ type: v.picklist(['number', 'boolean', 'date']), items: v.null(), nullable: v.boolean(), optional: v.boolean(), enum: v.null() }),
  frame({
    type: v.literal('set'),
    items: v.picklist(['string', 'number', 'boolean']),
    nullable: v.boolean(),
    optional: v.boolean(),
    enum: v.null(),
  }),
]);
const rule = v.pipe(v.custom<Fields>(isObject), v.strictObject({ filter: v.optional(v.array(filterOf(statementOfRule))) }));
const operationsOfRole = v.pipe(
  v.custom<Fields>(isObject),
  v.strictObject({
    read: v.optional(rule),
    insert: v.optional(rule),
    update: v.optional(rule),
    postUpdate: v.optional(rule),
    delete: v.optional(rule),
  }),
);
const collectionOfSchema = frame({
  attributes: v.pipe(
    recordOf(attributeOfSchema),
    v.check((named) => !Object.hasOwn(named, 'id')),
  ),
  permissions: v.nullable(recordOf(operationsOfRole)),
});

function isPattern(input: unknown, level = 1): boolean {
  if (level > patternLevels) return false;
  if (typeof input === 'number') return Number.isFinite(input);
  if (typeof input !== 'object' || input === null) return true;
  return Object.values(input).every((part) => isPattern(part, level + 1));
}
const schema = frame({
  collections: recordOf(collectionOfSchema),
  roles: recordOf(frame({ match: recordOf(v.custom((input) => isPattern(input))) })),
});

const hello = frame({ type: v.literal('hello'), versions: v.array(from(0)) });
const helloOfThisVersion = frame({
  secret: name,
  answered: from(0),
  token: text,
  schema: v.nullish(name),
  heard: v.nullish(frame({ incarnation: name, version: from(0) })),
});

const ofClients: Readonly<Record<string, v.GenericSchema>> = {
  hello: v.pipe(
    v.custom<Fields>((input) => v.is(hello, input)),
    v.check((input) => !v.parse(hello, input).versions.includes(protocolVersion) || v.is(helloOfThisVersion, input)),
  ),
  schema: frame({ schema }),
  updateToken: frame({ request: from(1), token: text }),
  subscribe: frame({ subscription: name, query }),
  unsubscribe: frame({ subscription: name }),
  write: frame({
    sequence: from(1),
    id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/u)),
    resent: v.boolean(),
    answered: from(0),
    operations: v.pipe(v.array(operation), v.minLength(1)),
  }),
  ping: v.unknown(),
};

const row = v.pipe(
  frame({ generation: name, attributes }),
  v.check((held) => v.is(name, held.attributes.id)),
);
const error = frame({ name: text, message: text });
const version = from(0);

const ofServers: Readonly<Record<string, v.GenericSchema>> = {
  accepted: frame({ version, incarnation: name, diverged: v.boolean() }),
  schemaRequested: v.unknown(),
  tokenAccepted: frame({ request: from(1) }),
  tokenRefused: frame({ request: from(1), reason: v.picklist(['UNAUTHORIZED', 'TOKEN_EXPIRED']) }),
  answerPart: frame({ subscription: name, rows: v.array(row) }),
  answer: frame({ subscription: name, group: name, version, rows: v.array(row) }),
  subscriptionFailed: frame({ subscription: name, group: v.optional(name), error }),
  update: frame({ group: name, version, upserts: v.array(row), removals: v.array(name) }),
  acknowledged: frame({ sequence: from(1), version }),
  rejected: frame({ sequence: from(1), version, error }),
  forked: frame({ sequence: from(1) }),
  progress: frame({ version }),
  pong: v.unknown(),
};

function isOneOf(types: Readonly<Record<string, v.GenericSchema>>, data: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return false;
  }
  if (!isObject(parsed) || typeof parsed.type !== 'string' || !Object.hasOwn(types, parsed.type)) return false;
  const type = types[parsed.type];
  return type !== undefined && v.is(type, parsed);
}

/** Whether the text is a frame that a client may send, as far as its own words say. */
export function isClientFrame(data: string): boolean {
  return isOneOf(ofClients, data);
}
export function isServerFrame(data: string): boolean {
  return isOneOf(ofServers, data);
}
