/**
 * What a system under test may have or lack. Steps, rules and checks say which of these they need; a system says which
 * it has. Whatever a system lacks is not generated, not checked, and reported as not applicable.
 */
export const capabilities = {
  sessions: 'a client starts and ends sessions, connects and disconnects',
  refresh: 'tokens are refreshed on a live connection, by a call or by a refresh handler',
  roles: 'roles are matched against claims, at the server and in a client that was given them',
  claimsPath: 'claims lie under a path within the token',
  keySets: 'tokens are signed by keys of a published key set, which rotate',
  subscriptions: 'a client subscribes to queries with filters and orders',
  queryRefusals: 'a client refuses by name a query with a value that its operator cannot take',
  subscriptionNames: 'a client names its subscriptions, no two live ones alike',
  limits: 'queries with a limit',
  cursors: 'queries that begin behind a place in the order',
  fetch: 'a client fetches the result of a query once',
  writes: 'a client inserts, updates and deletes single rows',
  transactions: 'several writes are decided as one',
  clear: 'a client clears its store',
  schemas: 'clients and server have schemas, and the server may be given another',
  permissions: 'schemas hold permissions',
  heartbeats: 'either end gives up a connection on which nothing arrives any more',
  serverStorage: 'the server keeps its log across restarts, and its storage may fail',
  clientStorage: 'a client keeps outbox and cache across restarts, and its storage may fail',
  storageCopies: "a client may find an older copy of its storage, or a copy of another client's",
  logCopies: 'the server may find its log gone, or an older copy of it, and clients notice',
  bounds: 'the server bounds what it takes of a client, and the bounds can be set',
  malformedFrames: 'malformed frames have texts for this system',
  callbackFailures: 'the callbacks of a client may fail, and what it logs of that can be read',
  strangers: 'somebody without a token may connect and send frames',
  sharingShown: 'the server shows which subscriptions share a group, and what a commit cost',
  inspection: 'the server shows its version, connections and schema',
  relations: 'two runs may be compared (metamorphic relations)',
} as const;

export type Capability = keyof typeof capabilities;

export const allCapabilities: readonly Capability[] = Object.keys(capabilities).filter((name): name is Capability =>
  Object.hasOwn(capabilities, name),
);
