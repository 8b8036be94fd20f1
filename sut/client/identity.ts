/**
 * Who the client is: the id that its storage holds, or a fresh one for a client that never was. Until storage has
 * answered nothing is known, and whoever needs the id waits.
 */

import { errorText } from '../protocol/error-text.ts';
import type { Logger, Random } from '../runtime/ports.ts';
import { StorageError } from './errors.ts';
import type { ClientStorage, StoredClient } from './storage.ts';
import type { Turns } from './turns.ts';

export interface StoragePorts {
  readonly storage: ClientStorage;
  readonly random: Random;
  readonly logger: Logger;
  readonly turns: Turns;
}

export interface Identity {
  /** Calls back with the client's id, at once where it is known; after a failure the next call tries again. */
  whenKnown(onKnown: (clientId: string) => void, onFailed: (error: Error) => void): void;
  /** Undefined until storage has answered. */
  clientId(): string | undefined;
  /** Takes a fresh id in place of the one there was (K1). */
  renew(): string;
}

type State = { readonly at: 'loading' } | { readonly at: 'known'; readonly clientId: string } | { readonly at: 'failed' };
interface Waiting {
  readonly onKnown: (clientId: string) => void;
  readonly onFailed: (error: Error) => void;
}

/** `onLoaded` is called before anybody who waits. */
export function createIdentity({ storage, random, logger, turns }: StoragePorts, onLoaded: (stored: StoredClient) => void): Identity {
  let state: State = { at: 'loading' };
  let waiting: readonly Waiting[] = [];

  async function loadOrBegin(): Promise<StoredClient> {
    const stored = await storage.load();
    if (stored !== undefined) return stored;
    const clientId = random.uuid();
    await storage.identify(clientId);
    return { clientId, outbox: [], nextSequence: 1, cache: [] };
  }

  function load(): void {
    state = { at: 'loading' };
    loadOrBegin().then(
      (stored) => turns.run(() => succeed(stored)),
      (error: unknown) => turns.run(() => fail(new StorageError('load', error))),
    );
  }

  function succeed(stored: StoredClient): void {
    state = { at: 'known', clientId: stored.clientId };
    onLoaded(stored);
    for (const { onKnown, onFailed } of takeWaiting()) whenKnown(onKnown, onFailed);
  }

  function fail(error: StorageError): void {
    state = { at: 'failed' };
    logger.error(`${errorText(error)}`);
    for (const { onFailed } of takeWaiting()) onFailed(error);
  }

  function takeWaiting(): readonly Waiting[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  function whenKnown(onKnown: (clientId: string) => void, onFailed: (error: Error) => void): void {
    if (state.at === 'known') {
      onKnown(state.clientId);
      return;
    }
    waiting = [...waiting, { onKnown, onFailed }];
    if (state.at === 'failed') load();
  }

  load();
  return {
    whenKnown,
    clientId: () => (state.at === 'known' ? state.clientId : undefined),
    renew: () => {
      const clientId = random.uuid();
      state = { at: 'known', clientId };
      return clientId;
    },
  };
}
