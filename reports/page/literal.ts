/** Plain data as it would be written in TypeScript: keys without quotes, single quotes, short things on one line. */
import { namedEntries } from '../../properties/language/words-details.ts';

const lineWidth = 110;

export function literal(value: unknown, indent = ''): string {
  const line = onOneLine(value);
  if (indent.length + line.length <= lineWidth) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => `${deeper}${literal(item, deeper)},\n`);
    return `[\n${items.join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = namedEntries(value).map(([key, held]) => `${deeper}${sayKey(key)}: ${literal(held, deeper)},\n`);
    return `{\n${entries.join('')}${indent}}`;
  }
  return line;
}

function onOneLine(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  const entries = namedEntries(value).map(([key, held]) => `${sayKey(key)}: ${onOneLine(held)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** `__proto__: …` would set the prototype; in brackets it is a key like any other. */
function sayKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^(?:[A-Za-z_$][\w$]*|0|[1-9]\d{0,8})$/u.test(key) ? key : quote(key);
}

const escapes: Readonly<Record<string, string>> = { "'": "\\'", '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What cannot be seen is escaped, and so is what would end a script in a page. */
export function quote(text: string): string {
  const body = text
    .replaceAll(/['\\\n\r\t]/gu, (character) => escapes[character] ?? character)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
      [...Array(character.length).keys()].map((place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`).join(''),
    );
  return `'${body}'`;
}
