/** `clear`: data, cache and outbox are gone at once, and the client goes on under a fresh id (K1). */
import { clientOf, settle, withClient, withPromise, withStatus } from '../change.ts';
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

export const clear: CommandHandler<Promising> = {
  rule: 'K1',
  take: (state, name, { promise }) => {
    const client = clientOf(state, name);
    const epoch = client.epochsBegun + 1;
    const refused = Object.entries(client.promises).filter(([, known]) => known.write !== null && known.outcome === 'open');
    const settled = refused.reduce((before, [key]) => settle(before, name, key, 'WriteDiscardedError'), state);
    const emptied = withClient(settled, name, begunAnew(client, epoch, []));
    const waiting = withPromise(emptied, name, promise, { epoch });
    return reconsider(state.decisions.afterClear(waiting, name), name);
  },
};

/** Another client than before: nothing that it was told counts any more, and of its writes those are left. */
export function begunAnew(client: ClientState, epoch: number, writes: readonly Write[]): Partial<ClientState> {
  const before: Kept = { epoch: client.epoch, writes: client.writes, cache: client.cache, heard: client.heard };
  return {
    epoch,
    epochsBegun: epoch,
    writes,
    fork: null,
    cache: {},
    store: {},
    heard: null,
    discarded: { ...client.discarded, [client.epoch]: client.writes },
    clears: [...client.clears, { epoch, before, keeps: writes.map(({ key }) => key) }],
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
  const [next, ...later] = client.clears;
  if (next?.epoch !== epoch)
    return reject('K1', 'cleared unasked', `the storage of ${name} was cleared`, [`clear ${next?.epoch ?? 'none'}`], `clear ${epoch}`);
  const promise = Object.keys(client.promises).find((key) => client.promises[key]?.epoch === epoch) ?? null;
  const isKept = ({ key }: Write): boolean => next.keeps.includes(key);
  const stored = (writes: readonly Write[]): readonly Write[] =>
    writes.map((write) => (isKept(write) ? { ...write, stored: true } : write));
  const clears = later.map((clear) => ({ ...clear, before: { ...clear.before, writes: stored(clear.before.writes) } }));
  const done = settle(withClient(state, name, { clears, writes: stored(client.writes) }), name, promise, null);
  return client.writes.filter(isKept).reduce((before, write) => settle(before, name, promiseOf(client, write), null), done);
}
