/** Reading what a client sends. The server trusts nothing of it, so every field is checked. */
import { readSchema } from '../schema/read-schema.ts';
import { type ClientFrame, type Heard, type Operation, protocolVersion } from './frames.ts';
import { readAttributes, readQuery } from './read-data.ts';
import { type Fields, fail, fields, flag, list, nameOf, nonEmptyText, text, wholeNumber } from './shape.ts';

export function readOperation(value: unknown, where: string): Operation {
  const operation = fields(value, where);
  const collection = nonEmptyText(operation.collection, `${where}: collection`);
  const id = nonEmptyText(operation.id, `${where}: id`);
  switch (operation.kind) {
    case 'insert':
      return { kind: 'insert', collection, id, attributes: readAttributes(operation.attributes, `${where}: attributes`) };
    case 'update':
      return {
        kind: 'update',
        collection,
        id,
        generation: nonEmptyText(operation.generation, `${where}: generation`),
        changes: readAttributes(operation.changes, `${where}: changes`),
      };
    case 'delete':
      return { kind: 'delete', collection, id, generation: nonEmptyText(operation.generation, `${where}: generation`) };
    default:
      return fail(`${where}: unknown kind ${nameOf(operation.kind)}`);
  }
}

function readOperations(value: unknown): readonly Operation[] {
  const operations = list(value, 'write.operations', readOperation);
  return operations.length > 0 ? operations : fail('write.operations must hold at least one operation');
}

const idOfWrite = /^[0-9a-f]{32}$/;

function readWriteId(value: unknown): string {
  const id = nonEmptyText(value, 'write.id');
  return idOfWrite.test(id) ? id : fail('write.id must be 32 hexadecimal digits');
}

/** A hello of another version may hold other fields: it is told by its versions, and the rest is never looked at (B2). */
function readHello(frame: Fields): ClientFrame {
  const versions = list(frame.versions, 'hello.versions', (version, where) => wholeNumber(version, 0, where));
  if (!versions.includes(protocolVersion)) return { type: 'hello', versions, secret: '', answered: 0, token: '' };
  return {
    type: 'hello',
    versions,
    secret: nonEmptyText(frame.secret, 'hello.secret'),
    answered: wholeNumber(frame.answered, 0, 'hello.answered'),
    token: text(frame.token, 'hello.token'),
    ...(frame.schema === undefined ? {} : { schema: readSchemaHash(frame.schema) }),
    ...(frame.heard === undefined ? {} : { heard: readHeard(frame.heard) }),
  };
}

/** Null: the client has heard nothing yet (W2). */
function readHeard(value: unknown): Heard | null {
  if (value === null) return null;
  const heard = fields(value, 'hello.heard');
  return {
    incarnation: nonEmptyText(heard.incarnation, 'hello.heard.incarnation'),
    version: wholeNumber(heard.version, 0, 'hello.heard.version'),
  };
}

/** Null: the client has no schema (C4). */
function readSchemaHash(value: unknown): string | null {
  return value === null ? null : nonEmptyText(value, 'hello.schema');
}

export function readClientFrame(frame: Fields): ClientFrame {
  switch (frame.type) {
    case 'hello':
      return readHello(frame);
    case 'schema':
      return { type: 'schema', schema: readSchema(frame.schema, 'schema.schema') };
    case 'updateToken':
      return {
        type: 'updateToken',
        request: wholeNumber(frame.request, 1, 'updateToken.request'),
        token: text(frame.token, 'updateToken.token'),
      };
    case 'subscribe':
      return {
        type: 'subscribe',
        subscription: nonEmptyText(frame.subscription, 'subscribe.subscription'),
        query: readQuery(frame.query, 'subscribe.query'),
      };
    case 'unsubscribe':
      return { type: 'unsubscribe', subscription: nonEmptyText(frame.subscription, 'unsubscribe.subscription') };
    case 'write':
      return {
        type: 'write',
        sequence: wholeNumber(frame.sequence, 1, 'write.sequence'),
        id: readWriteId(frame.id),
        resent: flag(frame.resent, 'write.resent'),
        answered: wholeNumber(frame.answered, 0, 'write.answered'),
        operations: readOperations(frame.operations),
      };
    case 'ping':
      return { type: 'ping' };
    default:
      return fail(`unknown frame type ${nameOf(frame.type)}`);
  }
}
