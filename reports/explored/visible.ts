/** Text that can be written anywhere and read as it is: what cannot be seen, or would turn the text around it, stands as `\u2028`. */

/** Controls, separators that break lines unseen, marks that reorder what stands beside them, halves of characters, and what is none. */
const unseen = /(?![\n\t])[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;

export function visible(text: string): string {
  return text.replaceAll(unseen, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
