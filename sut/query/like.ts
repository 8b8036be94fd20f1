/**
 * The `like` pattern (`%` any run, `_` any one code unit), matched piece by piece between the `%` signs. No regular
 * expression is built, so no pattern can make a match take longer than text length times pattern length.
 */

const anyRun = '%';
const anyUnit = '_';

/** Whether `piece` stands in `text` exactly at `start`. */
function standsAt(piece: string, text: string, start: number): boolean {
  if (start < 0 || start + piece.length > text.length) return false;
  for (let index = 0; index < piece.length; index += 1) {
    const expected = piece[index];
    if (expected !== anyUnit && expected !== text[start + index]) return false;
  }
  return true;
}

/** The first place at or after `from` where `piece` stands, -1 without one. */
function find(piece: string, text: string, from: number): number {
  if (!piece.includes(anyUnit)) return text.indexOf(piece, from);
  for (let start = from; start + piece.length <= text.length; start += 1) {
    if (standsAt(piece, text, start)) return start;
  }
  return -1;
}

/** A test for whole texts. Taking each inner piece at its first place leaves the most room for the rest, so no backtracking is needed. */
export function compileLike(pattern: string): (text: string) => boolean {
  const pieces = pattern.split(anyRun);
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return (text) => text.length === first.length && standsAt(first, text, 0);
  const last = pieces[pieces.length - 1] ?? '';
  const inner = pieces.slice(1, -1);
  return (text) => {
    if (!standsAt(first, text, 0)) return false;
    let position = first.length;
    for (const piece of inner) {
      const start = find(piece, text, position);
      if (start < 0) return false;
      position = start + piece.length;
    }
    return text.length - last.length >= position && standsAt(last, text, text.length - last.length);
  };
}
