/** The keys of a soak: one that the server knows, and tokens by it and by one that it does not know. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface Keys {
  readonly keySet: unknown;
  readonly token: (user: string) => Promise<string>;
  /** By a key of that name, which is in no key set. */
  readonly forged: (keyName: string) => Promise<string>;
}

const algorithm = 'ES256';

export async function makeKeys(): Promise<Keys> {
  const known = await generateKeyPair(algorithm, { extractable: true });
  const unknown = await generateKeyPair(algorithm);
  const jwk = { ...(await exportJWK(known.publicKey)), kid: 'known', alg: algorithm };
  const sign = (user: string, kid: string, key: typeof known.privateKey): Promise<string> =>
    new SignJWT({ sub: user }).setProtectedHeader({ alg: algorithm, kid }).setExpirationTime('1h').sign(key);
  return {
    keySet: { keys: [jwk] },
    token: (user) => sign(user, 'known', known.privateKey),
    forged: (keyName) => sign('mallory', keyName, unknown.privateKey),
  };
}
