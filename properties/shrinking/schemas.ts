/** The schemas of a whole script made plainer: none at all, or the same stroke in all of them. */

import type { TransactionOperation } from '../../model/actions.ts';
import { entryOf } from '../../model/entry-of.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import { changedCollection, opened, plainerSchemas, without, withoutCollection } from '../language/plainer-schemas.ts';
import type { Configuration, Script } from '../scripts/script.ts';
import { configured, mapOperations, mapSteps, withClient } from './walk.ts';

/** All schemas of a script at once, bold strokes first; null takes one away where that can be. */
export function* plainerSchemasEverywhere(script: Script): Generator<Script> {
  const { schema, ...others } = script.configuration;
  const bare = others.clients.map(withoutSchema);
  if (schema !== undefined) yield { ...script, configuration: { ...others, clients: bare } };
  if (others.clients.some((client) => client.schema !== undefined)) yield configured(script, { clients: bare });
  if (schema !== undefined) yield { ...script, configuration: others };
  for (const [place, client] of others.clients.entries()) {
    if (client.schema === undefined) continue;
    yield withClient(script, place, withoutSchema(client));
    if (schema !== undefined) yield withClient(script, place, { ...client, schema });
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
    const known = schemas.flatMap((schema) => Object.keys(entryOf(schema.collections, collection)?.attributes ?? {}));
    for (const attribute of new Set(known)) yield withoutAttribute(script, collection, attribute);
  }
  for (const role of new Set(schemas.flatMap(({ roles }) => Object.keys(roles)))) {
    yield withSchemas(script, (schema) => ({ ...schema, roles: without(schema.roles, role) }));
  }
}

function* plainerOneByOne(script: Script): Generator<Script> {
  const { schema, clients } = script.configuration;
  if (schema !== undefined && schema !== null) {
    for (const plainer of plainerSchemas(schema)) yield configured(script, { schema: plainer });
  }
  for (const [place, client] of clients.entries()) {
    if (client.schema === undefined || client.schema === null) continue;
    for (const plainer of plainerSchemas(client.schema)) yield withClient(script, place, { ...client, schema: plainer });
  }
}

/** From schemas, rows and writes alike, so that what fitted fits. */
function withoutAttribute(script: Script, collection: string, attribute: string): Script {
  const changed = withSchemas(script, (schema) =>
    changedCollection(schema, collection, (own) => ({ ...own, attributes: without(own.attributes, attribute) })),
  );
  const { rows } = changed.configuration;
  const held = entryOf(rows, collection)?.map(({ id, ...others }) => ({ id, ...without(others, attribute) }));
  const bare = held === undefined ? changed : configured(changed, { rows: { ...rows, [collection]: held } });
  return mapSteps(bare, (step) => mapOperations(step, (operation) => withoutWritten(operation, collection, attribute)));
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

function schemasOf({ configuration, steps }: Script): readonly Schema[] {
  const pushed = steps.flatMap((step) => ('schema' in step ? [step.schema] : []));
  const given = [configuration.schema, ...configuration.clients.map(({ schema }) => schema), ...pushed];
  return given.flatMap((schema) => (schema === undefined || schema === null ? [] : [schema]));
}

function withSchemas(script: Script, change: (schema: Schema) => Schema): Script {
  const changeOwn = <Owner extends { readonly schema?: Schema | null | undefined }>(owner: Owner): Owner =>
    owner.schema === undefined || owner.schema === null ? owner : { ...owner, schema: change(owner.schema) };
  const clients = script.configuration.clients.map(changeOwn);
  const changed = { ...script, configuration: changeOwn({ ...script.configuration, clients }) };
  return mapSteps(changed, (step) => (step.do === 'pushSchema' || step.do === 'restartClient' ? changeOwn(step) : step));
}
