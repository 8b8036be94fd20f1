/** `unsubscribe`: final and idempotent (Q4). */
import { clientOf, withClient } from '../change.ts';
import type { CommandHandler } from '../command-handler.ts';

interface Unsubscribe {
  readonly subscription: string;
}

export const unsubscribe: CommandHandler<Unsubscribe> = {
  rule: null,
  take: (state, name, { subscription }) => {
    const { [subscription]: _gone, ...rest } = clientOf(state, name).subscriptions;
    return withClient(state, name, { subscriptions: rest });
  },
};
