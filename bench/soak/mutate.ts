/** A frame with a few letters changed, doubled or left out: near enough to the protocol to come far. */
import { randomInt } from 'node:crypto';

const letters = '{}[]":,0129-eE.\\ truefalsn\u0000\ud800é';

export function mutate(text: string): string {
  let mutated = text;
  for (let count = randomInt(4); count > 0; count -= 1) mutated = once(mutated);
  return mutated;
}

function once(text: string): string {
  const at = randomInt(text.length + 1);
  const to = Math.min(text.length, at + randomInt(8));
  switch (randomInt(4)) {
    case 0:
      return text.slice(0, at) + letters.charAt(randomInt(letters.length)) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    default:
      return text.slice(0, at) + letters.charAt(randomInt(letters.length)) + text.slice(at);
  }
}
