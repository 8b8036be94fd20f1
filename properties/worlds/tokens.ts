/**
 * The mint of a run: makes real tokens from what the model says of them, and plays the issuer whose keys rotate.
 */
import type { Token } from '../../model/actions.ts';
import type { KeySource } from '../../sut/server/tokens.ts';
import { keyName, publicJwk, secret } from './test-keys.ts';
import { forge, type Issuer } from './token-flaws.ts';

export type { Authentication } from './test-keys.ts';
export type { Issuer } from './token-flaws.ts';

export interface Mint {
  /**
   * The bytes of the token, with its flaw. The same label gives the same bytes. Throws a RangeError for
   * `wrongClaimsPath` without a claims path: there is nothing to miss.
   */
  mint(token: Token): string;
  /** From now on another key signs, and the published key set holds it alone; nothing with a shared secret. */
  rotate(): void;
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

  const keySource = (): KeySource => {
    if (authentication === 'HS256') return { kind: 'secret', secret };
    return { kind: 'keySet', fetch: async () => ({ keys: [publicJwk(authentication, currentKey())] }) };
  };
  return {
    mint: (token) => {
      const bytes = minted.get(token.label) ?? forgeOnce(issuer, token);
      minted.set(token.label, bytes);
      return bytes;
    },
    rotate: () => {
      generation += 1;
    },
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
