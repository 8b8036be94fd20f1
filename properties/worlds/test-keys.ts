/**
 * The keys that sign the tokens of runs, from `test-keys.json`. Key names (`key-1`, `key-2`, …; `key-0` is the one before) never run out: the two
 * keys of an algorithm take turns, and a server that goes by the name cannot tell that an old one came back.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import keys from './test-keys.json' with { type: 'json' };

export type KeyPairAlgorithm = 'RS256' | 'ES256' | 'EdDSA';
export type Authentication = 'HS256' | KeyPairAlgorithm;
/** Bytes where the secret is shared. */
export type SigningKey = KeyObject | Uint8Array;

const secretName = 'secret';
export const secret: string = keys.secret;
export const wrongSecret: string = keys.wrongSecret;

export function keyName(authentication: Authentication, generation: number): string {
  return authentication === 'HS256' ? secretName : `key-${generation}`;
}

/** Throws a RangeError for a name that no key has. */
export function signingJwk(algorithm: KeyPairAlgorithm, name: string): JWK {
  const generation = Number(/^key-(0|[1-9]\d*)$/.exec(name)?.[1]);
  const { signing } = keys[algorithm];
  const jwk = signing[(generation + signing.length - 1) % signing.length];
  if (jwk === undefined) throw new RangeError(`no ${algorithm} key named ${name}`);
  return jwk;
}

export function wrongJwk(algorithm: KeyPairAlgorithm): JWK {
  return keys[algorithm].wrong;
}

/** What may be published of a key pair. */
export function publicJwk(algorithm: KeyPairAlgorithm, name: string): JWK {
  const { kty, crv, n, e, x, y } = signingJwk(algorithm, name);
  const parts = Object.entries({ kty, crv, n, e, x, y }).filter(([, part]) => part !== undefined);
  return { ...Object.fromEntries(parts), kid: name, alg: algorithm, use: 'sig' };
}

const imported = new WeakMap<JWK, KeyObject>();

/** The key, ready to sign; imported once in a process. */
export function privateKey(jwk: JWK): KeyObject {
  const key = imported.get(jwk) ?? createPrivateKey({ key: jwk, format: 'jwk' });
  imported.set(jwk, key);
  return key;
}

export function secretBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
