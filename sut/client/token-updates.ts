/**
 * Token updates on their way to the server (S3): in order of the calls, each answered once. Those not yet sent wait
 * for an accepted connection; those without an answer when the connection ends are stored instead.
 */
import type { ClientFrame } from '../protocol/frames.ts';
import { NoActiveSessionError, SessionRolesMismatchError, type SyncError, type TokenRefusal, TokenRefusedError } from './errors.ts';

export type UpdateOutcome =
  | { readonly outcome: 'accepted' }
  /** Kept for the next attempt. */
  | { readonly outcome: 'stored' }
  | { readonly outcome: 'failed'; readonly error: SyncError }
  /** The server refused it by closing the connection: what comes next follows from the close. */
  | { readonly outcome: 'refusedByClose'; readonly error: SyncError };

export interface TokenUpdate {
  readonly token: string;
  /** Brought by the refresh handler, not by a call of the user. */
  readonly isHandlers: boolean;
  /** The client's clock called it expired when the handler brought it: the server judges it (S7). */
  readonly isDisputed: boolean;
  readonly settle: (outcome: UpdateOutcome) => void;
}

export interface TokenUpdates {
  isEmpty(): boolean;
  add(update: TokenUpdate): void;
  /** Sends what was not sent yet on this connection. */
  sendWaiting(send: (frame: ClientFrame) => void): void;
  /** Takes out the update that an answer is for; undefined where the server answers what was not asked. */
  take(request: number): TokenUpdate | undefined;
  /** The connection is over: `store` is given the last one, then all resolve; with `mismatch` the oldest sent one rejects instead. */
  storeAll(store: (update: TokenUpdate) => void, mismatch: boolean): void;
  rejectAll(): void;
}

export const refusal = (reason: TokenRefusal): UpdateOutcome => ({ outcome: 'failed', error: new TokenRefusedError(reason) });

export function createTokenUpdates(): TokenUpdates {
  /** The first `sent` of them are sent, under the numbers that end with `lastRequest`. */
  let pending: readonly TokenUpdate[] = [];
  let sent = 0;
  let lastRequest = 0;

  function takeAll(): readonly TokenUpdate[] {
    const all = pending;
    pending = [];
    sent = 0;
    lastRequest = 0;
    return all;
  }

  return {
    isEmpty: () => pending.length === 0,
    add: (update) => {
      pending = [...pending, update];
    },
    sendWaiting: (send) => {
      for (const { token } of pending.slice(sent)) {
        lastRequest += 1;
        sent += 1;
        send({ type: 'updateToken', request: lastRequest, token });
      }
    },
    take: (request) => {
      const [oldest, ...younger] = pending;
      if (oldest === undefined || sent === 0 || request !== lastRequest - sent + 1) return undefined;
      pending = younger;
      sent -= 1;
      return oldest;
    },
    storeAll: (store, mismatch) => {
      const rejects = mismatch && sent > 0;
      const all = takeAll();
      const stored = rejects ? all.slice(1) : all;
      const last = stored.at(-1);
      if (last !== undefined) store(last);
      if (rejects) all[0]?.settle({ outcome: 'refusedByClose', error: new SessionRolesMismatchError() });
      for (const update of stored) update.settle({ outcome: 'stored' });
    },
    rejectAll: () => {
      for (const update of takeAll()) update.settle({ outcome: 'failed', error: new NoActiveSessionError() });
    },
  };
}
