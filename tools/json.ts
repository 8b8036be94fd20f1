/** Reads JSON with line and column in the complaint, found by a small scanner of our own: the engines of Node 20, 22 and 24 word the place differently or not at all. */
import { UsageError } from './usage-error.ts';

/** Throws UsageError; `path` is for the message. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path}: no valid JSON at ${sayPosition(text, firstError(text))}`);
  }
}

function sayPosition(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const space = /[ \t\n\r]*/y;
const scalar = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

/** The index of the first character that no JSON text could have there; the length of a text that only ends too early. */
export function firstError(text: string): number {
  const open: ('}' | ']')[] = [];
  let expecting: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' = 'value';
  let at = skip(space, text, 0);
  while (at < text.length) {
    const character = text[at];
    const closing = open.at(-1);
    if (expecting === 'commaOrEnd' && closing === undefined) return at;
    if (character === closing && ['commaOrEnd', 'keyOrEnd', 'valueOrEnd'].includes(expecting)) {
      open.pop();
      expecting = 'commaOrEnd';
      at += 1;
    } else if (expecting === 'commaOrEnd' && character === ',') {
      expecting = closing === '}' ? 'key' : 'value';
      at += 1;
    } else if (expecting === 'colon' && character === ':') {
      expecting = 'value';
      at += 1;
    } else if ((expecting === 'value' || expecting === 'valueOrEnd') && (character === '{' || character === '[')) {
      open.push(character === '{' ? '}' : ']');
      expecting = character === '{' ? 'keyOrEnd' : 'valueOrEnd';
      at += 1;
    } else {
      const isKey: boolean = expecting === 'key' || expecting === 'keyOrEnd';
      const end = skip(scalar, text, at);
      if (end === at || expecting === 'commaOrEnd' || expecting === 'colon' || (isKey && character !== '"')) return at;
      expecting = isKey ? 'colon' : 'commaOrEnd';
      at = end;
    }
    at = skip(space, text, at);
  }
  return text.length;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
