/** Keys: one letter for the kind, then what tells one of them from another. LMDB orders them byte by byte, so that numbers come in their order. */

const numberBytes = 8;
const hashBytes = 32;

export function plainKey(letter: string): Buffer {
  return Buffer.from(letter);
}

/** With a whole number, most significant byte first. */
export function numberedKey(letter: string, number: number): Buffer {
  const key = Buffer.alloc(1 + numberBytes);
  key.write(letter);
  key.writeBigUInt64BE(BigInt(number), 1);
  return key;
}

export function numberOf(key: Buffer): number {
  return Number(key.readBigUInt64BE(1));
}

export function hashedKey(letter: string, hash: Uint8Array): Buffer {
  return Buffer.concat([plainKey(letter), hash]);
}

/** All keys of that letter. */
export function rangeOf(letter: string): { readonly start: Buffer; readonly end: Buffer } {
  return { start: plainKey(letter), end: Buffer.from([letter.charCodeAt(0) + 1]) };
}

/** One of several things of one that is known by its hash. */
export function hashedAndNumberedKey(letter: string, hash: Uint8Array, number: number): Buffer {
  return Buffer.concat([hashedKey(letter, hash), numberedKey(letter, number).subarray(1)]);
}

/** The hash in a key that has one. */
export function hashOf(key: Buffer): Buffer {
  return key.subarray(1, 1 + hashBytes);
}
