/**
 * What of the writes the published packages promise in these words. Three laws differ there by documentation, and scripts
 * keep off the difference: an insert of a row that exists is an upsert, so that each row is inserted once; a write takes
 * effect when its promise resolves, so that a client writes once in one breath; and a client holds all rows in one store,
 * so that whoever changes rows follows all rows of their collection from its first subscription on.
 */
import { issuesOfRow, type Row } from '../../model/index.ts';
import { castSchema } from '../scripts/draws/schemas.ts';
import type { CommandStep, Script, Step } from '../scripts/script.ts';
import { onCommands } from './commands.ts';

export function withTameWrites(script: Script): Script {
  return withPlainWrites(withOneWriteABreath(withDistinctInserts(withFittingWrites(script))));
}

/** Only what fits the schema that everybody has. */
function withFittingWrites(script: Script): Script {
  const isFit = (collection: string, row: Row): boolean => issuesOfRow(castSchema, collection, row).length === 0;
  const fits = onCommands((command) => {
    switch (command.do) {
      case 'insert':
        return isFit(command.collection, command.row) ? command : null;
      case 'update':
        return issuesOfRow(castSchema, command.collection, { ...command.changes, id: command.id }).every((issue) =>
          issue.endsWith(' missing'),
        )
          ? command
          : null;
      case 'delete':
        return castSchema.collections[command.collection] === undefined ? null : command;
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

/**
 * A transaction is left to a single operation: there its later ones see the earlier ones otherwise than here. What is
 * inserted and deleted before it was sent is never sent there.
 */
function withPlainWrites(script: Script): Script {
  const inserted = new Set<string>();
  return onCommands((command) => {
    switch (command.do) {
      case 'insert':
        inserted.add(`${command.collection}/${command.row.id}`);
        return command;
      case 'delete':
        return inserted.has(`${command.collection}/${command.id}`) ? null : command;
      case 'transact':
        return null;
      default:
        return command;
    }
  })(script);
}
