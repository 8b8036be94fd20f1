/** Numbers, durations and lines as people read them in a terminal. */
import { columnsOf } from './columns.ts';

export function sayNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function sayCount(count: number, one: string, many = `${one}s`): string {
  return `${sayNumber(count)} ${count === 1 ? one : many}`;
}

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function sayDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

export function sayShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

/** Breaks at spaces; a word longer than the line stands alone, unbroken, so that it can be copied. */
export function wrap(text: string, widthColumns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columnsOf(longer) > widthColumns && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Wrapped, with a first indent and another for the lines that follow. */
export function paragraph(text: string, widthColumns: number, first = '', following = ' '.repeat(columnsOf(first))): string {
  const lines = text.split('\n').flatMap((line) => wrap(line, Math.max(20, widthColumns - columnsOf(following))));
  return lines.map((line, index) => `${index === 0 ? first : following}${line}`).join('\n');
}

/** Cut with `…`, counted as a terminal draws it. */
export function cutTo(text: string, widthColumns: number): string {
  if (columnsOf(text) <= widthColumns) return text;
  let cut = '';
  let columns = 0;
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > widthColumns - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** As many of the items, in their order, as one line holds; how many of them these are. No item is cut. */
export function fitItems(items: readonly string[], widthColumns: number, more: (left: number) => string = () => ''): string {
  // The space between two items takes a column, whatever they are: more of them than that cannot fit.
  for (let told = Math.min(items.length, Math.floor(widthColumns) + 1); told > 0; told -= 1) {
    const text = items.slice(0, told).join(', ') + (told === items.length ? '' : more(items.length - told));
    if (columnsOf(text) <= widthColumns) return text;
  }
  return '';
}

/** Spaces at which `wrap` does not break. They are ordinary ones to whoever reads, and are made such by `broken`. */
const noBreak = '\u00a0';

export function unbroken(text: string): string {
  return text.replaceAll(' ', noBreak);
}

export function broken(text: string): string {
  return text.replaceAll(noBreak, ' ');
}
