/**
 * A script: one run as plain data. Same script, same trace, byte for byte. Labels name links, timers and completions,
 * never positions or messages, so a script stays valid when any step is deleted: a step whose label is not enabled,
 * or that names something that is not there, is skipped.
 */

import type { Nonsense, StrangerWord, TokenFlaw, TransactionOperation } from '../../model/actions.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';

export const scriptVersion = 1;

/**
 * A token to be minted. Lifetimes count from the world's true wall clock at the moment of minting, so that a script
 * means the same when an earlier step is deleted. `current` is the very token that the client holds at that moment.
 */
export type TokenSpec =
  | {
      readonly kind: 'fresh';
      readonly user: string;
      readonly role: string;
      readonly plan: string;
      /** null: never expires; zero or less: already expired. */
      readonly lifetimeMs: number | null;
      /** null: valid at once; otherwise not valid before that many milliseconds from now. */
      readonly validFromMs: number | null;
      readonly flaw: TokenFlaw;
      /** A secret token bypasses permissions (P1); absent: no. */
      readonly secret?: boolean | undefined;
    }
  | { readonly kind: 'current' };

/** What the n-th call of a handler does; the last one repeats. */
export type HandlerAnswer =
  | { readonly answer: 'token'; readonly token: TokenSpec }
  | { readonly answer: 'null' }
  | { readonly answer: 'throw' };
export interface RefreshSpec {
  readonly intervalMs: number | null;
  /** At least one. Slowness is a hold of the completion `c1 refresh handler`. */
  readonly answers: readonly HandlerAnswer[];
}

export type CommandStep =
  | {
      readonly do: 'startSession';
      readonly client: string;
      readonly token: TokenSpec;
      readonly connect: boolean;
      readonly refresh: RefreshSpec | null;
    }
  | { readonly do: 'updateSessionToken'; readonly client: string; readonly token: TokenSpec }
  | { readonly do: 'endSession'; readonly client: string }
  | { readonly do: 'connect'; readonly client: string }
  | { readonly do: 'disconnect'; readonly client: string }
  | { readonly do: 'subscribe'; readonly client: string; readonly subscription: string; readonly query: Query }
  | { readonly do: 'unsubscribe'; readonly client: string; readonly subscription: string }
  | { readonly do: 'insert'; readonly client: string; readonly collection: string; readonly row: Row }
  | {
      readonly do: 'update';
      readonly client: string;
      readonly collection: string;
      readonly id: string;
      readonly changes: Readonly<Record<string, Value>>;
    }
  | { readonly do: 'delete'; readonly client: string; readonly collection: string; readonly id: string }
  | { readonly do: 'transact'; readonly client: string; readonly operations: readonly TransactionOperation[] }
  | { readonly do: 'clear'; readonly client: string };

export type Step =
  | CommandStep
  /** Issued at once, nothing drained between them. */
  | { readonly do: 'together'; readonly commands: readonly CommandStep[] }
  /** Runs the command inside the client's next callback of that kind (once). */
  | {
      readonly do: 'inCallback';
      readonly client: string;
      readonly callback: 'status' | 'sessionError' | 'results' | 'synced' | 'syncFailed';
      readonly command: CommandStep;
    }
  | { readonly do: 'hold'; readonly label: string }
  | { readonly do: 'release'; readonly label: string }
  /** Lets the next `count` items of a held label through; then the canonical schedule goes on. */
  | { readonly do: 'deliver'; readonly label: string; readonly count: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'cut'; readonly client: string; readonly how: 'clean' | 'abrupt' | 'halfOpen' }
  | { readonly do: 'refuseConnections'; readonly client: string }
  | { readonly do: 'acceptConnections'; readonly client: string }
  | { readonly do: 'jumpWallClock'; readonly process: string; readonly byMs: number }
  /** New tokens are signed by a new key and the published key set holds only that one; nothing with a shared secret. */
  | { readonly do: 'rotateKeys' }
  /** The server's owner calls `overrideSchema`; skipped while the server is down. */
  | { readonly do: 'pushSchema'; readonly schema: Schema }
  /** Ends the server and starts it again from its storage. `keepsTail`: an append under way turns out durable. */
  | { readonly do: 'restartServer'; readonly how: 'graceful' | 'crash'; readonly keepsTail: boolean }
  /** The client's process dies and begins anew with its storage. `keepsTail`: what storage was doing turns out done. */
  | { readonly do: 'restartClient'; readonly client: string; readonly keepsTail: boolean }
  /** The next write that the storage of that process (`server`, `c1`) is to keep fails, or the one under way; `keepsTail`: the server's turns out durable all the same. */
  | { readonly do: 'failStorage'; readonly process: string; readonly keepsTail: boolean }
  /** A frame of nonsense joins those in flight, as if the other end had sent it; skipped without an open connection. */
  | { readonly do: 'inject'; readonly client: string; readonly to: 'server' | 'client'; readonly nonsense: Nonsense }
  /** Somebody else connects, says that, and hears what the server makes of it. */
  | { readonly do: 'stranger'; readonly says: StrangerWord };

export type StepKind = Step['do'];

export interface ClientConfiguration {
  /** `c1`, `c2`, … */
  readonly name: string;
  /** Whether the client was given the roles, and so checks them itself (S3). */
  readonly knowsRoles: boolean;
  /** How far the client's wall clock is ahead of the true one. */
  readonly wallClockSkewMs: number;
  /** The schema it was built with (C4); absent or null: none. */
  readonly schema?: Schema | null | undefined;
}
/**
 * How the tasks of the world and the steps of the script are ordered. Their participants are the labels of tasks and
 * the word `script`, which takes the next step.
 */
export type ScheduleSpec =
  /** After each step everything runs, round robin, until nothing can move. */
  | { readonly kind: 'fair' }
  /**
   * The enabled participant of the highest priority moves; priorities follow from the seed and the label. The one that
   * made the k-th move falls below all others where `changePoints` names k, from 1. Moves within an advance count.
   */
  | { readonly kind: 'priorities'; readonly seed: number; readonly changePoints: readonly number[] }
  /** The participants that move, one after the other; `settle` runs everything. What is not enabled is passed over; then fair. */
  | { readonly kind: 'chosen'; readonly choices: readonly string[] };

export interface Configuration {
  readonly clients: readonly ClientConfiguration[];
  readonly authentication: 'HS256' | 'RS256' | 'ES256' | 'EdDSA';
  readonly claimsPath: string | null;
  /** Rows that the server holds before the run, by collection; each was inserted by client id `seed`. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** The server's schema at the start, with its roles; absent or null: none. The rows fit it. */
  readonly schema?: Schema | null | undefined;
  /** Absent: fair. */
  readonly schedule?: ScheduleSpec;
  /** Known deviations that the run passes over, so that they do not hide others; absent: none. */
  readonly lenient?: readonly Lenience[];
}
export const leniences = ['repeatedFulfilment', 'unansweredUpdates'] as const;
export type Lenience = (typeof leniences)[number];
export interface Script {
  readonly version: typeof scriptVersion;
  /** The name of the swarm profile it was drawn from, for people; no effect. */
  readonly profile: string;
  readonly configuration: Configuration;
  readonly steps: readonly Step[];
  /** The run is that relation's: twins made of the script are compared, and no model judges. */
  readonly relation?: RelationSpec;
}
/** `salt`: a whole number from which the relation's own choices follow. */
export interface RelationSpec {
  readonly name: string;
  readonly salt: number;
}
