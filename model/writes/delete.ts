/** `delete`: a row that is seen (W3). */
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { DeleteOperation } from './changes.ts';
import { writeOne } from './write.ts';

interface Delete extends Promising, Omit<DeleteOperation, 'do'> {}

export const deleteRow: CommandHandler<Delete> = {
  rule: 'W3',
  take: (state, name, { promise, collection, id }) => writeOne(state, name, promise, { do: 'delete', collection, id }),
};
