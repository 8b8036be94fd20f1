/**
 * The `like` pattern (`%` any run, `_` any one code unit), matched piece by piece between the `%` signs. No regular
 * expression is built, so no pattern can make a match take longer than the text is long, for each 32 units of the pattern.
 */

import { compilePiece, standsAt } from './find-piece.ts';
import { noAccount, type Work } from './work.ts';

const anyRun = '%';

/** A test for whole texts. Taking each inner piece at its first place leaves the most room for the rest, so no backtracking is needed. */
export function compileLike(pattern: string, work: Work = noAccount()): (text: string) => boolean {
  const pieces = pattern.split(anyRun);
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return (text) => text.length === first.length && standsAt(first, text, 0, work);
  const last = pieces[pieces.length - 1] ?? '';
  // Between two signs in a row there is nothing to look for.
  const inner = pieces
    .slice(1, -1)
    .filter((piece) => piece !== '')
    .map((piece) => ({ length: piece.length, find: compilePiece(piece, work) }));
  return (text) => {
    if (!standsAt(first, text, 0, work)) return false;
    let position = first.length;
    for (const { length, find } of inner) {
      const start = find(text, position);
      if (start < 0) return false;
      position = start + length;
    }
    return text.length - last.length >= position && standsAt(last, text, text.length - last.length, work);
  };
}
