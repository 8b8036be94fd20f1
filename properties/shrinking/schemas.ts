/** Plainer schemas: none, fewer collections, attributes and roles, permissions that say less. */

import type { TransactionOperation } from '../../model/actions.ts';
import type { Attribute, CollectionSchema, Permissions, Rule, Schema } from '../../vocabulary/schemas.ts';
import type { Configuration, Script, Step } from '../scripts/script.ts';
import { plainerLists } from './queries.ts';
import { mapOperations } from './walk.ts';

/** All schemas of a script at once, bold strokes first; null takes one away where that can be. */
export function* plainerSchemasEverywhere(script: Script): Generator<Script> {
  const { schema, ...others } = script.configuration;
  const bare = others.clients.map(withoutSchema);
  if (schema !== undefined) yield { ...script, configuration: { ...others, clients: bare } };
  if (others.clients.some((client) => client.schema !== undefined)) {
    yield { ...script, configuration: { ...script.configuration, clients: bare } };
  }
  if (schema !== undefined) yield { ...script, configuration: others };
  for (const [place, client] of others.clients.entries()) {
    if (client.schema === undefined) continue;
    const withClient = (changed: typeof client): Script => ({
      ...script,
      configuration: { ...script.configuration, clients: others.clients.with(place, changed) },
    });
    yield withClient(withoutSchema(client));
    if (schema !== undefined) yield withClient({ ...client, schema });
  }
  yield* mappedEverywhere(script);
  yield* plainerOneByOne(script);
}

function withoutSchema(client: Configuration['clients'][number]): Configuration['clients'][number] {
  const { schema: _, ...bare } = client;
  return bare;
}

/** The same stroke in every schema, since what differs between them is seldom the point. */
function* mappedEverywhere(script: Script): Generator<Script> {
  const schemas = schemasOf(script);
  if (schemas.length === 0) return;
  yield withSchemas(script, opened);
  const collections = [...new Set(schemas.flatMap((schema) => Object.keys(schema.collections)))];
  for (const collection of collections) yield withSchemas(script, (schema) => withoutCollection(schema, collection));
  for (const collection of collections) {
    yield withSchemas(script, (schema) => changedCollection(schema, collection, (own) => ({ ...own, permissions: null })));
    const known = schemas.flatMap((schema) => Object.keys(schema.collections[collection]?.attributes ?? {}));
    for (const attribute of new Set(known)) yield withoutAttribute(script, collection, attribute);
  }
  for (const role of new Set(schemas.flatMap(({ roles }) => Object.keys(roles)))) {
    yield withSchemas(script, (schema) => ({ ...schema, roles: without(schema.roles, role) }));
  }
}

function* plainerOneByOne(script: Script): Generator<Script> {
  const { schema, clients } = script.configuration;
  if (schema !== undefined && schema !== null) {
    for (const plainer of plainerSchemas(schema)) yield { ...script, configuration: { ...script.configuration, schema: plainer } };
  }
  for (const [place, client] of clients.entries()) {
    if (client.schema === undefined || client.schema === null) continue;
    for (const plainer of plainerSchemas(client.schema)) {
      const changed = clients.with(place, { ...client, schema: plainer });
      yield { ...script, configuration: { ...script.configuration, clients: changed } };
    }
  }
}

export function* plainerSchemas(schema: Schema): Generator<Schema> {
  yield opened(schema);
  for (const name of Object.keys(schema.collections)) yield withoutCollection(schema, name);
  for (const role of Object.keys(schema.roles)) yield { ...schema, roles: without(schema.roles, role) };
  for (const [name, collection] of Object.entries(schema.collections)) {
    for (const plainer of plainerCollections(collection)) yield changedCollection(schema, name, () => plainer);
  }
  for (const [role, { match }] of Object.entries(schema.roles)) {
    for (const claim of Object.keys(match)) yield { ...schema, roles: { ...schema.roles, [role]: { match: without(match, claim) } } };
  }
}

function* plainerCollections(collection: CollectionSchema): Generator<CollectionSchema> {
  const { attributes, permissions } = collection;
  if (permissions !== null) {
    yield { attributes, permissions: null };
    for (const plainer of plainerPermissions(permissions)) yield { attributes, permissions: plainer };
  }
  if (Object.keys(attributes).length > 1) yield { attributes: {}, permissions };
  for (const name of Object.keys(attributes)) yield { attributes: without(attributes, name), permissions };
  for (const [name, attribute] of Object.entries(attributes)) {
    for (const plainer of plainerAttribute(attribute)) yield { attributes: { ...attributes, [name]: plainer }, permissions };
  }
}

