/**
 * What of the writes the published packages promise in these words. Two laws differ there by documentation, and scripts
 * keep off the difference: an insert of a row that exists is an upsert, so that each row is inserted once; and a write takes
 * effect when its promise resolves, so that a client writes once in one breath.
 */

import { issuesOfRow } from '../../model/index.ts';
import type { Row } from '../../vocabulary/values.ts';
import { castSchema } from '../generation/schemas.ts';
import type { CommandStep, Script, Step } from '../scripts/script.ts';
import { onCommands } from './commands.ts';
import { hasPermissions } from './permissions.ts';

export function withTameWrites(script: Script): Script {
  return withNewValues(withPlainWrites(withOneWriteABreath(withDistinctInserts(withFittingWrites(script)))));
}

/** Only what fits the schema that everybody has. */
function withFittingWrites(script: Script): Script {
  const isFit = (collection: string, row: Row): boolean => issuesOfRow(castSchema, collection, row).length === 0;
  const isFitting = (operation: Operation): boolean => {
    switch (operation.do) {
      case 'insert':
        return isFit(operation.collection, operation.row);
      case 'update':
        return issuesOfRow(castSchema, operation.collection, { ...operation.changes, id: operation.id }).every((issue) =>
          issue.endsWith(' missing'),
        );
      case 'delete':
        return castSchema.collections[operation.collection] !== undefined;
    }
  };
  const fits = onCommands((command) => {
    switch (command.do) {
      case 'insert':
      case 'update':
      case 'delete':
        return isFitting(command) ? command : null;
      case 'transact':
        return { ...command, operations: command.operations.filter(isFitting) };
      default:
        return command;
    }
  })(script);
  const rows = Object.entries(fits.configuration.rows).map(([collection, held]) => [
    collection,
    held.filter((row) => isFit(collection, row)),
  ]);
  return { ...fits, configuration: { ...fits.configuration, rows: Object.fromEntries(rows) } };
}

function withDistinctInserts(script: Script): Script {
  const known = new Set(
    Object.entries(script.configuration.rows).flatMap(([collection, rows]) => rows.map(({ id }) => `${collection}/${id}`)),
  );
  const isFirst = (collection: string, id: string): boolean => {
    const row = `${collection}/${id}`;
    if (known.has(row)) return false;
    known.add(row);
    return true;
  };
  return onCommands((command) => {
    if (command.do === 'insert') return isFirst(command.collection, command.row.id) ? command : null;
    if (command.do !== 'transact') return command;
    const operations = command.operations.filter(
      (operation) => operation.do !== 'insert' || isFirst(operation.collection, operation.row.id),
    );
    return operations.length === 0 ? null : { ...command, operations };
  })(script);
}

const writing: readonly CommandStep['do'][] = ['insert', 'update', 'delete', 'transact'];

function withOneWriteABreath(script: Script): Script {
  const tame = (step: Step): Step => {
    if (step.do !== 'together') return step;
    const wrote = new Set<string>();
    const commands = step.commands.filter((command) => {
      if (!writing.includes(command.do)) return true;
      const isFirst = !wrote.has(command.client);
      wrote.add(command.client);
      return isFirst;
    });
    return { ...step, commands };
  };
  return { ...script, steps: script.steps.map(tame) };
}

/** Which writes a message holds is known by what they assign: nobody assigns to a row only what it assigned last. */
function withNewValues(script: Script): Script {
  const assigned = new Map<string, string>();
  const isNew = (client: string, operation: Operation): boolean => {
    if (operation.do === 'delete') return true;
    const values = Object.entries(operation.do === 'insert' ? operation.row : operation.changes);
    const places = values.map(([attribute, value]) => [`${client} ${rowOf(operation)} ${attribute}`, JSON.stringify(value)] as const);
    const differs = places.some(([place, value]) => assigned.get(place) !== value);
    for (const [place, value] of places) assigned.set(place, value);
    return differs || places.length === 0;
  };
  return onCommands((command) => {
    switch (command.do) {
      case 'insert':
      case 'update':
        return isNew(command.client, command) ? command : null;
      case 'transact': {
        const operations = command.operations.filter((operation) => isNew(command.client, operation));
        return operations.length === 0 ? null : { ...command, operations };
      }
      default:
        return command;
    }
  })(script);
}

/**
 * What is inserted and deleted before it was sent is never sent there. A transaction has one operation for each row: there
 * the later of two is seen with the earlier one as one change. Where permissions stand between, there is none: it would be
 * refused with all that waits.
 */
function withPlainWrites(script: Script): Script {
  const inserted = new Set<string>();
  const isPlain = (client: string, operation: Operation): boolean => {
    if (operation.do === 'insert') inserted.add(`${client} ${rowOf(operation)}`);
    return operation.do !== 'delete' || !inserted.has(`${client} ${rowOf(operation)}`);
  };
  return onCommands((command) => {
    switch (command.do) {
      case 'insert':
      case 'update':
      case 'delete':
        return isPlain(command.client, command) ? command : null;
      case 'transact': {
        if (hasPermissions(script)) return null;
        const operations = command.operations.filter((operation) => isPlain(command.client, operation)).filter(isFirstOfItsRow);
        return operations.length === 0 ? null : { ...command, operations };
      }
      default:
        return command;
    }
  })(script);
}

type Operation = Extract<CommandStep, { readonly do: 'transact' }>['operations'][number];

function isFirstOfItsRow(operation: Operation, index: number, operations: readonly Operation[]): boolean {
  return operations.findIndex((other) => rowOf(other) === rowOf(operation)) === index;
}

function rowOf(operation: Operation): string {
  return `${operation.collection}/${operation.do === 'insert' ? operation.row.id : operation.id}`;
}
