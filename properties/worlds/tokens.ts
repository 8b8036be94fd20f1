/**
 * The mint of a run: makes real tokens from what the model says of them, and plays the issuer whose keys rotate.
 */
import type { Token } from '../../model/actions.ts';
import type { KeySource } from '../../sut/server/keys.ts';
import type { KeySetAnswer } from '../language/key-sets.ts';
import { createKeySetServer } from './key-set-server.ts';
import { keyName, secret } from './test-keys.ts';
import { forge, type Issuer } from './token-flaws.ts';

export type { Authentication } from './test-keys.ts';
export type { Issuer } from './token-flaws.ts';

export interface Mint {
  /**
   * The bytes of the token, with its flaw. The same label gives the same bytes. Throws a RangeError for
   * `wrongClaimsPath` without a claims path: there is nothing to miss.
   */
  mint(token: Token): string;
  /** From now on another key signs; nothing with a shared secret. What the key set holds of it says `serve`. */
  rotate(): void;
  /** How the key set is served from now on; false with a shared secret. */
  serve(answer: KeySetAnswer): boolean;
  /** What was fetched: the names of the keys that can verify; null: it is no key set. */
  keysIn(fetched: unknown): readonly string[] | null;
  /** The name that `Token.key` takes for a token of now. */
  currentKey(): string;
  /** For the server. What is fetched is what is published when the fetch begins. */
  keySource(): KeySource;
}

export function createMint(issuer: Issuer): Mint {
  const { authentication } = issuer;
  const minted = new Map<string, string>();
  let generation = 1;
  const currentKey = (): string => keyName(authentication, generation);

  const keySet = authentication === 'HS256' ? null : createKeySetServer(authentication, () => generation);

  const keySource = (): KeySource => (keySet === null ? { kind: 'secret', secret } : { kind: 'keySet', fetch: keySet.fetch });
  return {
    mint: (token) => {
      const bytes = minted.get(token.label) ?? forgeOnce(issuer, token);
      minted.set(token.label, bytes);
      return bytes;
    },
    rotate: () => {
      generation += 1;
    },
    serve: (answer) => {
      keySet?.serve(answer);
      return keySet !== null;
    },
    keysIn: (fetched) => keySet?.keysIn(fetched) ?? null,
    currentKey,
    keySource,
  };
}

/** Runs are repeated again and again while a failure shrinks, and signatures are their dearest part: they are kept across mints. */
const forged = new Map<string, string>();
const forgedMost = 4096;

function forgeOnce(issuer: Issuer, token: Token): string {
  const key = JSON.stringify([issuer.authentication, issuer.claimsPath, token]);
  const known = forged.get(key);
  if (known !== undefined) return known;
  const bytes = forge(issuer, token);
  forged.set(key, bytes);
  if (forged.size > forgedMost) for (const oldest of [...forged.keys()].slice(0, forgedMost / 4)) forged.delete(oldest);
  return bytes;
}
