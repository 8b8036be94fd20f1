/**
 * Signs tokens (RFC 7515) at once. Web Crypto sends each signature through a pool of threads, and a campaign signs tens of
 * thousands of them: the trips alone were a tenth of its time.
 */
import { createHmac, sign as signBy } from 'node:crypto';
import type { SigningKey } from './test-keys.ts';

export type SigningAlgorithm = 'HS256' | 'HS512' | 'RS256' | 'RS512' | 'ES256' | 'EdDSA';

/** The three parts of a compact token. `protectedHeader` may say another algorithm than the one that signs. */
export function signed(protectedHeader: object, payload: object, algorithm: SigningAlgorithm, key: SigningKey): string {
  const signedPart = `${encode(protectedHeader)}.${encode(payload)}`;
  return `${signedPart}.${signatureOf(signedPart, algorithm, key).toString('base64url')}`;
}

export function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signatureOf(text: string, algorithm: SigningAlgorithm, key: SigningKey): Buffer {
  const bytes = Buffer.from(text);
  if (key instanceof Uint8Array)
    return createHmac(algorithm === 'HS512' ? 'sha512' : 'sha256', key)
      .update(bytes)
      .digest();
  switch (algorithm) {
    case 'RS256':
      return signBy('sha256', bytes, key);
    case 'RS512':
      return signBy('sha512', bytes, key);
    case 'ES256':
      return signBy('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
    case 'EdDSA':
      return signBy(null, bytes, key);
    case 'HS256':
    case 'HS512':
      throw new RangeError(`${algorithm} wants bytes that both sides share`);
  }
}
