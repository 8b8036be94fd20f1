/** Text for HTML: scripts may hold any string, so nothing of it may act as markup, vanish, or turn the text around it. */
import { visible } from '../explored/visible.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe as text and as a quoted attribute. What cannot be seen stands as `\u2028`, which JSON and TypeScript read as the same. */
export function escapeHtml(text: string): string {
  return visible(text).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character);
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
