/**
 * Forges tokens, each flaw for real: the bytes are what an attacker or a misconfigured issuer would send, not a mark that
 * a verifier could look for.
 */
import { base64url, exportSPKI, FlattenedSign, importJWK, type JWTPayload } from 'jose';
import type { Token } from '../../model/actions.ts';
import {
  type Authentication,
  importKey,
  type KeyPairAlgorithm,
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
export async function forge(issuer: Issuer, token: Token): Promise<string> {
  const payload = payloadOf(token, issuer.claimsPath);
  const header = headerOf(issuer, token);
  switch (token.flaw) {
    case 'none':
      return sign(header, payload, await rightKey(issuer, token));
    case 'undecodable':
      return `undecodable-${token.label}`;
    case 'wrongSignature':
      return sign(header, payload, await wrongKey(issuer));
    case 'wrongAlgorithm': {
      const { algorithm, key } = await otherAlgorithm(issuer, token);
      return sign({ ...header, alg: algorithm }, payload, key);
    }
    case 'missingAlgorithm':
      return signWithoutAlgorithm(header, payload, await rightKey(issuer, token));
    case 'noneAlgorithm':
      return `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`;
    case 'keyConfusion': {
      const { algorithm, key } = await confusedKey(issuer, token);
      return sign({ ...header, alg: algorithm }, payload, key);
    }
    case 'tampered':
      return tamper(await sign(header, { ...payload, jti: `${token.label} before` }, await rightKey(issuer, token)), payload);
    case 'wrongClaimsPath':
      return sign(header, payloadOf(token, elsewhere(issuer.claimsPath)), await rightKey(issuer, token));
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

async function sign(header: Header, payload: JWTPayload, key: SigningKey): Promise<string> {
  const jws = await new FlattenedSign(secretBytes(JSON.stringify(payload))).setProtectedHeader({ ...header }).sign(key);
  return `${jws.protected}.${jws.payload}.${jws.signature}`;
}

/** The signature is right for what is signed; the algorithm is told where a compact token has no room for it. */
async function signWithoutAlgorithm(header: Header, payload: JWTPayload, key: SigningKey): Promise<string> {
  const { alg, ...rest } = header;
  const signer = new FlattenedSign(secretBytes(JSON.stringify(payload))).setProtectedHeader({ ...rest });
  const jws = await signer.setUnprotectedHeader(alg === undefined ? {} : { alg }).sign(key);
  return `${jws.protected}.${jws.payload}.${jws.signature}`;
}

/** Another payload under the old signature. */
function tamper(bytes: string, payload: JWTPayload): string {
  const [header, , signature] = bytes.split('.');
  return `${header}.${encode(payload)}.${signature}`;
}

function encode(part: Header | JWTPayload): string {
  return base64url.encode(JSON.stringify(part));
}

async function rightKey({ authentication }: Issuer, token: Token): Promise<SigningKey> {
  return authentication === 'HS256' ? secretBytes(secret) : importKey(signingJwk(authentication, token.key), authentication);
}

async function wrongKey({ authentication }: Issuer): Promise<SigningKey> {
  return authentication === 'HS256' ? secretBytes(wrongSecret) : importKey(wrongJwk(authentication), authentication);
}

interface AlgorithmAndKey {
  readonly algorithm: string;
  readonly key: SigningKey;
}

async function byKeyPair(algorithm: KeyPairAlgorithm): Promise<AlgorithmAndKey> {
  return { algorithm, key: await importKey(wrongJwk(algorithm), algorithm) };
}

/** The right key under an algorithm that nobody agreed on, or an agreed algorithm under the name of a key of another kind. */
async function otherAlgorithm({ authentication }: Issuer, token: Token): Promise<AlgorithmAndKey> {
  switch (authentication) {
    case 'HS256':
      return { algorithm: 'HS512', key: secretBytes(secret) };
    case 'RS256':
      return { algorithm: 'RS512', key: await importKey(signingJwk('RS256', token.key), 'RS512') };
    case 'ES256':
      return byKeyPair('RS256');
    case 'EdDSA':
      return byKeyPair('ES256');
  }
}

/** The classic: the published key taken for a shared secret; with a shared secret, a signature where a MAC is due. */
async function confusedKey({ authentication }: Issuer, token: Token): Promise<AlgorithmAndKey> {
  if (authentication === 'HS256') return byKeyPair('RS256');
  const published = await importJWK(publicJwk(authentication, token.key), authentication, { extractable: true });
  if (published instanceof Uint8Array) throw new RangeError(`${token.key} is no key pair`);
  return { algorithm: 'HS256', key: secretBytes(await exportSPKI(published)) };
}
