/** Faults in words. */

/** The name of a fault, as a sentence. */
export function sentenceOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}.`;
}
