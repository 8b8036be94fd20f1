/**
 * Whose a client id is (W6): it follows from a secret, so that whoever reads it in a row cannot speak under it. Pure
 * JavaScript for the reasons that `schema/hash.ts` gives.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** An id has 128 bits: enough that no two secrets share one. */
const idBytes = 16;

/** The first 128 bits of the secret's SHA-256, as 32 lower-case hexadecimal digits. */
export function clientIdOf(secret: string): string {
  return bytesToHex(sha256(utf8ToBytes(secret)).subarray(0, idBytes));
}
