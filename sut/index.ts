/** The public face of the library: everything that a user of client or server imports. */

export type { Cursor, Operator, Ordering } from '../vocabulary/queries.ts';
export type { Roles } from '../vocabulary/schemas.ts';
export type { Scalar, Value } from '../vocabulary/values.ts';
export { type ClientOptions, type FetchOptions, type QueryOf, type SubscribeOptions, SyncClient } from './client/client.ts';
export type { ClientTransaction } from './client/client-transaction.ts';
export type { FailedWrite } from './client/core.ts';
export * from './client/errors.ts';
export { TriplitClient, TriplitError } from './client/former-names.ts';
export type { ResultsInfo } from './client/live-subscription.ts';
export {
  and,
  type Filter,
  type FilterGroup,
  type FilterGroupInput,
  type FilterInput,
  or,
  type Query,
  type RuleFilterInput,
  type Statement,
  type Variable,
} from './client/queries.ts';
export { QueryBuilder } from './client/query-builder.ts';
export type { RefreshOptions } from './client/refresh.ts';
export type {
  ChangesOf,
  CollectionDefinition,
  Collections,
  DraftOf,
  InsertOf,
  PlainRow,
  RoleDefinition,
  RowOf,
  RuleDefinition,
} from './client/schema/collections.ts';
export * as Schema from './client/schema/index.ts';
export { collectionsOf, plainSchema } from './client/schema/plain.ts';
export type { SessionError, SessionErrorType } from './client/session.ts';
export type { Status as ConnectionStatus } from './client/session-table.ts';
export {
  type CachedResult,
  type ClientStorage,
  memoryClientStorage,
  type OutboxEntry,
  type StoredClient,
  type StoredClientOfFormat1,
} from './client/storage.ts';
export type { SubscriptionState } from './client/subscribe-with-status.ts';
export { type AskedBounds, type BoundName, type Bounds, defaultBounds } from './protocol/bounds.ts';
export type { Operation } from './protocol/frames.ts';
export type { StoredRow } from './query/types.ts';
export type { DeploymentOptions, MetricsOptions } from './runtime/listener-options.ts';
export { consoleLogger, silentLogger } from './runtime/loggers.ts';
export type * from './runtime/ports.ts';
export { websocketTransport } from './runtime/websocket-transport.ts';
export { InvalidSchemaError } from './schema/invalid-schema-error.ts';
export type { PlainSchema, SchemaIssue, SchemaOutcome } from './schema/types.ts';
export * from './server/errors.ts';
export type { KeySetLimits } from './server/key-ring.ts';
export type { KeySource } from './server/keys.ts';
export { createServer, type Server, type ServerOptions } from './server/server.ts';
export type { Compaction, Snapshot } from './server/snapshot.ts';
export { type LogEntry, memoryServerStorage, type ServerStorage, type StoredLog } from './server/storage.ts';
