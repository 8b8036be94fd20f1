/** Breaks a text into lines of at most so many characters, between words where it can: the height of a row must be known beforehand. */
import { columnsOf } from '../../terminal/columns.ts';

export function wrap(text: string, mostColumns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((found) => found !== '')) {
    for (const piece of pieces(word, mostColumns)) {
      const longer = line === '' ? piece : `${line} ${piece}`;
      if (columnsOf(longer) <= mostColumns) {
        line = longer;
        continue;
      }
      lines.push(line);
      line = piece;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function pieces(word: string, mostColumns: number): readonly string[] {
  if (columnsOf(word) <= mostColumns) return [word];
  const characters = [...word];
  const size = Math.max(1, Math.floor(mostColumns / 2));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}
