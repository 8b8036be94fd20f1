/** A reader that falls behind: what waits to be sent to it, when it is spared data, and what it is owed once it has caught up (B6). */
import { boundsOf } from '../bounds/bounds.ts';
import { connectionOf, withConnection } from '../change.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import { type State, versionOf } from '../state.ts';
import type { ServerWord } from './words.ts';

/** The frame waits until its client has heard it. */
export function queueFrame(state: State, connection: number, word: ServerWord, bytes: number | undefined): State {
  if (bytes === undefined) return state;
  const present = connectionOf(state, connection);
  const queue = [...present.queue, bytes];
  const waitingBytes = queue.reduce((sum, each) => sum + each, 0);
  // Before its acceptance nothing can be left out.
  const isOver = present.accepted !== null && waitingBytes > boundsOf(state.configuration).queueBytesMax;
  const behind = present.behind ?? (isOver ? { sinceMs: state.nowMs, isStale: mayLeadOn(state, word) } : null);
  return withConnection(state, connection, { queue, behind });
}

/** Behind it there may be more to say of the latest version, which is left out now. */
function mayLeadOn(state: State, word: ServerWord): boolean {
  if (word.word === 'subscriptionFailed') return word.group !== undefined;
  const isOfCommit = word.word === 'acknowledged' || word.word === 'updated' || word.word === 'progressed';
  return isOfCommit && word.version === versionOf(state);
}

/** Nonsense was never in the queue: the server did not say it. */
export function unqueueFrame(state: State, connection: number, word: ServerWord): State {
  const present = connectionOf(state, connection);
  if (present.queue.length === 0 || word.word === 'nonsense') return state;
  const queue = present.queue.slice(1);
  const left = withConnection(state, connection, { queue });
  return queue.length === 0 && present.behind !== null ? catchUp(left, connection, present.behind.isStale) : left;
}

/** What it was spared cannot be told any more: where something was committed meanwhile, every answer is given again. */
function catchUp(state: State, connection: number, isStale: boolean): State {
  const present = connectionOf(state, connection);
  const isOwed = isStale && present.openAtServer && present.serverClosing === null;
  return withConnection(state, connection, { behind: null, turn: 'due', ...(isOwed && { subscriptions: toAnswerAgain(present) }) });
}

function toAnswerAgain({ subscriptions, left }: ConnectionState): ConnectionState['subscriptions'] {
  const owed = Object.entries(subscriptions).map(([name, served]): [string, ServedSubscription] =>
    served.answered && !left.includes(name) ? [name, { ...served, answered: false, stale: 'B6' }] : [name, served],
  );
  return Object.fromEntries(owed);
}

/** A write or a schema is committed: who is behind is not told of it. */
export function noteCommit(state: State): State {
  return Object.entries(state.connections).reduce(
    (before, [number, { behind }]) =>
      behind === null ? before : withConnection(before, Number(number), { behind: { ...behind, isStale: true } }),
    state,
  );
}

/** It is not sent what a later answer says better. */
export function requireNotBehind({ client, behind }: ConnectionState, what: string): void {
  if (behind !== null) reject('B6', `${what} to a slow reader`, `${client} is behind, and was sent more`, ['nothing'], what);
}

/** It did not drain in time. */
export function isTooSlow(state: State, { behind }: ConnectionState): boolean {
  return behind !== null && state.nowMs - behind.sinceMs >= boundsOf(state.configuration).queueDrainMs;
}
