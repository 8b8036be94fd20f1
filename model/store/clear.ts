/** `clear`: data, cache and outbox are gone at once, and the client goes on under a fresh id (K1). */
import { clientOf, settle, withClient, withConnection, withPromise, withStatus } from '../change.ts';
import type { ClientState, Kept, Subscription } from '../client-state.ts';
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { startOverIfSteady } from '../session/back-off.ts';
import { beginAttempt, storeUpdates, unfulfilled } from '../session/session.ts';
import type { State } from '../state.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';
import type { Write } from '../writes/changes.ts';
import { promiseOf } from '../writes/storing.ts';
import { heldByStorage, noLag } from './lag.ts';
import { waitForStorage } from './waiting.ts';

export const clear: CommandHandler<Promising> = {
  rule: 'K1',
  take: (state, name, { promise }) => {
    const client = clientOf(state, name);
    if (client.unread !== null) return waitForStorage(state, name, { do: 'clear', promise });
    const epoch = client.epochsBegun + 1;
    const refused = Object.entries(client.promises).filter(([, known]) => known.write !== null && known.outcome === 'open');
    const settled = refused.reduce((before, [key]) => settle(before, name, key, 'WriteDiscardedError'), state);
    const emptied = withClient(settled, name, begunAnew(client, epoch, [], 'clear'));
    const waiting = withPromise(emptied, name, promise, { epoch });
    return reconsider(state.decisions.afterClear(waiting, name), name);
  },
};

/** Another client than before: nothing that it was told counts any more, and of its writes those are left. */
export function begunAnew(
  client: ClientState,
  epoch: number,
  writes: readonly Write[],
  of: ClientState['clears'][number]['of'],
): Partial<ClientState> {
  const before: Kept = heldByStorage(client);
  return {
    epoch,
    epochsBegun: epoch,
    writes,
    fork: null,
    cache: {},
    store: {},
    heard: null,
    lag: noLag,
    discarded: { ...client.discarded, [client.epoch]: client.writes },
    clears: [...client.clears, { of, epoch, before, keeps: writes.map(({ key }) => key), isAgain: false, failed: null }],
    subscriptions: emptySubscriptions(client),
  };
}

function emptySubscriptions(client: ClientState): ClientState['subscriptions'] {
  const emptied = Object.entries(client.subscriptions).map(([name, subscription]): [string, Subscription] => [
    name,
    { ...unfulfilled(subscription), held: null, ignoredWrites: [] },
  ]);
  return Object.fromEntries(emptied);
}

/** A live connection makes room for one with the fresh id (K1). */
export function reconnect(state: State, name: ClientName): State {
  if (clientOf(state, name).connection === null) return state;
  const left = withClient(storeUpdates(startOverIfSteady(state, name), name), name, { connection: null });
  return beginAttempt(left.decisions.asksBeforeAttempt(left, name) ? withStatus(left, name, 'CLOSED') : left, name);
}

/** Storage has done it: there is no way back, and the promise resolves. */
export function finishClear(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  // Those that failed are done with it.
  const failed = client.clears.findIndex((clear) => clear.failed === null);
  const [next, ...later] = failed < 0 ? [] : client.clears.slice(failed);
  if (next?.epoch !== epoch)
    return reject('K1', 'cleared unasked', `the storage of ${name} was cleared`, [`clear ${next?.epoch ?? 'none'}`], `clear ${epoch}`);
  const promise = Object.keys(client.promises).find((key) => client.promises[key]?.epoch === epoch) ?? null;
  const isKept = ({ key }: Write): boolean => next.keeps.includes(key);
  const stored = (writes: readonly Write[]): readonly Write[] =>
    writes.map((write) => (isKept(write) ? { ...write, stored: true } : write));
  const clears = later.map((clear) => ({ ...clear, before: { ...clear.before, writes: stored(clear.before.writes) } }));
  const lag = { ...client.lag, wordBegan: noLag.wordBegan };
  const done = settle(
    withClient(state, name, { clears, lag, isJustCleared: next.isAgain, writes: stored(client.writes) }),
    name,
    promise,
    null,
  );
  return client.writes.filter(isKept).reduce((before, write) => settle(before, name, promiseOf(client, write), null), done);
}

/**
 * Storage failed: it holds what it held. Nothing can be kept before it is done, so what was written since never was; but what goes on
 * from a log that was left, and was kept before, goes on (W2).
 */
export function failClear(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  const clearing = client.clears.find((candidate) => candidate.epoch === epoch && candidate.failed === null);
  if (clearing === undefined)
    return reject('K1', 'cleared unasked', `the storage of ${name} failed to clear itself`, ['nothing'], `clear ${epoch}`);
  const clears = client.clears.map((candidate) => (candidate === clearing ? { ...clearing, failed: { due: false } } : candidate));
  const promise = Object.keys(client.promises).find((key) => client.promises[key]?.epoch === epoch) ?? null;
  const failed = settle(withClient(state, name, { clears }), name, promise, 'StorageError');
  if (epoch !== client.epoch) return failed;
  const isLost = (write: Write): boolean => !write.stored && promiseOf(client, write) !== null;
  const settled = client.writes
    .filter(isLost)
    .reduce((before, write) => settle(before, name, promiseOf(client, write), 'StorageError'), failed);
  const without = withClient(settled, name, { writes: client.writes.filter((write) => !isLost(write)) });
  return reconsider(clearing.of === 'clear' ? without : giveUp(without, name), name);
}

/** Storage is asked again to clear itself (K3): of a log that was left, it is to hold all that waits by now. */
export function clearAgain(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  const last = client.clears.at(-1);
  if (last?.epoch !== epoch || last.failed === null)
    return reject('K3', 'cleared again', `${name} cleared its storage again`, ['nothing'], `clear ${epoch}`);
  const keeps = last.of === 'clear' ? [] : client.writes.map(({ key }) => key);
  return withClient(state, name, { clears: [...client.clears.slice(0, -1), { ...last, keeps, isAgain: true, failed: null }] });
}

/** Accepted: what storage failed to forget it is asked to forget now. */
export function dueClearAgain(state: State, name: ClientName): State {
  const { clears } = clientOf(state, name);
  if (clears.every(({ failed }) => failed === null)) return state;
  return withClient(state, name, { clears: clears.map((clear) => (clear.failed === null ? clear : { ...clear, failed: { due: true } })) });
}

/** The connection is given up for one on which storage is tried again (W1, W2). */
export function giveUp(state: State, name: ClientName): State {
  const { connection } = clientOf(state, name);
  return connection === null ? state : withConnection(state, connection, { mustGiveUp: 'fresh id not kept' });
}
