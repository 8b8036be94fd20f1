/**
 * What of the writes the packages promise in these words. Two laws differ there by documentation, and scripts keep off the
 * difference: an insert of a row that exists is an upsert, so that each row is inserted once; and a write takes effect when
 * its promise resolves, so that a client writes once in one breath.
 */

import { entryOf } from '../../../model/entry-of.ts';
import { issuesOfRow } from '../../../model/index.ts';
import type { Row } from '../../../vocabulary/values.ts';
import { castSchema } from '../../generation/schemas.ts';
import type { Script } from '../../scripts/script.ts';
import { firsts, keepingOperations, type Operation, onCommands, onceABreath, rowOf, writing } from './commands.ts';
import { hasPermissions } from './permissions.ts';

export function withTameWrites(script: Script): Script {
  return withNewValues(withPlainWrites(onceABreath(writing)(withDistinctInserts(withFittingWrites(script)))));
}

const isFit = (collection: string, row: Row): boolean => issuesOfRow(castSchema, collection, row).length === 0;

function isFitting(operation: Operation): boolean {
  const { collection } = operation;
  switch (operation.do) {
    case 'insert':
      return isFit(collection, operation.row);
    case 'update':
      return issuesOfRow(castSchema, collection, { ...operation.changes, id: operation.id }).every((issue) => issue.endsWith(' missing'));
    case 'delete':
      return entryOf(castSchema.collections, collection) !== undefined;
  }
}

/** Only what fits the schema that everybody has. */
function withFittingWrites(script: Script): Script {
  const { configuration } = script;
  const rows = Object.entries(configuration.rows).map(([name, held]) => [name, held.filter((row) => isFit(name, row))]);
  return keepingOperations(isFitting)({ ...script, configuration: { ...configuration, rows: Object.fromEntries(rows) } });
}

function withDistinctInserts(script: Script): Script {
  const isFirst = firsts();
  for (const [collection, rows] of Object.entries(script.configuration.rows)) for (const { id } of rows) isFirst(`${collection}/${id}`);
  return keepingOperations((operation) => operation.do !== 'insert' || isFirst(rowOf(operation)))(script);
}

/** Which writes a message holds is known by what they assign: nobody assigns to a row only what it assigned last. */
function withNewValues(script: Script): Script {
  const assigned = new Map<string, string>();
  return keepingOperations((operation, client) => {
    if (operation.do === 'delete') return true;
    const values = Object.entries(operation.do === 'insert' ? operation.row : operation.changes);
    const places = values.map(([attribute, value]) => [`${client} ${rowOf(operation)} ${attribute}`, JSON.stringify(value)] as const);
    const differs = places.some(([place, value]) => assigned.get(place) !== value);
    for (const [place, value] of places) assigned.set(place, value);
    return differs || places.length === 0;
  })(script);
}

/**
 * What is inserted and deleted before it was sent is never sent there. A transaction has one operation for each row: there
 * the later of two is seen with the earlier one as one change. Where permissions stand between, there is none: it would be
 * refused with all that waits.
 */
function withPlainWrites(script: Script): Script {
  const inserted = new Set<string>();
  const plain = keepingOperations((operation, client) => {
    const row = `${client} ${rowOf(operation)}`;
    if (operation.do === 'insert') inserted.add(row);
    return operation.do !== 'delete' || !inserted.has(row);
  });
  const forbids = hasPermissions(script);
  const single = onCommands((command) => {
    if (command.do !== 'transact') return command;
    return forbids ? null : { ...command, operations: command.operations.filter(isFirstOfItsRow) };
  });
  return forbids ? plain(single(script)) : single(plain(script));
}

function isFirstOfItsRow(operation: Operation, index: number, operations: readonly Operation[]): boolean {
  return operations.findIndex((other) => rowOf(other) === rowOf(operation)) === index;
}
