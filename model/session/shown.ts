/** What a client tells of its session: statuses, session errors, and the ends of promises (S1, S2, S8). */
import { clientOf, withClient } from '../change.ts';
import type { ClientState } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName, Observed, Status } from '../observations.ts';
import { reject, unexpected } from '../rejection.ts';
import { closeTimeoutMs, type State } from '../state.ts';
import { sameRows } from '../subscriptions/rows.ts';

/** Each change of status once, in order (S1). */
export function statusShown(state: State, client: ClientState, status: Status): State {
  const [next, ...rest] = client.expectedStatuses;
  if (next === undefined && status === 'CLOSED' && hasClosedLongEnough(state, client))
    return withClient(state, client.name, { status: 'CLOSED', closing: null });
  if (next !== status)
    return unexpected(client, 'S1', `status ${status}`, [next === undefined ? `no change: ${client.status}` : `status ${next}`]);
  return withClient(state, client.name, { expectedStatuses: rest });
}

/** Whether a status is the one expected now, and so need not wait for the end of the task. */
export function isStatusDue(state: State, name: ClientName, status: Status): boolean {
  const client = clientOf(state, name);
  const [next] = client.expectedStatuses;
  return next === undefined ? status === 'CLOSED' && hasClosedLongEnough(state, client) : next === status;
}

/** CLOSING lasts until the close is heard, but no longer than `closeTimeoutMs` (S1). */
function hasClosedLongEnough(state: State, client: ClientState): boolean {
  return client.closing !== null && state.nowMs - client.closing.sinceMs >= closeTimeoutMs;
}

/** Each session error once, in order (S8). */
export function sessionErrorShown(state: State, client: ClientState, type: string): State {
  const [next, ...rest] = client.expectedErrors;
  if (next !== type)
    return unexpected(client, 'S8', `session error ${type}`, [next === undefined ? 'no session error' : `session error ${next}`]);
  return withClient(state, client.name, { expectedErrors: rest });
}

/** A promise settles once, as its command has come out; one that no command opened breaks S2. */
export function promiseSettled(state: State, client: ClientState, { promise, error, rows }: Observed<'settled'>): State {
  const known = entryOf(client.promises, promise);
  if (known === undefined) return unexpected(client, 'S2', `${promise} ${sayOutcome({ error })}`, ['not settled yet']);
  const { of, rule, outcome } = known;
  if (outcome === 'open') return unexpected(client, rule, `${of} ${sayOutcome({ error })}`, ['not settled yet']);
  if (outcome.error !== error) return unexpected(client, rule, `${of} ${sayOutcome({ error })}`, [sayOutcome(outcome)]);
  if (outcome.rows !== undefined && !outcome.rows.some((allowed) => rows !== undefined && sameRows(allowed, rows)))
    return reject(
      client.late ? 'S2' : rule,
      `${of} with other rows`,
      `${of} of ${client.name} resolved with rows that it may not bring`,
      outcome.rows.map((allowed) => JSON.stringify(allowed)),
      JSON.stringify(rows),
    );
  const { [promise]: _settled, ...rest } = client.promises;
  return withClient(state, client.name, { promises: rest });
}

export function sayOutcome({ error }: { readonly error: string | null }): string {
  return error === null ? 'resolved' : `rejected with ${error}`;
}
