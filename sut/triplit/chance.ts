/** Seeded chance for code that asks the ambient one: numbers, bytes and UUIDs that follow from a text (mulberry32 over its FNV-1a hash). */

export interface Chance {
  /** From 0 up to, but not including, 1. */
  number(): number;
  fill<Target extends ArrayBufferView>(target: Target): Target;
  uuid(): string;
}

export function createChance(seed: string): Chance {
  let state = hash(seed);
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return (bits ^ (bits >>> 14)) >>> 0;
  };
  const bytes = (view: Uint8Array): void => {
    for (let at = 0; at < view.length; at += 1) view[at] = word() & 0xff;
  };
  return {
    number: () => word() / 0x1_0000_0000,
    fill: (target) => {
      bytes(new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
      return target;
    },
    uuid: () => {
      const view = new Uint8Array(16);
      bytes(view);
      return uuidOf(view);
    },
  };
}

/** Version 4, variant 1 (RFC 9562). */
function uuidOf(view: Uint8Array): string {
  const digits = [...view].map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte));
  const text = digits.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (const character of text) bits = Math.imul(bits ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return bits >>> 0;
}
