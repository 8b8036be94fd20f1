/**
 * Batches of which storage keeps nothing, and says so (W2): one that holds an entry which storage can never take, and one for which there is no
 * space. What is in it joins a later batch, and is judged again there.
 */
import { withServer } from '../change.ts';
import { reject } from '../rejection.ts';
import type { Batch } from '../server-state.ts';
import type { State } from '../state.ts';
import { entriesOf, joinedPushes } from './batch.ts';

/** The error of a write that storage refused. */
export const storageRefused = 'StorageRefusedError';

const firstDelayMs = 1_000;
const mostDelayMs = 60_000;

function askedFor({ server }: State, what: string): Batch {
  const { appending } = server;
  if (appending?.phase === 'asked') return appending;
  return reject('W2', 'refused unasked', 'storage answered for a batch that it was not asked for', ['nothing'], what);
}

/** The pushes in it wait again, in front of the others. */
function dissolve(state: State): State {
  const again = joinedPushes(state).map(({ push }) => push);
  return withServer(state, { appending: null, pushes: [...again, ...state.server.pushes] });
}

/** The write is to be rejected, when it joins again; a push is over by that. */
export function refuseBatch(state: State, index: number): State {
  const refused = entriesOf(askedFor(state, 'a refusal'))[index];
  if (refused === undefined) return reject('W2', 'refused unasked', 'storage refused an entry that is not there', ['nothing'], `${index}`);
  const left = dissolve(state);
  const { server } = left;
  if (refused.what === 'write') {
    const { clientId, sequence, sent } = refused;
    return withServer(left, { refused: [...server.refused, { clientId, sequence, id: sent.id }] });
  }
  const { push } = refused.push;
  return withServer(left, {
    pushes: server.pushes.filter((other) => other.push !== push),
    expectedPushes: { ...server.expectedPushes, [push]: { outcome: 'unstorable' } },
  });
}

/** Storage is left alone for a while, for longer with each time in a row. */
export function findNoSpace(state: State): State {
  askedFor(state, 'no space');
  const { full } = state.server;
  const delayMs = full === null ? firstDelayMs : Math.min(2 * full.delayMs, mostDelayMs);
  return withServer(dissolve(state), { full: { delayMs, dueMs: state.nowMs + delayMs } });
}

/** Until storage is asked again nothing is owed that stands on it. */
export function waitsForSpace({ server, nowMs }: State): boolean {
  return server.full !== null && nowMs < server.full.dueMs;
}

export function isRefusedByStorage({ server }: State, clientId: string, sequence: number, id: string | null): boolean {
  return server.refused.some((write) => write.clientId === clientId && write.sequence === sequence && write.id === id);
}
