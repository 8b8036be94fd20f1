/**
 * Who the client is: the secret that its storage holds, or a fresh one for a client that never was, and the id that
 * follows from it (W6). Until storage has answered nothing is known, and whoever needs the id waits.
 */
import { clientIdOf } from '../protocol/client-id.ts';
import { errorText } from '../protocol/error-text.ts';
import type { Logger, Random } from '../runtime/ports.ts';
import { StorageError } from './errors.ts';
import { underFreshId } from './renumbering.ts';
import type { ClientStorage, StoredClient, StoredClientOfFormat1 } from './storage.ts';
import type { Turns } from './turns.ts';

export interface StoragePorts {
  readonly storage: ClientStorage;
  readonly random: Random;
  readonly logger: Logger;
  readonly turns: Turns;
}

/** The secret stays between client, storage and hello; the id may be seen by everybody. */
export interface Self {
  readonly secret: string;
  readonly clientId: string;
}

export interface Identity {
  /** Calls back with who the client is, at once where it is known; after a failure the next call tries again. */
  whenKnown(onKnown: (self: Self) => void, onFailed: (error: Error) => void): void;
  /** Undefined until storage has answered. */
  self(): Self | undefined;
  /** Somebody who never was, yet to be taken. */
  fresh(): Self;
  /** In place of the one there was (K1, W1). */
  take(self: Self): void;
}

const secretBytes = 32;
const writeIdBytes = 16;

export function freshWriteId(random: Random): string {
  return random.hex(writeIdBytes);
}

function selfOf(secret: string): Self {
  return { secret, clientId: clientIdOf(secret) };
}

type State = { readonly at: 'loading' } | { readonly at: 'known'; readonly self: Self } | { readonly at: 'failed' };
interface Waiting {
  readonly onKnown: (self: Self) => void;
  readonly onFailed: (error: Error) => void;
}

/** `onLoaded` is called before anybody who waits. */
export function createIdentity({ storage, random, logger, turns }: StoragePorts, onLoaded: (stored: StoredClient) => void): Identity {
  let state: State = { at: 'loading' };
  let waiting: readonly Waiting[] = [];

  const fresh = (): Self => selfOf(random.hex(secretBytes));

  async function loadOrBegin(): Promise<StoredClient> {
    const stored = await storage.load();
    if (stored?.format === 2) return stored;
    if (stored !== undefined) return upgrade(stored);
    const { secret } = fresh();
    await storage.identify(secret);
    return { format: 2, secret, outbox: [], nextSequence: 1, cache: [] };
  }

  /** The former id is nobody's secret, so the client goes on as another. A write that was sent and not answered may apply a second time. */
  async function upgrade({ clientId, outbox, cache }: StoredClientOfFormat1): Promise<StoredClient> {
    const self = fresh();
    const named = outbox.map(({ sequence, operations }) => ({ sequence, id: freshWriteId(random), operations }));
    const { writes } = underFreshId(named, clientId, self.clientId);
    await storage.replace(self.secret, writes);
    return { format: 2, secret: self.secret, outbox: writes, nextSequence: writes.length + 1, cache };
  }

  function load(): void {
    state = { at: 'loading' };
    loadOrBegin().then(
      (stored) => turns.run(() => succeed(stored)),
      (error: unknown) => turns.run(() => fail(new StorageError('load', error))),
    );
  }

  function succeed(stored: StoredClient): void {
    state = { at: 'known', self: selfOf(stored.secret) };
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

  function whenKnown(onKnown: (self: Self) => void, onFailed: (error: Error) => void): void {
    if (state.at === 'known') {
      onKnown(state.self);
      return;
    }
    waiting = [...waiting, { onKnown, onFailed }];
    if (state.at === 'failed') load();
  }

  load();
  return {
    whenKnown,
    self: () => (state.at === 'known' ? state.self : undefined),
    fresh,
    take: (self) => {
      state = { at: 'known', self };
    },
  };
}
