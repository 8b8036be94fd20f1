/**
 * Writes `test-keys.json`: keys that sign nothing but the tokens of tests. Run once by hand
 * (`node --import tsx properties/worlds/make-test-keys.ts`); the file is kept, so that runs replay with the same keys.
 */
import { writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, generateSecret, type JWK } from 'jose';

async function privateKey(algorithm: string): Promise<JWK> {
  const { privateKey: key } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(key);
}

async function secret(): Promise<string> {
  const key = await generateSecret('HS512', { extractable: true });
  const { k } = await exportJWK(key);
  return k ?? '';
}

/** `signing` are used in turn as keys rotate; `wrong` is never published. */
async function keysOf(algorithm: string) {
  return { signing: [await privateKey(algorithm), await privateKey(algorithm)], wrong: await privateKey(algorithm) };
}

const keys = {
  about: 'Test keys, public on purpose. They protect nothing; never use them elsewhere.',
  secret: await secret(),
  wrongSecret: await secret(),
  RS256: await keysOf('RS256'),
  ES256: await keysOf('ES256'),
  EdDSA: await keysOf('EdDSA'),
};
writeFileSync(new URL('./test-keys.json', import.meta.url), `${JSON.stringify(keys, null, 2)}\n`);
