/**
 * The `like` pattern (`%` any run, `_` any one code unit), matched piece by piece between the `%` signs. No regular
 * expression is built, so no pattern can make a match take longer than text length times pattern length.
 */

import { noAccount, type Work } from './work.ts';

const anyRun = '%';
const anyUnit = '_';

/** Whether `piece` stands in `text` exactly at `start`. */
function standsAt(piece: string, text: string, start: number, work: Work): boolean {
  if (start < 0 || start + piece.length > text.length) return false;
  for (let index = 0; index < piece.length; index += 1) {
    work.comparisons += 1;
    const expected = piece[index];
    if (expected !== anyUnit && expected !== text[start + index]) return false;
  }
  return true;
}

/** The first place at or after `from` where `piece` stands, -1 without one. */
function find(piece: string, text: string, from: number, work: Work): number {
  if (!piece.includes(anyUnit)) {
    const found = text.indexOf(piece, from);
    work.comparisons += (found < 0 ? text.length : found + piece.length) - from;
    return found;
  }
  for (let start = from; start + piece.length <= text.length; start += 1) {
    if (standsAt(piece, text, start, work)) return start;
  }
  return -1;
}

/** A test for whole texts. Taking each inner piece at its first place leaves the most room for the rest, so no backtracking is needed. */
export function compileLike(pattern: string, work: Work = noAccount()): (text: string) => boolean {
  const pieces = pattern.split(anyRun);
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return (text) => text.length === first.length && standsAt(first, text, 0, work);
  const last = pieces[pieces.length - 1] ?? '';
  // Between two signs in a row there is nothing to look for.
  const inner = pieces.slice(1, -1).filter((piece) => piece !== '');
  return (text) => {
    if (!standsAt(first, text, 0, work)) return false;
    let position = first.length;
    for (const piece of inner) {
      const start = find(piece, text, position, work);
      if (start < 0) return false;
      position = start + piece.length;
    }
    return text.length - last.length >= position && standsAt(last, text, text.length - last.length, work);
  };
}
