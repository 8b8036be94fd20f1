/** What Markdown pages are made of: text that acts as nothing but text, tables, fenced and folded parts. */
import { visible } from '../explored/visible.ts';

export function folded(title: string, content: string): string {
  return `<details><summary>${plain(title)}</summary>\n\n${content}\n\n</details>`;
}

export function tableText(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const sayRow = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [sayRow(titles), `| ${titles.map(() => '---').join(' | ')} |`, ...rows.map(sayRow)].join('\n');
}

/** Text as it is: nothing of it acts as Markdown or HTML, and it stays on its line. */
export function plain(text: string): string {
  return visible(text.replaceAll(/\s+/gu, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]>|~#$]/gu, (character) => `\\${character}`);
}

/** Names of code stand between backticks in the specification, and stay so. */
export function withCode(text: string): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll(/\s+/gu, ' ') : plain(part)))
    .join('');
}

/** The fence is longer than any run of backticks inside. */
export function fenced(lines: readonly string[], language = 'text'): string {
  const content = visible(lines.join('\n'));
  const longest = Math.max(2, ...[...content.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}
