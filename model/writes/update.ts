/** `update`: some attributes of a row that is seen (W3). */
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { UpdateOperation } from './changes.ts';
import { writeOne } from './write.ts';

interface Update extends Promising, Omit<UpdateOperation, 'do'> {}

export const update: CommandHandler<Update> = {
  rule: 'W3',
  take: (state, name, { promise, collection, id, changes }) => writeOne(state, name, promise, { do: 'update', collection, id, changes }),
};
