/** One answer instead of a subscription: the server's where it can be had or is on its way, else what is held locally (Q6). */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { Core } from './core.ts';
import { plainQuery } from './plain-query.ts';
import type { Status } from './session-table.ts';

/** Rejects with InvalidQueryError for a query that is none, with SubscriptionNameInUseError, and with StorageError where storage cannot be read. `name`: how it is called on the wire, instead of a name of its own. */
export function fetchRows(core: Core, asked: Query, name?: string): Promise<readonly Attributes[]> {
  return new Promise((resolve, reject) => {
    const query = plainQuery(asked);
    core.turns.run(() => {
      if (isServerExpected(core.session.status())) askServer(core, query, name, resolve, reject);
      else core.whenLoaded(() => resolve(core.local(query)), reject);
    });
  });
}

/** While an attempt is under way its outcome is waited for: rows that are about to come would be missed. */
function isServerExpected(status: Status): boolean {
  return status === 'OPEN' || status === 'CONNECTING';
}

function askServer(
  core: Core,
  query: Query,
  name: string | undefined,
  resolve: (rows: readonly Attributes[]) => void,
  reject: (error: Error) => void,
): void {
  const finish = (settle: () => void): void => {
    stopListening();
    settle();
    unsubscribe();
  };
  // First, since it may throw and never calls back inside the call: then nothing is left listening.
  const unsubscribe = core.subscriptions.subscribe(
    query,
    {
      onResults: (rows, { hasRemoteFulfilled }) => {
        if (hasRemoteFulfilled) finish(() => resolve(rows));
      },
      onError: (error) => finish(() => reject(error)),
      onRemoteFulfilled: () => {},
    },
    // The cache is for what is asked again and again; what is asked once would fill it without bound.
    { name, isRemembered: false },
  );
  const stopListening = core.onStatus.add((status) => {
    if (!isServerExpected(status)) finish(() => resolve(core.local(query)));
  });
}
