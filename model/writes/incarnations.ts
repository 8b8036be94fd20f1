/** Each start of the server on a log begins an incarnation, by which a client tells that log from another (W2). */
import { clientOf, connectionOf, withClient, withServer } from '../change.ts';
import type { HeardOfLog } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { type State, versionOf } from '../state.ts';
import type { Version } from './changes.ts';

/** The log holds it: from now on the server may accept. */
export function keepIncarnation(state: State, id: string, version: Version): State {
  if (state.incarnationsUsed.includes(id))
    return reject('W2', 'incarnation used before', 'the server began under a name that it had before', ['a fresh one'], id);
  if (version !== versionOf(state))
    return reject(
      'W2',
      'incarnation misplaced',
      'the server began at another version than its log has',
      [`${versionOf(state)}`],
      `${version}`,
    );
  const { incarnations } = state.server;
  return withServer(
    { ...state, incarnationsUsed: [...state.incarnationsUsed, id] },
    { incarnation: id, incarnations: [...incarnations, { id, from: version }] },
  );
}

/** Whether a client has heard what is not in this log: it is of no incarnation of it, or from after the end of that one. */
export function hasDiverged({ server: { incarnations } }: State, heard: HeardOfLog | null): boolean {
  if (heard === null) return false;
  const at = incarnations.findIndex(({ id }) => id === heard.incarnation);
  const next = incarnations[at + 1];
  return at < 0 || (next !== undefined && heard.version > next.from);
}

/** Said by the server with an acceptance; undefined where the system knows no such thing. */
export function requireIncarnation(state: State, heard: HeardOfLog | null, incarnation?: string, diverged?: boolean): void {
  if (incarnation === undefined) return;
  const current = state.server.incarnation;
  if (incarnation !== current)
    reject(
      'W2',
      'accepted under another incarnation',
      'the log does not hold that incarnation yet, or any more',
      [current ?? 'none'],
      incarnation,
    );
  const right = hasDiverged(state, heard);
  if (diverged !== right)
    reject(
      'W2',
      right ? 'divergence unnoticed' : 'divergence told wrongly',
      'the server judged otherwise whether the client has heard what is not in the log',
      [sayDiverged(right)],
      sayDiverged(diverged === true),
    );
}

function sayDiverged(diverged: boolean): string {
  return diverged ? 'diverged' : 'not diverged';
}

/** A client says what it has heard; absent where the system says no such thing. */
export function requireHeard(heard: HeardOfLog | null, said: HeardOfLog | null | undefined): void {
  if (said === undefined || sayHeard(said) === sayHeard(heard)) return;
  reject('W2', 'heard wrongly', 'a client said otherwise what it has heard of the log', [sayHeard(heard)], sayHeard(said));
}

function sayHeard(heard: HeardOfLog | null): string {
  return heard === null ? 'nothing' : `version ${heard.version}, ${heard.incarnation} last`;
}

/** Data: what the client builds on from now on. An acceptance alone is none. */
export function hearVersion(state: State, name: ClientName, connection: number, version: Version | undefined): State {
  const { incarnation } = connectionOf(state, connection);
  if (incarnation === null || version === undefined) return state;
  const before = clientOf(state, name).heard?.version ?? 0;
  return withClient(state, name, { heard: { incarnation, version: Math.max(before, version) } });
}
