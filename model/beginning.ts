/** How a run begins: no sessions, no connections, the seeded rows at the server. */
import type { ClientState } from './client-state.ts';
import { newClient } from './new-client.ts';
import type { ClientName } from './observations.ts';
import { decisionsOf } from './profiles/decisions-of.ts';
import { hashedPart } from './schema/difference.ts';
import { noKeys } from './server-state.ts';
import type { ModelConfiguration, State } from './state.ts';
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
    decisions: decisionsOf(configuration.profile),
    nowMs: 0,
    wallOffsetsMs,
    tokens: {},
    lastBlockedMs: {},
    clients,
    connections: {},
    copies: {},
    formerLogs: {},
    logsBegun: 1,
    logCopies: {},
    incarnationsUsed: [],
    writeIds: {},
    server: {
      phase: 'running',
      schema,
      schemaVersion: 0,
      ownSchemas: schema === null ? [] : [hashedPart(schema)],
      log: 1,
      copied: null,
      incarnation: null,
      incarnations: [],
      knownSchemas: schema === null ? {} : { [hashedPart(schema)]: 'own' },
      hashes: {},
      pushes: [],
      expectedPushes: {},
      keys: noKeys,
      appending: null,
      isCompacting: false,
      refused: [],
      full: null,
      versions: seededVersions(configuration.rows),
      rejections: [],
      decisions: {},
      answered: {},
      groups: {},
      departures: {},
      madeText: [],
      lookUntold: null,
      cost: null,
    },
  };
}
