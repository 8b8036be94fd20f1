/** Text for HTML: scripts may hold any string, so nothing of it may act as markup, vanish, or turn the text around it. */

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Controls, separators that break lines unseen, marks that reorder what stands beside them, and halves of characters. */
const unseen = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

/** Safe as text and as a quoted attribute. What cannot be seen stands as `\u2028`, which JSON and TypeScript read as the same. */
export function escapeHtml(text: string): string {
  return text.replaceAll(unseen, sayUnseen).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character);
}

function sayUnseen(character: string): string {
  if (character === '\n' || character === '\t') return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** ` name="value"` for each that has a value. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeHtml(String(value))}"`]))
    .join('');
}

/** Names of code stand between backticks in the specification. */
export function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/gu, '<code>$1</code>');
}
