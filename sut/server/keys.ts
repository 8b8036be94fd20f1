/**
 * The keys that tokens are verified with: one shared secret, or the public keys of a JSON Web Key Set (RFC 7517). The
 * kind of key decides the algorithm, so that a public key is never taken for a secret (S11).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { JSONWebKeySet, JWK } from 'jose';
import type { Algorithm, VerificationKey } from './signature.ts';

/** Where keys come from. */
export type KeySource =
  | { readonly kind: 'secret'; readonly secret: string }
  /** `fetch` brings a JSON Web Key Set, or what passes for one; when it is called says S11. */
  | { readonly kind: 'keySet'; readonly fetch: () => Promise<unknown> };

const encoder = new TextEncoder();

export function secretKey(secret: string): VerificationKey {
  const material = encoder.encode(secret);
  // What identifies a key is remembered with tokens, where a secret has no place.
  return { algorithm: 'HS256', identity: JSON.stringify(['HS256', bytesToHex(sha256(material))]), material };
}

/** The algorithm that fits the key, and its public part: a private key published by mistake serves as a public one. */
function publicPart({ kty, crv, n, e, x, y }: JWK): readonly [Algorithm, JWK] | undefined {
  if (kty === 'RSA' && n !== undefined && e !== undefined) return ['RS256', { kty, n, e }];
  if (kty === 'EC' && crv === 'P-256' && x !== undefined && y !== undefined) return ['ES256', { kty, crv, x, y }];
  if (kty === 'OKP' && crv === 'Ed25519' && x !== undefined) return ['EdDSA', { kty, crv, x }];
  return undefined;
}

/** Undefined for a key that is not for signatures, or of a kind or algorithm that is not supported. */
export function publicKey(jwk: JWK): VerificationKey | undefined {
  const part = publicPart(jwk);
  if (part === undefined) return undefined;
  const [algorithm, material] = part;
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return undefined;
  if (jwk.use !== undefined && jwk.use !== 'sig') return undefined;
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify'))) return undefined;
  return { algorithm, identity: JSON.stringify([algorithm, material]), material };
}

/** Public keys by the name (`kid`) that tokens call them; of two with the same name the first usable one counts. */
export type HeldKeys = ReadonlyMap<string, VerificationKey>;

export function keysOf(set: JSONWebKeySet): HeldKeys {
  const held = new Map<string, VerificationKey>();
  for (const jwk of set.keys) {
    const key = publicKey(jwk);
    if (jwk.kid !== undefined && key !== undefined && !held.has(jwk.kid)) held.set(jwk.kid, key);
  }
  return held;
}

export function isKeySet(value: unknown): value is JSONWebKeySet {
  if (typeof value !== 'object' || value === null || !('keys' in value) || !Array.isArray(value.keys)) return false;
  return value.keys.every((key: unknown) => typeof key === 'object' && key !== null);
}
