/**
 * A script: one run as plain data. Same script, same trace, byte for byte. Labels name links, timers and completions,
 * never positions or messages, so a script stays valid when any step is deleted: a step whose label is not enabled,
 * or that names something that is not there, is skipped.
 */

import type { TokenFlaw } from '../../model/actions.ts';
import type { Query, Row, Value } from '../../model/query.ts';

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
  | { readonly do: 'delete'; readonly client: string; readonly collection: string; readonly id: string };

export type Step =
  | CommandStep
  /** Issued at once, nothing drained between them. */
  | { readonly do: 'together'; readonly commands: readonly CommandStep[] }
  /** Runs the command inside the client's next callback of that kind (once). */
  | {
      readonly do: 'inCallback';
      readonly client: string;
      readonly callback: 'status' | 'sessionError' | 'results' | 'synced';
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
  | { readonly do: 'rotateKeys' };

export type StepKind = Step['do'];

export interface ClientConfiguration {
  /** `c1`, `c2`, … */
  readonly name: string;
  /** Whether the client was given the roles, and so checks them itself (S3). */
  readonly knowsRoles: boolean;
  /** How far the client's wall clock is ahead of the true one. */
  readonly wallClockSkewMs: number;
}
export interface Configuration {
  readonly clients: readonly ClientConfiguration[];
  readonly authentication: 'HS256' | 'RS256' | 'ES256' | 'EdDSA';
  readonly claimsPath: string | null;
  /** Rows that the server holds before the run, by collection; each was inserted by client id `seed`. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}
export interface Script {
  readonly version: typeof scriptVersion;
  /** The name of the swarm profile it was drawn from, for people; no effect. */
  readonly profile: string;
  readonly configuration: Configuration;
  readonly steps: readonly Step[];
}
