/** The Markdown of a rule, as a terminal shows it: paragraphs and items are wrapped again, tables stand as they are. */
import { paragraph } from '../../reports/terminal/text.ts';

export function markdownText(markdown: string, widthColumns: number): string {
  return markdown
    .trim()
    .split(/\n\s*\n/u)
    .map((block) => blockText(block, widthColumns))
    .join('\n\n');
}

function blockText(block: string, widthColumns: number): string {
  if (block.startsWith('|')) return block;
  const items = block.split(/\n(?=- )/u).map((item) => item.replaceAll(/\s*\n\s*/gu, ' '));
  return items
    .map((item) => (item.startsWith('- ') ? paragraph(plain(item.slice(2)), widthColumns, '- ') : paragraph(plain(item), widthColumns)))
    .join('\n');
}

/** `_Model:_` is set off by its underscores alone. */
function plain(text: string): string {
  return text.replaceAll(/(^|\s)_([^_`]+)_(?=[\s.,;:]|$)/gu, '$1$2');
}
