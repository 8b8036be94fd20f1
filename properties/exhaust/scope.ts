/**
 * A scope: a scenario so small that all its schedules can be run. After a fixed set-up, some threads of steps race with
 * each other, with every task of the world, and with at most one fault, which may come at any moment or never.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import type { CommandStep, Configuration, RefreshSpec, Step, TokenSpec } from '../scripts/script.ts';

export interface Scope {
  /** As the file is named. */
  readonly name: string;
  readonly sentence: string;
  /** Those that it puts to the test most: where a fault breaks one of them, the scope is tried early. */
  readonly rules: readonly string[];
  /** The planted fault that it must find, and soon (`teeth.ts`): by the name of its file in `properties/faults/`. */
  readonly tooth: string;
  readonly rows: Configuration['rows'];
  readonly clients: readonly string[];
  /** The server's at the start; absent: none. */
  readonly schema?: Schema;
  /** Absent: more than there are entries (W2). */
  readonly logEntriesMax?: number;
  /** Those that clients were built with, by the name of the client. */
  readonly schemasOfClients?: Readonly<Record<string, Schema>>;
  /** Taken one after the other, each followed by quiescence. */
  readonly setup: readonly Step[];
  /** Each keeps its own order; at most five steps in all. An `advance` waits until nothing can move. */
  readonly threads: readonly (readonly Step[])[];
  readonly fault?: Step;
}

type Usual = 'rows' | 'clients' | 'setup';
type Unnamed = Omit<Scope, 'name'>;

/** With one row, and two clients that are OPEN and follow it, unless it says something else. */
export function scope(parts: Omit<Unnamed, Usual> & Partial<Pick<Scope, Usual>>): Unnamed {
  return { rows: milk, clients: ['c1', 'c2'], setup: bothFollow, ...parts };
}

/** A sound token that stays valid unless told otherwise. */
export function tokenOf(user: string, lifetimeMs: number | null = null): TokenSpec {
  return { kind: 'fresh', user, role: 'member', plan: 'free', lifetimeMs, validFromMs: null, flaw: 'none' };
}

/** A guest's plan may change under equal roles. */
export function guestToken(user: string, plan: string): TokenSpec {
  return { kind: 'fresh', user, role: 'guest', plan, lifetimeMs: null, validFromMs: null, flaw: 'none' };
}

export function startSession(client: string, token: TokenSpec, refresh: RefreshSpec | null = null): CommandStep {
  return { do: 'startSession', client, token, connect: true, refresh };
}

export const openTodos: Query = { collection: 'todos', where: [['done', '=', false]], order: [] };

export function subscribe(client: string, subscription: string, query: Query = openTodos): CommandStep {
  return { do: 'subscribe', client, subscription, query };
}

export function retitle(client: string, title: string): CommandStep {
  return { do: 'update', client, collection: 'todos', id: 'milk', changes: { title } };
}

/** One row that every scope may write. */
export const milk: Configuration['rows'] = { todos: [{ id: 'milk', title: 'milk', done: false }] };

/** The client is OPEN and follows the open todos. */
export function follows(client: 'c1' | 'c2', user: string): readonly Step[] {
  return [startSession(client, tokenOf(user)), subscribe(client, client === 'c1' ? 's1' : 's2')];
}

/** The second client is OPEN and follows nothing, which halves the moves. */
export const oneFollows: readonly Step[] = [...follows('c1', 'ann'), startSession('c2', tokenOf('bob'))];

/** The first command of a client whose handler gives it another token after ten seconds. */
export function refreshing(client: string): CommandStep {
  return startSession(client, tokenOf('ann'), { intervalMs: 10_000, answers: [{ answer: 'token', token: tokenOf('ann', 60_000) }] });
}

/** Two clients are connected and follow what is open; `first` begins the session of `c1`. */
export function bothFollowFrom(first: CommandStep): readonly Step[] {
  return [first, startSession('c2', tokenOf('bob')), subscribe('c1', 's1'), subscribe('c2', 's2')];
}
/** Both clients are OPEN and follow the open todos. */
export const bothFollow: readonly Step[] = bothFollowFrom(startSession('c1', tokenOf('ann')));

/** The row leaves what both follow. */
export function done(client: string): CommandStep {
  return { do: 'update', client, collection: 'todos', id: 'milk', changes: { done: true } };
}

/** A row that enters what both follow; possible without following anything oneself, where a change of a row is not. */
export function add(client: string, id: string): CommandStep {
  return { do: 'insert', client, collection: 'todos', row: { id, title: id, done: false } };
}
