/**
 * Where the keys of tokens are looked up: the one secret, or the key set as it is held. A set is fetched once at a time, however many
 * tokens wait for it, and what comes too late or is no good leaves the last good one in its place (S11).
 */
import type { ProtectedHeaderParameters } from 'jose';
import type { Timers } from '../runtime/ports.ts';
import { beginKeyFetch, type Fetched } from './key-fetch.ts';
import { beginFetch, emptyRing, failFetch, isKept, type KeyRing, type KeySetLimits, standingOf, takeSet } from './key-ring.ts';
import { type KeySource, secretKey } from './keys.ts';
import type { VerificationKey } from './signature.ts';

/** Nothing can be said of a token for want of keys. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

export interface KeyHolder {
  readonly isSecret: boolean;
  /** Undefined where the token names no key that is held, or one that its algorithm does not fit. */
  find(header: ProtectedHeaderParameters): VerificationKey | undefined;
  /** Brings in what may be missing to judge by. Rejects with a KeySetError. */
  prepare(header: ProtectedHeaderParameters): Promise<void>;
  /** No timer is left, and what is still fetched counts as nothing. */
  stop(): void;
}

export interface KeyHolderOptions {
  readonly timers: Timers;
  readonly limits: KeySetLimits;
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly onKeysFetched: (keys: readonly string[]) => void;
}

export function secretHolder(secret: string): KeyHolder {
  const key = secretKey(secret);
  return { isSecret: true, find: ({ alg }) => (alg === key.algorithm ? key : undefined), prepare: () => Promise.resolve(), stop() {} };
}

function keySetHolder(fetch: () => Promise<unknown>, options: KeyHolderOptions): KeyHolder {
  const { timers, limits, complete, onKeysFetched } = options;
  let ring: KeyRing = emptyRing;
  let problem: unknown;
  /** Resolves with whether the fetch under way went well. */
  let underWay: Promise<boolean> | undefined;
  let cancel = (): void => {};

  function conclude(fetched: Fetched): boolean {
    if ('problem' in fetched) {
      problem = fetched.problem;
      ring = failFetch(ring, timers.now());
      return false;
    }
    ring = takeSet(ring, fetched.keys, timers.now());
    onKeysFetched([...fetched.keys.keys()]);
    return true;
  }

  function begin(): Promise<boolean> {
    ring = beginFetch(ring, limits, timers.now());
    return new Promise((resolve) => {
      cancel = beginKeyFetch(fetch, { timers, complete, timeoutMs: limits.fetchTimeoutMs }, (fetched) => {
        underWay = undefined;
        resolve(conclude(fetched));
      });
    });
  }

  const wanting = (): KeySetError => new KeySetError('The key set could not be fetched.', { cause: problem });

  async function awaitSet(kid: string): Promise<void> {
    underWay ??= begin();
    const isGood = await underWay;
    if (!isGood && !isKept(ring, limits, kid, timers.now())) throw wanting();
  }

  return {
    isSecret: false,
    find: ({ kid, alg }) => {
      const key = kid === undefined ? undefined : ring.held?.keys.get(kid);
      return key?.algorithm === alg ? key : undefined;
    },
    prepare: async ({ kid }) => {
      if (kid === undefined) return;
      switch (standingOf(ring, limits, kid, timers.now())) {
        case 'settled':
          return;
        case 'fetch':
          return awaitSet(kid);
        case 'wanting':
          throw wanting();
      }
    },
    stop: () => cancel(),
  };
}

export function createKeyHolder(source: KeySource, options: KeyHolderOptions): KeyHolder {
  return source.kind === 'secret' ? secretHolder(source.secret) : keySetHolder(source.fetch, options);
}
