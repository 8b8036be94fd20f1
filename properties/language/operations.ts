/** The writes of a script, alone or within a transaction: how they are read, described, shrunk and measured. */
import type { TransactionOperation } from '../../model/index.ts';
import type { Value } from '../../vocabulary/values.ts';
import { byKey, checked, choice, name, object, type Shape } from './shapes.ts';
import { attributes, row } from './values.ts';
import { sayAttributes } from './words-query.ts';

export type Operation<Kind extends TransactionOperation['do']> = Extract<TransactionOperation, { readonly do: Kind }>;

const changes = checked(attributes, (given) => !Object.hasOwn(given, 'id'), 'no id: the id of a row never changes');

/** The keys of each, beside `do`. */
export const operationEntries = {
  insert: { collection: name, row },
  update: { collection: name, id: name, changes },
  delete: { collection: name, id: name },
} as const;

export const operation: Shape<TransactionOperation> = byKey<TransactionOperation>('do', {
  insert: object({ do: choice(['insert']), ...operationEntries.insert }),
  update: object({ do: choice(['update']), ...operationEntries.update }),
  delete: object({ do: choice(['delete']), ...operationEntries.delete }),
});

/** A write as a command of its own. */
export type WriteCommand = TransactionOperation & { readonly client: string };

/** Another write may come of it. */
export function changedWrite(
  { client, ...given }: WriteCommand,
  change: (operation: TransactionOperation) => TransactionOperation,
): WriteCommand {
  return { ...change(given), client };
}

export function idOf(given: TransactionOperation): string {
  return given.do === 'insert' ? given.row.id : given.id;
}

export function sayOperation(given: TransactionOperation): string {
  switch (given.do) {
    case 'insert':
      return `inserts ${given.collection}/${given.row.id}${sayContent(given.row)}`;
    case 'update':
      return `updates ${given.collection}/${given.id}: ${sayAttributes(given.changes) || 'nothing'}`;
    case 'delete':
      return `deletes ${given.collection}/${given.id}`;
  }
}

function sayContent({ id: _, ...content }: Readonly<Record<string, Value>>): string {
  const words = sayAttributes(content);
  return words === '' ? '' : `: ${words}`;
}
