/** What a server under test is given, and what it shows. */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Roles } from '../../vocabulary/schemas.ts';
import type { Listener, Logger, Random, Timers, WallClock } from '../runtime/ports.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import type { KeySource } from '../server/keys.ts';
import type { ServerObserver, ServerView } from '../server/observer.ts';
import type { ServerStorage } from '../server/storage.ts';

export type { GroupView, ServerObserver, ServerView } from '../server/observer.ts';

export interface ServerEnvironment {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly random: Pick<Random, 'hex'>;
  readonly listener: Listener;
  readonly storage: ServerStorage;
  readonly logger: Logger;
  readonly keys: KeySource;
  /**
   * Runs asynchronous work that is not storage or sockets (signatures, key sets) so that the world can order its completion. A fetch of the
   * key set goes by the name of `key set fetch`: so the world knows when one began and how it ended (S11).
   */
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly observer: ServerObserver;
}
export interface ServerSettings {
  /** Used where there is no schema. */
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
  /** The schema at the start, where the log holds none. */
  readonly schema: PlainSchema | undefined;
  /** Connections of clients that send longer frames are closed (B5). */
  readonly frameBytesMax: number;
  /** Those that are not named are as the system likes (B3, B4, B5). */
  readonly bounds?: Partial<Bounds> | undefined;
  /** Of how many of the latest writes of a client id the server remembers which they were; undefined: as many as it likes (W1). */
  readonly writeIdsKept?: number | undefined;
  /** Once so many entries lie behind the snapshot of the log, it is compacted (W2); undefined: as the system likes. */
  readonly logEntriesMax?: number | undefined;
}

export interface SystemServer {
  start(port: number): Promise<{ readonly port: number }>;
  close(): Promise<void>;
  /**
   * Replaces the schema, permissions and roles, unless the data forbid it (C3). Rejects with a ServerUnavailableError or,
   * if storage fails or the server ends before the outcome is known (W2), with a SchemaOutcomeUnknownError, told by name.
   */
  overrideSchema(schema: PlainSchema): Promise<SchemaOutcome>;
  /** null: it shows nothing of itself. */
  inspect(): ServerView | null;
}
