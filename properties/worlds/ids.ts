/**
 * The chance of a run: ids that follow from its seed and say whose they are, and fractions in a stream of their own. Within a process no two are equal,
 * because each step of the mixing is a bijection of the counter.
 */
import type { Random } from '../../sut/runtime/ports.ts';

export function createRandom(process: string, seed: number, note: (port: string) => void): Random {
  const start = mix(seed ^ hash(process));
  const startOfFractions = mix(start ^ hash('fractions'));
  let drawn = 0;
  let fractionsDrawn = 0;
  const word = (): string => {
    drawn += 1;
    return mix(start + drawn)
      .toString(16)
      .padStart(8, '0');
  };
  return {
    uuid: () => {
      note(`${process} random`);
      return `${process}-${word()}`;
    },
    hex: (bytes) => {
      note(`${process} random`);
      return Array.from({ length: Math.ceil(bytes / 4) }, word)
        .join('')
        .slice(0, 2 * bytes);
    },
    fraction: () => {
      note(`${process} random`);
      fractionsDrawn += 1;
      return mix(startOfFractions + fractionsDrawn) / 2 ** 32;
    },
  };
}

/** Scrambles 32 bits without losing any. */
function mix(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b) >>> 0;
  return (bits ^ (bits >>> 16)) >>> 0;
}

function hash(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) bits = mix(bits + text.charCodeAt(at) + 1);
  return bits;
}
