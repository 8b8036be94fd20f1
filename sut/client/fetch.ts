/** One answer instead of a subscription: the server's where it can be had, else what is held locally. */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { Core } from './core.ts';
import { plainQuery } from './plain-query.ts';

/** Rejects with InvalidValueError for a query that is none. */
export function fetchRows(core: Core, asked: Query): Promise<readonly Attributes[]> {
  return new Promise((resolve, reject) => {
    const query = plainQuery(asked);
    core.turns.run(() => {
      if (core.session.status() === 'OPEN') askServer(core, query, resolve, reject);
      else core.whenLoaded(() => resolve(core.local(query)));
    });
  });
}

function askServer(core: Core, query: Query, resolve: (rows: readonly Attributes[]) => void, reject: (error: Error) => void): void {
  const finish = (settle: () => void): void => {
    stopListening();
    settle();
    unsubscribe();
  };
  const stopListening = core.onStatus.add(() => finish(() => resolve(core.local(query))));
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
    { isRemembered: false },
  );
}
