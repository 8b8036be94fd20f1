/** The server reads no more of a connection while much of it waits, and then reads on (B5). What it reads is as ever: the link is slow, no more. */
import { connectionOf, withConnection } from '../change.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';

export function pauseReading(state: State, connection: number): State {
  const { client, isPaused, hello } = connectionOf(state, connection);
  if (isPaused || hello === null)
    return reject(
      'B5',
      'paused for nothing',
      `the server reads no more of ${client}, of which nothing can wait`,
      ['it reads on'],
      'a pause',
    );
  return withConnection(state, connection, { isPaused: true });
}

/** Until then it could hear nothing (S9). */
export function resumeReading(state: State, connection: number): State {
  return withConnection(state, connection, { isPaused: false, serverHeardMs: state.nowMs });
}
