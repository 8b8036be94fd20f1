/** Reads the commands of a script, and the operations of transactions: one reader a kind, in tables that the compiler holds complete. */
import type { TransactionOperation } from '../../model/actions.ts';
import { type Fields, isObject, readChoice, readFlag, readList, readName, readObject, readPattern, wrong } from '../language/checks.ts';
import { clientNamePattern } from '../language/labels.ts';
import { readAttributes, readQuery, readRow } from '../language/queries.ts';
import { readRefresh, readToken } from '../language/tokens.ts';
import type { CommandStep, Step, StepKind } from './script.ts';

export type Reader<Kind extends StepKind> = (value: unknown, path: string) => Extract<Step, { do: Kind }>;
export type Readers<Kind extends StepKind> = { readonly [Each in Kind]: Reader<Each> };

export const commandReaders: Readers<CommandStep['do']> = {
  startSession: (value, path) => {
    const fields = readStep(value, path, ['client', 'token', 'connect', 'refresh']);
    return {
      do: 'startSession',
      client: readClient(fields.client, `${path}.client`),
      token: readToken(fields.token, `${path}.token`),
      connect: readFlag(fields.connect, `${path}.connect`),
      refresh: fields.refresh === null ? null : readRefresh(fields.refresh, `${path}.refresh`),
    };
  },
  updateSessionToken: (value, path) => {
    const fields = readStep(value, path, ['client', 'token']);
    return {
      do: 'updateSessionToken',
      client: readClient(fields.client, `${path}.client`),
      token: readToken(fields.token, `${path}.token`),
    };
  },
  endSession: (value, path) => ({ do: 'endSession', ...readClientOnly(value, path) }),
  connect: (value, path) => ({ do: 'connect', ...readClientOnly(value, path) }),
  disconnect: (value, path) => ({ do: 'disconnect', ...readClientOnly(value, path) }),
  subscribe: (value, path) => {
    const fields = readStep(value, path, ['client', 'subscription', 'query']);
    return {
      do: 'subscribe',
      client: readClient(fields.client, `${path}.client`),
      subscription: readName(fields.subscription, `${path}.subscription`),
      query: readQuery(fields.query, `${path}.query`),
    };
  },
  unsubscribe: (value, path) => {
    const fields = readStep(value, path, ['client', 'subscription']);
    return {
      do: 'unsubscribe',
      client: readClient(fields.client, `${path}.client`),
      subscription: readName(fields.subscription, `${path}.subscription`),
    };
  },
  insert: (value, path) => {
    const fields = readStep(value, path, ['client', 'collection', 'row']);
    return { do: 'insert', client: readClient(fields.client, `${path}.client`), ...insertOf(fields, path) };
  },
  update: (value, path) => {
    const fields = readStep(value, path, ['client', 'collection', 'id', 'changes']);
    return { do: 'update', client: readClient(fields.client, `${path}.client`), ...updateOf(fields, path) };
  },
  delete: (value, path) => {
    const fields = readStep(value, path, ['client', 'collection', 'id']);
    return { do: 'delete', client: readClient(fields.client, `${path}.client`), ...deleteOf(fields, path) };
  },
  transact: (value, path) => {
    const fields = readStep(value, path, ['client', 'operations']);
    return {
      do: 'transact',
      client: readClient(fields.client, `${path}.client`),
      operations: readList(fields.operations, `${path}.operations`, readOperation),
    };
  },
  clear: (value, path) => ({ do: 'clear', ...readClientOnly(value, path) }),
};

type Operation<Kind> = Extract<TransactionOperation, { do: Kind }>;
const operationReaders: { readonly [Kind in TransactionOperation['do']]: (value: unknown, path: string) => Operation<Kind> } = {
  insert: (value, path) => ({ do: 'insert', ...insertOf(readStep(value, path, ['collection', 'row']), path) }),
  update: (value, path) => ({ do: 'update', ...updateOf(readStep(value, path, ['collection', 'id', 'changes']), path) }),
  delete: (value, path) => ({ do: 'delete', ...deleteOf(readStep(value, path, ['collection', 'id']), path) }),
};

function readOperation(value: unknown, path: string): TransactionOperation {
  return operationReaders[readKind(value, path, keysOf(operationReaders))](value, path);
}

function insertOf(fields: Fields, path: string): Omit<Operation<'insert'>, 'do'> {
  return { collection: readName(fields.collection, `${path}.collection`), row: readRow(fields.row, `${path}.row`) };
}

function updateOf(fields: Fields, path: string): Omit<Operation<'update'>, 'do'> {
  const changes = readAttributes(fields.changes, `${path}.changes`);
  if (Object.hasOwn(changes, 'id')) throw wrong(`${path}.changes`, 'no id: the id of a row never changes');
  return { ...deleteOf(fields, path), changes };
}

function deleteOf(fields: Fields, path: string): Omit<Operation<'delete'>, 'do'> {
  return { collection: readName(fields.collection, `${path}.collection`), id: readName(fields.id, `${path}.id`) };
}

export function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table).filter((key): key is Key => Object.hasOwn(table, key));
}

export const commandKinds: readonly CommandStep['do'][] = keysOf(commandReaders);

export function readCommand(value: unknown, path: string): CommandStep {
  return commandReaders[readKind(value, path, commandKinds)](value, path);
}

export function readKind<Kind extends string>(value: unknown, path: string, kinds: readonly Kind[]): Kind {
  if (!isObject(value)) throw wrong(path, 'an object');
  return readChoice(value.do, `${path}.do`, kinds);
}

export function readStep(value: unknown, path: string, keys: readonly string[]): Fields {
  return readObject(value, path, ['do', ...keys]);
}

export function readClientOnly(value: unknown, path: string): { readonly client: string } {
  return { client: readClient(readStep(value, path, ['client']).client, `${path}.client`) };
}

export function readClient(value: unknown, path: string): string {
  return readPattern(value, path, clientNamePattern, 'a client like c1');
}
