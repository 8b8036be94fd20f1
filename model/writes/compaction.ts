/** A snapshot in the place of the log's first entries (W2). It changes nothing of what the log says, so there is only when it may come, and for what it stands. */
import { withServer } from '../change.ts';
import { reject } from '../rejection.ts';
import { type State, versionOf } from '../state.ts';

export function beginCompaction(state: State, version: number): State {
  const { appending, isCompacting } = state.server;
  if (isCompacting || appending?.phase === 'asked')
    return reject(
      'W2',
      'storage asked for two things',
      'storage was asked for a snapshot while it was at something',
      ['one at a time'],
      'a snapshot',
    );
  if (version !== versionOf(state))
    return reject(
      'W2',
      'snapshot of another version',
      'a snapshot was to stand for other entries than the log has',
      [`version ${versionOf(state)}`],
      `version ${version}`,
    );
  return withServer(state, { isCompacting: true });
}

/** Well or not, the log says what it said. */
export function endCompaction(state: State): State {
  if (!state.server.isCompacting)
    return reject('W2', 'snapshot unasked', 'storage has a snapshot that it was not asked for', ['nothing'], 'a snapshot');
  return withServer(state, { isCompacting: false });
}

/** Storage is at a snapshot, and takes nothing else. */
export function requireNoCompaction(state: State): void {
  if (state.server.isCompacting)
    reject('W2', 'storage asked for two things', 'a batch was formed while storage was at a snapshot', ['it waits'], 'a batch');
}
