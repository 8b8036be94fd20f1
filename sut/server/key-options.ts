/** The ways in which a user of the server may say where keys come from, brought to one. */
import { fetchJson } from '../runtime/http-json.ts';
import type { KeySetLimits } from './key-ring.ts';
import type { KeySource } from './keys.ts';

/** Exactly one of them. */
export interface KeyOptions {
  /** The shared secret of HS256 tokens: 32 bytes of UTF-8 at least (RFC 7518, section 3.2). */
  readonly jwtSecret?: string | undefined;
  /** A JSON Web Key Set for RS256, ES256 and EdDSA tokens: its URL (https, but on loopback), or a function that fetches it. */
  readonly jwks?: string | URL | (() => Promise<unknown>) | undefined;
  readonly keys?: KeySource | undefined;
}

const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whoever can change the key set on its way can sign any token. */
function safeUrl(jwks: string | URL): URL {
  const url = new URL(jwks);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.includes(url.hostname));
  if (!isSafe) throw new Error(`A key set is fetched by https, not from ${url.protocol}//${url.host}.`);
  return url;
}

const secretBytesLeast = 32;

/** `secret` may be anything where the caller is plain JavaScript: `null` would be the text "null" to whoever encodes it. */
function requireSecret(secret: unknown): void {
  if (typeof secret !== 'string') throw new Error('jwtSecret is no text.');
  const bytes = new TextEncoder().encode(secret).length;
  if (bytes < secretBytesLeast)
    throw new Error(`jwtSecret has ${bytes} bytes, and needs ${secretBytesLeast} at least (RFC 7518, section 3.2).`);
}

function keySetSource(jwks: NonNullable<KeyOptions['jwks']>, timeoutMs: number): KeySource {
  const fetch = typeof jwks === 'function' ? jwks : fetchJson(safeUrl(jwks), timeoutMs);
  return { kind: 'keySet', fetch };
}

/** Throws where there is none or more than one, for a secret that is short or no text, and for a URL that is not safe. */
export function keySourceOf({ jwtSecret, jwks, keys }: KeyOptions, { fetchTimeoutMs }: Pick<KeySetLimits, 'fetchTimeoutMs'>): KeySource {
  const sources: readonly KeySource[] = [
    ...(jwtSecret === undefined ? [] : [{ kind: 'secret', secret: jwtSecret } as const]),
    ...(jwks === undefined ? [] : [keySetSource(jwks, fetchTimeoutMs)]),
    ...(keys === undefined ? [] : [keys]),
  ];
  const [source] = sources;
  if (source === undefined || sources.length > 1) throw new Error('A server needs exactly one of jwtSecret, jwks and keys.');
  if (source.kind === 'secret') requireSecret(source.secret);
  return source;
}
