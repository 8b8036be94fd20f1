/** `transact`: several operations, or none of them (W4). */
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { TransactionOperation } from './changes.ts';
import { write } from './write.ts';

interface Transact extends Promising {
  readonly operations: readonly TransactionOperation[];
}

export const transact: CommandHandler<Transact> = {
  rule: 'W4',
  take: (state, name, { promise, operations }) => write(state, name, promise, operations, null),
};
