/** The state of the model: plain immutable data, and the decisions of the profile that it runs under. */

import type { Bounds } from '../vocabulary/bounds.ts';
import type { Roles, Schema } from '../vocabulary/schemas.ts';
import type { Row } from '../vocabulary/values.ts';
import type { ClientState, Kept } from './client-state.ts';
import type { ConnectionState } from './connection-state.ts';
import type { ClientName } from './observations.ts';
import type { Decisions } from './profiles/decisions.ts';
import type { Profile } from './profiles/profile.ts';
import type { KnownLog, LogCopy, ServerState } from './server-state.ts';
import type { Token } from './tokens.ts';
import type { Version } from './writes/changes.ts';
import type { LogNumber } from './writes/position.ts';

export interface ModelConfiguration {
  readonly clients: readonly {
    readonly name: ClientName;
    readonly knowsRoles: boolean;
    readonly wallClockSkewMs: number;
    /** Whether it was given the bounds of this run, and so judges by them itself; absent: it was not (B3, B4). */
    readonly knowsBounds?: boolean | undefined;
    /** Whether it judges by no bound at all, as one that means harm; absent: it does not. */
    readonly ignoresBounds?: boolean | undefined;
    /** Its own schema (C4); absent or null: none. */
    readonly schema?: Schema | null | undefined;
  }[];
  /** What clients are given as roles, and the server where it has no schema. */
  readonly roles: Roles;
  /** The server's schema at the start; absent or null: none. */
  readonly schema?: Schema | null | undefined;
  /** A shared secret never rotates and is never fetched. */
  readonly sharedSecret: boolean;
  /** The true wall clock at the beginning of the run. */
  readonly epochMs: number;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** Of how many of the latest writes of a client id the server knows which they were (W1); absent: 1,024. */
  readonly writeIdsKept?: number | undefined;
  /** How much the server takes of a client where that is not what the law says (B3, B4). */
  readonly bounds?: Partial<Bounds> | undefined;
  /** What the system promises in another way than the law; absent: nothing. */
  readonly profile?: Partial<Profile> | undefined;
}

export interface State {
  readonly configuration: ModelConfiguration;
  /** What the rules ask where profiles differ; composed once, from the configuration's profile. */
  readonly decisions: Decisions<State>;
  readonly nowMs: number;
  readonly wallOffsetsMs: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, Token>>;
  /** When each held timer was last seen to be due: what it should have done is late by so much. */
  readonly lastBlockedMs: Readonly<Record<string, number>>;
  readonly clients: Readonly<Record<ClientName, ClientState>>;
  readonly connections: Readonly<Record<number, ConnectionState>>;
  readonly server: ServerState;
  /** What was copied of the storage of each client, by its name (K2). */
  readonly copies: Readonly<Record<ClientName, StorageCopy>>;
  /** The logs on which the server was before (W2). */
  readonly formerLogs: Readonly<Record<LogNumber, KnownLog>>;
  readonly logsBegun: number;
  /** What was copied of logs, by the name of the copy. */
  readonly logCopies: Readonly<Record<string, LogCopy>>;
  /** Of any log: none is used twice. */
  readonly incarnationsUsed: readonly string[];
  /** The key of the write that each id names: no two writes share one (W1). */
  readonly writeIds: Readonly<Record<string, string>>;
}

/** A copy of a client's storage, and whose id it holds. */
export interface StorageCopy extends Kept {
  readonly origin: string;
}

/** How many of the latest writes of a client id the server remembers, unless told otherwise (W1). */
export const writeIdsKeptByLaw = 1_024;

/** A client looks once a beat (S9). */
export const heartbeatMs = { client: 30_000 } as const;
/** The server goes by it; a client whose beat comes late by so much knows by it that the server has given up (S9). */
export const longestSilenceMs = 105_000;
export const closeTimeoutMs = 5_000;
/** A call of the refresh handler that has not answered by then has failed (S7). */
export const refreshTimeoutMs = 30_000;
/** A connection that was OPEN for so long lets the back-off start over (S9). */
export const steadyMs = 10_000;

/** What a process reads on its wall clock. */
export function wallMs(state: State, process: string): number {
  return state.configuration.epochMs + state.nowMs + (state.wallOffsetsMs[process] ?? 0);
}

export function versionOf(state: State): Version {
  return state.server.versions.length - 1;
}
