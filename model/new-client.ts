/** A client as it begins. */
import type { Schema } from '../vocabulary/schemas.ts';
import type { ClientState } from './client-state.ts';
import type { ClientName } from './observations.ts';
import { noLag } from './store/lag.ts';

/** Without a session, as a process is when it begins. */
export function newClient(name: ClientName, knowsRoles: boolean, schema: Schema | null): ClientState {
  return {
    name,
    knowsRoles,
    isAsleep: false,
    isThrottled: false,
    timelySinceMs: 0,
    schema,
    status: 'UNINITIALIZED',
    session: null,
    connection: null,
    closing: null,
    attemptDue: null,
    undrawnBackOffMs: null,
    failuresInARow: 0,
    updates: [],
    subscriptions: {},
    queries: {},
    epoch: 1,
    epochsBegun: 1,
    clientIds: {},
    origins: {},
    fork: null,
    forkedFrom: {},
    writes: [],
    writesMade: 0,
    discarded: {},
    cache: {},
    heard: null,
    store: {},
    clears: [],
    isJustCleared: false,
    lag: noLag,
    unread: null,
    promises: {},
    followed: [],
    expectedStatuses: [],
    expectedErrors: [],
    expectedLogReplacements: 0,
    expectedSubscriptionErrors: [],
    expectedSyncs: [],
    expectedFailures: [],
    unloggedFailures: [],
    observed: [],
    late: false,
  };
}
