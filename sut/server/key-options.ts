/** The ways in which a user of the server may say where keys come from, brought to one. */
import { fetchJson } from '../runtime/http-json.ts';
import { isKeySet } from './keys.ts';
import type { KeySource } from './tokens.ts';

/** Exactly one of them. */
export interface KeyOptions {
  /** The shared secret of HS256 tokens. */
  readonly jwtSecret?: string | undefined;
  /** A JSON Web Key Set for RS256, ES256 and EdDSA tokens: its URL, or a function that fetches it. */
  readonly jwks?: string | URL | (() => Promise<unknown>) | undefined;
  readonly keys?: KeySource | undefined;
}

function keySetSource(jwks: NonNullable<KeyOptions['jwks']>): KeySource {
  const fetchAny = typeof jwks === 'function' ? jwks : fetchJson(new URL(jwks));
  return {
    kind: 'keySet',
    fetch: async () => {
      const set = await fetchAny();
      if (!isKeySet(set)) throw new Error('What was fetched is no key set.');
      return set;
    },
  };
}

/** Throws where there is none or more than one, and for an empty secret. */
export function keySourceOf({ jwtSecret, jwks, keys }: KeyOptions): KeySource {
  const sources: readonly KeySource[] = [
    ...(jwtSecret === undefined ? [] : [{ kind: 'secret', secret: jwtSecret } as const]),
    ...(jwks === undefined ? [] : [keySetSource(jwks)]),
    ...(keys === undefined ? [] : [keys]),
  ];
  const [source] = sources;
  if (source === undefined || sources.length > 1) throw new Error('A server needs exactly one of jwtSecret, jwks and keys.');
  if (source.kind === 'secret' && source.secret === '') throw new Error('jwtSecret is empty.');
  return source;
}
