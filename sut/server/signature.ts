/**
 * Whether a token was signed by a key (RFC 7515), with the algorithm pinned by the kind of key and never chosen by the
 * token. The answer depends on the token's bytes and the key alone, so it is remembered for the whole process; what the
 * token claims, and until when, is not.
 */
import { compactVerify, type JWK } from 'jose';

export type Algorithm = 'HS256' | 'RS256' | 'ES256' | 'EdDSA';
export interface VerificationKey {
  readonly algorithm: Algorithm;
  /** Equal only for equal keys. */
  readonly identity: string;
  readonly material: Uint8Array | JWK;
}

/** Enough for a busy server, small enough to forget about: with the limit of their length at most 32 MiB. */
const rememberedTokens = 4096;

/** Insertion order is the order of use: what was used longest ago is forgotten first. */
const remembered = new Map<string, boolean>();

function recall(name: string): boolean | undefined {
  const known = remembered.get(name);
  if (known === undefined) return undefined;
  remembered.delete(name);
  remembered.set(name, known);
  return known;
}

function remember(name: string, isValid: boolean): void {
  remembered.set(name, isValid);
  if (remembered.size <= rememberedTokens) return;
  const [oldest] = remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
}

async function check(token: string, key: VerificationKey): Promise<boolean> {
  try {
    await compactVerify(token, key.material, { algorithms: [key.algorithm] });
    return true;
  } catch {
    return false;
  }
}

/** Never throws: whatever is wrong with the token or the key, the signature does not hold. */
export async function isSignedBy(token: string, key: VerificationKey): Promise<boolean> {
  const name = `${key.identity} ${token}`;
  const known = recall(name);
  if (known !== undefined) return known;
  const isValid = await check(token, key);
  remember(name, isValid);
  return isValid;
}
