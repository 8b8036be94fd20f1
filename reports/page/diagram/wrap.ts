/** Breaks a text into lines of at most so many columns, between words where it can: the height of a row must be known beforehand. */
import { columnsOf } from '../../terminal/columns.ts';
import { wrap as wrapAtSpaces } from '../../terminal/text.ts';

export function wrap(text: string, mostColumns: number): readonly string[] {
  const words = text.split(/\s+/u).filter((found) => found !== '');
  return wrapAtSpaces(words.flatMap((word) => pieces(word, mostColumns)).join(' '), mostColumns);
}

function pieces(word: string, mostColumns: number): readonly string[] {
  if (columnsOf(word) <= mostColumns) return [word];
  const characters = [...word];
  const size = Math.max(1, Math.floor(mostColumns / 2));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}