function* plainerAttribute(attribute: Attribute): Generator<Attribute> {
  if (attribute.enum !== null) {
    yield { ...attribute, enum: null };
    for (const value of attribute.enum) yield { ...attribute, enum: attribute.enum.filter((other) => other !== value) };
  }
  if (attribute.type !== 'string') yield { ...attribute, type: 'string', items: null };
  if (attribute.optional) yield { ...attribute, optional: false };
  if (attribute.nullable) yield { ...attribute, nullable: false };
}

function* plainerPermissions(permissions: Permissions): Generator<Permissions> {
  const roles = Object.keys(permissions);
  if (roles.length > 1) yield {};
  for (const role of roles) yield without(permissions, role);
  for (const [role, own] of Object.entries(permissions)) {
    const rules: Readonly<Record<string, Rule | undefined>> = { ...own };
    for (const operation of Object.keys(rules)) yield { ...permissions, [role]: without(rules, operation) };
    for (const [operation, rule] of Object.entries(rules)) {
      for (const plainer of plainerRules(rule)) yield { ...permissions, [role]: { ...rules, [operation]: plainer } };
    }
  }
}

function* plainerRules(rule: Rule | undefined): Generator<Rule> {
  if (rule?.filter === undefined) return;
  if (rule.filter.length > 0) yield { filter: [] };
  for (const filter of plainerLists(rule.filter)) yield { filter };
}

function opened(schema: Schema): Schema {
  const collections = Object.entries(schema.collections).map(([name, collection]) => [name, { ...collection, permissions: null }]);
  return { ...schema, collections: Object.fromEntries(collections) };
}

function withoutCollection(schema: Schema, collection: string): Schema {
  return { ...schema, collections: without(schema.collections, collection) };
}

function changedCollection(schema: Schema, name: string, change: (collection: CollectionSchema) => CollectionSchema): Schema {
  const collection = schema.collections[name];
  return collection === undefined ? schema : { ...schema, collections: { ...schema.collections, [name]: change(collection) } };
}

/** From schemas, rows and writes alike, so that what fitted fits. */
function withoutAttribute(script: Script, collection: string, attribute: string): Script {
  const changed = withSchemas(script, (schema) =>
    changedCollection(schema, collection, (own) => ({ ...own, attributes: without(own.attributes, attribute) })),
  );
  const { rows } = changed.configuration;
  const held = rows[collection]?.map(({ id, ...others }) => ({ id, ...without(others, attribute) }));
  return {
    ...changed,
    configuration: held === undefined ? changed.configuration : { ...changed.configuration, rows: { ...rows, [collection]: held } },
    steps: changed.steps.map((step) => mapOperations(step, (operation) => withoutWritten(operation, collection, attribute))),
  };
}

function withoutWritten(operation: TransactionOperation, collection: string, attribute: string): TransactionOperation {
  if (operation.collection !== collection) return operation;
  switch (operation.do) {
    case 'insert': {
      const { id, ...others } = operation.row;
      return { ...operation, row: { id, ...without(others, attribute) } };
    }
    case 'update':
      return { ...operation, changes: without(operation.changes, attribute) };
    case 'delete':
      return operation;
  }
}

function without<Item>(table: Readonly<Record<string, Item>>, key: string): Readonly<Record<string, Item>> {
  const { [key]: _, ...others } = table;
  return others;
}

function schemasOf({ configuration, steps }: Script): readonly Schema[] {
  const pushed = steps.flatMap((step) => (step.do === 'pushSchema' ? [step.schema] : []));
  const given = [configuration.schema, ...configuration.clients.map(({ schema }) => schema)];
  return [...given.flatMap((schema) => (schema === undefined || schema === null ? [] : [schema])), ...pushed];
}

function withSchemas(script: Script, change: (schema: Schema) => Schema): Script {
  const changeOwn = <Owner extends { readonly schema?: Schema | null | undefined }>(owner: Owner): Owner =>
    owner.schema === undefined || owner.schema === null ? owner : { ...owner, schema: change(owner.schema) };
  const clients = script.configuration.clients.map(changeOwn);
  const steps = script.steps.map((step): Step => (step.do === 'pushSchema' ? { ...step, schema: change(step.schema) } : step));
  return { ...script, configuration: changeOwn({ ...script.configuration, clients }), steps };
}
