/** Plainer writes. */
import type { TransactionOperation } from '../../model/index.ts';
import { plainerAttributes, plainerRows } from './plainer-values.ts';

export function* plainerOperations(operation: TransactionOperation): Generator<TransactionOperation> {
  switch (operation.do) {
    case 'insert':
      for (const row of plainerRows(operation.row)) yield { do: 'insert', collection: operation.collection, row };
      return;
    case 'update':
      for (const changes of plainerAttributes(operation.changes)) {
        yield { do: 'update', collection: operation.collection, id: operation.id, changes };
      }
      return;
    case 'delete':
      return;
  }
}
