/** `insert`: a row, whole (W1, W3). */
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { InsertOperation } from './changes.ts';
import { writeOne } from './write.ts';

interface Insert extends Promising, Omit<InsertOperation, 'do'> {}

export const insert: CommandHandler<Insert> = {
  rule: 'W1',
  take: (state, name, { promise, collection, row }) => writeOne(state, name, promise, { do: 'insert', collection, row }),
};
