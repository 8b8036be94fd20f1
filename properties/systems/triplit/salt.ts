/** Thirty-two bits that follow from the text of a script alone: what is decided for a script in passing is drawn from them. */
import type { Script } from '../../scripts/script.ts';

export function saltOf(script: Script): number {
  return saltedBy(0x811c9dc5, JSON.stringify(script));
}

/** FNV-1a over the text, mixed once more so that each bit depends on all of it. */
export function saltedBy(salt: number, text: string): number {
  let bits = salt;
  for (const character of text) bits = Math.imul(bits ^ (character.codePointAt(0) ?? 0), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  return (bits ^ (bits >>> 13)) >>> 0;
}
