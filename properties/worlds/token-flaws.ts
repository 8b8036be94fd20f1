/**
 * Forges tokens, each flaw for real: the bytes are what an attacker or a misconfigured issuer would send, not a mark that
 * a verifier could look for.
 */
import { createPublicKey } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Token } from '../../model/actions.ts';
import { encode, type SigningAlgorithm, signed } from './signing.ts';
import {
  type Authentication,
  type KeyPairAlgorithm,
  privateKey,
  publicJwk,
  type SigningKey,
  secret,
  secretBytes,
  signingJwk,
  wrongJwk,
  wrongSecret,
} from './test-keys.ts';

export interface Issuer {
  readonly authentication: Authentication;
  /** Dotted; null: the claims are the payload itself. */
  readonly claimsPath: string | null;
}

type Header = Readonly<Record<string, string>>;

/** The bytes of a token, right or flawed. Throws a RangeError for `wrongClaimsPath` where there is no claims path to miss. */
export function forge(issuer: Issuer, token: Token): string {
  const payload = payloadOf(token, issuer.claimsPath);
  const header = headerOf(issuer, token);
  const { authentication } = issuer;
  switch (token.flaw) {
    case 'none':
      return signed(header, payload, authentication, rightKey(issuer, token));
    case 'undecodable':
      return `undecodable-${token.label}`;
    case 'wrongSignature':
    // The name of its key is the token's own (`key`).
    case 'forgedKeyName':
      return signed(header, payload, authentication, wrongKey(issuer));
    case 'wrongAlgorithm': {
      const { algorithm, key } = otherAlgorithm(issuer, token);
      return signed({ ...header, alg: algorithm }, payload, algorithm, key);
    }
    case 'missingAlgorithm': {
      const { alg: _alg, ...rest } = header;
      return signed(rest, payload, authentication, rightKey(issuer, token));
    }
    case 'noneAlgorithm':
      return `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`;
    case 'keyConfusion': {
      const { algorithm, key } = confusedKey(issuer, token);
      return signed({ ...header, alg: algorithm }, payload, algorithm, key);
    }
    case 'tampered':
      return tamper(signed(header, { ...payload, jti: `${token.label} before` }, authentication, rightKey(issuer, token)), payload);
    case 'wrongClaimsPath':
      return signed(header, payloadOf(token, elsewhere(issuer.claimsPath)), authentication, rightKey(issuer, token));
  }
}

function elsewhere(claimsPath: string | null): string {
  if (claimsPath === null) throw new RangeError('a token cannot miss the claims path where there is none');
  return `elsewhere.${claimsPath}`;
}

/** `exp` and `nbf` stay at the top, in seconds with a fraction; `jti` makes the bytes of two labels differ. */
function payloadOf(token: Token, claimsPath: string | null): JWTPayload {
  const secret = token.secret === true ? { 'x-triplit-token-type': 'secret' } : {};
  const claims = { sub: token.user, role: token.role, plan: token.plan, ...secret };
  const path = claimsPath === null ? [] : claimsPath.split('.');
  const nested = path.reduceRight<Readonly<Record<string, unknown>>>((inner, key) => ({ [key]: inner }), claims);
  return {
    ...nested,
    jti: token.label,
    ...(token.expiresAtMs === null ? {} : { exp: token.expiresAtMs / 1000 }),
    ...(token.notBeforeMs === null ? {} : { nbf: token.notBeforeMs / 1000 }),
  };
}

/** A shared secret has no name. */
function headerOf(issuer: Issuer, token: Token): Header {
  const header = { alg: issuer.authentication, typ: 'JWT' };
  return issuer.authentication === 'HS256' ? header : { ...header, kid: token.key };
}

/** Another payload under the old signature. */
function tamper(bytes: string, payload: JWTPayload): string {
  const [header, , signature] = bytes.split('.');
  return `${header}.${encode(payload)}.${signature}`;
}

function rightKey({ authentication }: Issuer, token: Token): SigningKey {
  return authentication === 'HS256' ? secretBytes(secret) : privateKey(signingJwk(authentication, token.key));
}

function wrongKey({ authentication }: Issuer): SigningKey {
  return authentication === 'HS256' ? secretBytes(wrongSecret) : privateKey(wrongJwk(authentication));
}

interface AlgorithmAndKey {
  readonly algorithm: SigningAlgorithm;
  readonly key: SigningKey;
}

function byKeyPair(algorithm: KeyPairAlgorithm): AlgorithmAndKey {
  return { algorithm, key: privateKey(wrongJwk(algorithm)) };
}

/** The right key under an algorithm that nobody agreed on, or an agreed algorithm under the name of a key of another kind. */
function otherAlgorithm({ authentication }: Issuer, token: Token): AlgorithmAndKey {
  switch (authentication) {
    case 'HS256':
      return { algorithm: 'HS512', key: secretBytes(secret) };
    case 'RS256':
      return { algorithm: 'RS512', key: privateKey(signingJwk('RS256', token.key)) };
    case 'ES256':
      return byKeyPair('RS256');
    case 'EdDSA':
      return byKeyPair('ES256');
  }
}

/** The classic: the published key taken for a shared secret; with a shared secret, a signature where a MAC is due. */
function confusedKey({ authentication }: Issuer, token: Token): AlgorithmAndKey {
  if (authentication === 'HS256') return byKeyPair('RS256');
  const published = createPublicKey({ key: publicJwk(authentication, token.key), format: 'jwk' });
  return { algorithm: 'HS256', key: secretBytes(String(published.export({ type: 'spki', format: 'pem' })).trimEnd()) };
}
