/**
 * What a writer writes. Each write has a row of its own, which marks it, and most have more: rows that all writers put in each other's place, and rows that
 * are made, changed and deleted within the write.
 */
import type { TransactionOperation } from '../../model/index.ts';
import type { Chance } from './chance.ts';

/** Rows that everybody writes. */
const sharedRows = 5;
const textLengthMost = 400;

export interface Plan {
  readonly chance: Chance;
  readonly collection: string;
  readonly writer: string;
}

/** The row that nobody else writes. */
export function markOf({ writer }: Plan, call: number): string {
  return `${writer} ${call}`;
}

/** The operations of a writer's call of that number, from 0. */
export function operationsOf(plan: Plan, call: number): readonly TransactionOperation[] {
  const { chance, collection, writer } = plan;
  const draw = (most: number, what: string): number => chance.below(most, collection, writer, call, what);
  const mark = markOf(plan, call);
  const text = 'x'.repeat(draw(textLengthMost, 'length'));
  const operations: TransactionOperation[] = [{ do: 'insert', collection, row: { id: mark, call, text } }];
  if (draw(3, 'shares') > 0)
    operations.push({ do: 'insert', collection, row: { id: `shared ${draw(sharedRows, 'which')}`, by: mark, zero: 0, nothing: null } });
  if (draw(3, 'changes') === 0) {
    const id = `${mark} changed`;
    operations.push(
      { do: 'insert', collection, row: { id, tags: ['a', 'b'] } },
      { do: 'update', collection, id, changes: { tags: [], done: true } },
    );
    if (draw(2, 'deletes') === 0) operations.push({ do: 'delete', collection, id });
  }
  return operations;
}
