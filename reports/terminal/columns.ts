/**
 * How many columns a text takes in a terminal: characters of East Asia and emoji take two, marks that combine take none.
 * Row texts may hold any of them, and a table is only straight if they are counted as they are drawn.
 */

const plain = /^[\u0020-\u007e]*$/u;
const invisible = /^[\p{Mark}\p{Cc}\p{Cf}]+$/u;
/** Half-width forms of East Asian letters take one column. */
const wide =
  /^(?![\uff61-\uffdc])(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;

let graphemes: Intl.Segmenter | undefined;

export function columnsOf(text: string): number {
  if (plain.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += columnsOfGrapheme(segment);
  return columns;
}

function columnsOfGrapheme(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return invisible.test(grapheme) ? 0 : 1;
}

export function padEndColumns(text: string, widthColumns: number): string {
  return text + ' '.repeat(Math.max(0, widthColumns - columnsOf(text)));
}

export function padStartColumns(text: string, widthColumns: number): string {
  return ' '.repeat(Math.max(0, widthColumns - columnsOf(text))) + text;
}
