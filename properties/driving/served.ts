/**
 * Which subscriptions the server follows, as the wire alone tells it: twins are run without a model that would know, and
 * nonsense about a subscription makes sense only with a name that the server knows (B1).
 */
import type { Action } from '../../model/index.ts';

export interface Served {
  readonly take: (action: Action) => void;
  /** One that the server has answered on the client's newest connection, that did not fail, and that the client has not taken back; null: there is none. */
  readonly subscriptionOf: (client: string) => string | null;
}

interface Newest {
  readonly connection: number;
  /** In the order in which they were answered first. */
  readonly answered: Set<string>;
  readonly takenBack: Set<string>;
}

export function createServed(): Served {
  const newest = new Map<string, Newest>();

  function take(action: Action): void {
    if (action.kind === 'attempted') {
      const { client, connection } = action;
      newest.set(client, { connection, answered: new Set(), takenBack: new Set() });
    }
    if (action.kind !== 'clientSent' && action.kind !== 'serverSent') return;
    const known = newest.get(action.client);
    if (known?.connection !== action.connection) return;
    if (action.word.word === 'answered') known.answered.add(action.word.subscription);
    // Its name is free again: to say it once more is no nonsense (B4).
    if (action.word.word === 'subscriptionFailed') known.answered.delete(action.word.subscription);
    if (action.word.word === 'unsubscribe') known.takenBack.add(action.word.subscription);
  }

  function subscriptionOf(client: string): string | null {
    const { answered, takenBack } = newest.get(client) ?? { answered: [], takenBack: new Set() };
    return [...answered].find((name) => !takenBack.has(name)) ?? null;
  }
  return { take, subscriptionOf };
}
