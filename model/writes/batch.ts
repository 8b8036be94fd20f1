/**
 * The batch of the server (W2): writes and pushes join it one by one, storage is asked to take it, and when storage holds it what is
 * in it comes about, in order. What joins it is judged then: by the log, and what was before it.
 */
import { boundsOf } from '../bounds/bounds.ts';
import { withServer } from '../change.ts';
import { reject } from '../rejection.ts';
import type { Batch, Joined, KeptEntry } from '../server-state.ts';
import type { State } from '../state.ts';
import { requireNoCompaction } from './compaction.ts';

type JoinedWrite = Extract<Joined, { readonly what: 'write' }>;

export function joinedWrites({ server }: State): readonly JoinedWrite[] {
  return server.appending?.joined.filter((joined) => joined.what === 'write') ?? [];
}

/** Those for whose outcome somebody waits. */
export function joinedPushes({ server }: State): readonly Exclude<Joined, JoinedWrite>[] {
  return server.appending?.joined.filter((joined) => joined.what !== 'write') ?? [];
}

/** A push that is refused makes no entry. */
export function entriesOf({ joined }: Batch): readonly Joined[] {
  return joined.filter(({ what }) => what !== 'refusal');
}

export function join(state: State, joined: Joined): State {
  requireNoCompaction(state);
  const { appending } = state.server;
  if (appending !== null && appending.phase !== 'forming')
    return reject('W2', 'batches overlap', 'an append began while storage had a batch', ['it waits for the next'], sayJoined(joined));
  return withServer(state, { appending: { phase: 'forming', joined: [...(appending?.joined ?? []), joined] } });
}

/** Storage is asked: it hears of exactly what has joined, in that order. */
export function sealBatch(state: State, entries: readonly KeptEntry[]): State {
  requireNoCompaction(state);
  const { appending } = state.server;
  if (appending !== null && appending.phase !== 'forming')
    return reject('W2', 'batches overlap', 'storage was asked for two batches at once', ['one at a time'], sayKept(entries));
  const { full } = state.server;
  if (full !== null && state.nowMs < full.dueMs)
    return reject('W2', 'asked without space', 'storage was asked again too early', [`not before ${full.dueMs} ms`], `${state.nowMs} ms`);
  const joined = appending === null ? [] : entriesOf(appending);
  if (joined.length !== entries.length || !joined.every((each, index) => isOf(each, entries[index])))
    return reject(
      'W2',
      'stored otherwise',
      'storage was asked for other entries than those that began',
      joined.map(sayJoined),
      sayKept(entries),
    );
  const { batchEntriesMax } = boundsOf(state.configuration);
  if (entries.length > batchEntriesMax)
    return reject('W2', 'batch over its bound', 'a batch held too much', [`${batchEntriesMax} entries`], `${entries.length}`);
  return withServer(state, { appending: { phase: 'asked', joined: appending?.joined ?? [] } });
}

export function endBatch(state: State): State {
  const { appending } = state.server;
  if (appending?.phase !== 'asked')
    return reject('W2', 'durable unasked', 'storage holds a batch that it was not asked for', ['nothing'], 'a batch');
  return withServer(state, { appending: { ...appending, phase: 'durable' }, refused: [], full: null });
}

/** What comes about next. Nothing is told of a batch before storage says that it is durable (W2). */
export function takeFirst(state: State): readonly [Joined, State] {
  const { appending } = state.server;
  if (appending?.phase !== 'durable')
    return reject('W2', 'told before it is durable', 'an append took effect before storage had it', ['nothing yet'], 'a commit');
  const [first, ...later] = appending.joined;
  if (first === undefined) return reject('W2', 'told twice', 'all of a batch had come about', ['nothing'], 'a commit');
  return [first, withServer(state, { appending: later.length === 0 ? null : { ...appending, joined: later } })];
}

export function isOf({ what }: Joined, entry: KeptEntry | undefined): boolean {
  return entry !== undefined && (what === 'schema') === (entry.kind === 'schema');
}

function sayJoined(joined: Joined): string {
  return joined.what === 'write' ? `write ${joined.sequence} of ${joined.client}` : 'a schema';
}

export function sayKept(entries: readonly KeptEntry[]): string {
  return entries.map(({ kind }) => kind).join(', ') || 'nothing';
}
