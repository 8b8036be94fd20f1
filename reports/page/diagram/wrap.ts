/** Breaks a text into lines of at most so many characters, between words where it can: the height of a row must be known beforehand. */

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;

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

/** Characters of East Asia and pictures take two columns. */
export function columnsOf(text: string): number {
  return [...text].length + (text.match(wide)?.length ?? 0);
}

function pieces(word: string, mostColumns: number): readonly string[] {
  if (columnsOf(word) <= mostColumns) return [word];
  const characters = [...word];
  const size = Math.max(1, Math.floor(mostColumns / 2));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}
