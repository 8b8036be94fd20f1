/** Chance of the platform. Browsers offer `randomUUID` on secure pages only, so there is a way without it. */
import type { Random } from './ports.ts';

const hexadecimal = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A version 4 UUID of 16 random bytes (RFC 9562, section 5.4). */
export function uuidOf(bytes: Uint8Array): string {
  const marked = Uint8Array.from(bytes);
  marked[6] = ((marked[6] ?? 0) & 0x0f) | 0x40;
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80;
  const text = Array.from(marked, hexadecimal).join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20, 32)].join('-');
}

const drawn = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

export const systemRandom: Random = {
  uuid: () => uuidOf(drawn(16)),
  hex: (bytes) => Array.from(drawn(bytes), hexadecimal).join(''),
  fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
};
