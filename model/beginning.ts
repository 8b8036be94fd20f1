/** How a run begins: no sessions, no connections, the seeded rows at the server. */
import type { Schema } from '../vocabulary/schemas.ts';
import type { ClientName } from './actions.ts';
import { hashedPart } from './schema/difference.ts';
import type { ClientState, ModelConfiguration, State } from './state.ts';
import { seededVersions } from './writes/log.ts';

export function initialState(configuration: ModelConfiguration): State {
  const clients: Record<ClientName, ClientState> = {};
  const wallOffsetsMs: Record<string, number> = { server: 0 };
  const schema = configuration.schema ?? null;
  for (const { name, knowsRoles, wallClockSkewMs, schema: own } of configuration.clients) {
    clients[name] = newClient(name, knowsRoles, own ?? null);
    wallOffsetsMs[name] = wallClockSkewMs;
  }
  return {
    configuration,
    nowMs: 0,
    wallOffsetsMs,
    tokens: {},
    lastBlockedMs: {},
    clients,
    connections: {},
    server: {
      phase: 'running',
      schema,
      schemaVersion: 0,
      knownSchemas: schema === null ? {} : { [hashedPart(schema)]: 'own' },
      hashes: {},
      pushes: [],
      expectedPushes: {},
      heldKeys: [],
      publishedKeys: configuration.firstKeys,
      fetches: 0,
      appending: null,
      versions: seededVersions(configuration),
      rejections: [],
      lastSequence: {},
      groups: {},
      cost: null,
    },
  };
}

/** Without a session, as a process is when it begins. */
export function newClient(name: ClientName, knowsRoles: boolean, schema: Schema | null): ClientState {
  return {
    name,
    knowsRoles,
    schema,
    status: 'UNINITIALIZED',
    session: null,
    connection: null,
    closing: null,
    attemptDue: null,
    failuresInARow: 0,
    updates: [],
    subscriptions: {},
    queries: {},
    epoch: 1,
    epochsBegun: 1,
    clientIds: {},
    writes: [],
    discarded: {},
    cache: {},
    store: {},
    clears: [],
    promises: {},
    expectedStatuses: [],
    expectedErrors: [],
    expectedSyncs: [],
    expectedFailures: [],
    observed: [],
    late: false,
  };
}
