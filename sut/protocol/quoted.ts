/**
 * How messages and logs quote what somebody else said: its beginning alone, and nothing of it that a terminal, a log viewer or a line of a
 * log could take for its own. A name of a million letters, or one that holds a line break, is a lawful name.
 */

/** In code units. */
const quotedMost = 64;

/** Control characters, separators of lines, and what is not seen or turns the direction of writing. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Not cut within a character. */
function beginning(text: string): string {
  const cut = text.slice(0, quotedMost);
  return /[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut;
}

/** In quotation marks; `…` stands for what is left out. */
export function quoted(text: string): string {
  const shown = JSON.stringify(beginning(text)).replace(unsafe, escaped);
  return text.length > quotedMost ? `${shown}…` : shown;
}

/** A name that is plain stands as it is, any other is quoted. */
export function named(name: string): string {
  return /^[\p{L}\p{N}_.:-]{1,64}$/u.test(name) ? name : quoted(name);
}
