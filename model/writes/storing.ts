/** What a client's storage says of a write: that it holds it, or that it failed to keep it (W1, K1, K2). */
import { clientOf, settle, withClient } from '../change.ts';
import type { ClientState } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';
import type { Write } from './changes.ts';

/** Storage holds the write: from now on it may be sent, and its promise resolves. Stored in order, each once. */
export function writeStored(state: State, name: ClientName, epoch: number, sequence: number): State {
  const client = clientOf(state, name);
  if (epoch !== client.epoch) return keepDiscarded(state, name, epoch, sequence);
  const next = client.writes.find((candidate) => !candidate.stored);
  if (next === undefined || next.sequence !== sequence)
    return reject(
      'W1',
      'stored out of order',
      `${name} stored write ${sequence}`,
      [`write ${next?.sequence ?? 'none'}`],
      `write ${sequence}`,
    );
  const stored = withClient(state, name, { writes: markStored(client.writes, next) });
  return settle(stored, name, promiseOf(client, next), null);
}

/** It was under way when `clear()` came: what a crash would bring back then holds it (K1, K2). */
function keepDiscarded(state: State, name: ClientName, epoch: number, sequence: number): State {
  const clears = clientOf(state, name).clears.map((clear) => {
    const { writes } = clear.before;
    const kept = writes.find((write) => write.epoch === epoch && write.sequence === sequence);
    return clear.before.epoch === epoch && kept !== undefined
      ? { ...clear, before: { ...clear.before, writes: markStored(writes, kept) } }
      : clear;
  });
  return withClient(state, name, { clears });
}

function markStored(writes: readonly Write[], { key }: Write): readonly Write[] {
  return writes.map((candidate) => (candidate.key === key ? { ...candidate, stored: true } : candidate));
}

/** The promise that waits for storage to keep the write. */
export function promiseOf(client: ClientState, { key }: Write): string | null {
  return Object.keys(client.promises).find((promise) => client.promises[promise]?.write === key) ?? null;
}

/** Storage failed: that write and all that are not kept yet never were (W1, K3). */
export function writeNotStored(state: State, name: ClientName, epoch: number, sequence: number): State {
  const client = clientOf(state, name);
  if (epoch !== client.epoch) return state;
  const next = client.writes.find((candidate) => !candidate.stored);
  if (next?.sequence !== sequence)
    return reject(
      'W1',
      'failed out of order',
      `${name} failed to store write ${sequence}`,
      [`write ${next?.sequence ?? 'none'}`],
      `${sequence}`,
    );
  const lost = client.writes.filter((candidate) => !candidate.stored);
  const settled = lost.reduce((before, write) => settle(before, name, promiseOf(client, write), 'StorageError'), state);
  const forgotten = withClient(settled, name, { writes: client.writes.filter((candidate) => candidate.stored) });
  return reconsider(forgotten, name);
}
