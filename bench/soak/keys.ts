/** The keys of a soak: one that the server knows, tokens by it and by one that it does not know, and tokens that are crafted. */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface Keys {
  readonly keySet: unknown;
  readonly token: (user: string) => Promise<string>;
  /** By the key that the server knows, with these claims beside the others. */
  readonly claiming: (claims: JWTPayload) => Promise<string>;
  /** By a key of that name, which is in no key set. */
  readonly forged: (keyName: string) => Promise<string>;
  /** By a shared secret. */
  readonly shared: (secret: string) => Promise<string>;
}

const algorithm = 'ES256';
/** For whom the tokens are: a provider has other applications too. */
export const audience = 'hoard';

export async function makeKeys(): Promise<Keys> {
  const known = await generateKeyPair(algorithm, { extractable: true });
  const unknown = await generateKeyPair(algorithm);
  const jwk = { ...(await exportJWK(known.publicKey)), kid: 'known', alg: algorithm };
  const sign = (claims: JWTPayload, kid: string, key: typeof known.privateKey): Promise<string> =>
    new SignJWT({ aud: audience, exp: Math.floor(Date.now() / 1_000) + 3_600, ...claims })
      .setProtectedHeader({ alg: algorithm, kid })
      .sign(key);
  return {
    keySet: { keys: [jwk] },
    token: (user) => sign({ sub: user }, 'known', known.privateKey),
    claiming: (claims) => sign({ sub: 'mallory', ...claims }, 'known', known.privateKey),
    forged: (keyName) => sign({ sub: 'mallory' }, keyName, unknown.privateKey),
    shared: (secret) =>
      new SignJWT({ sub: 'mallory', aud: audience })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(secret)),
  };
}
