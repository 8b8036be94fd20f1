/** A table of text for terminals and logs: columns as wide as their widest cell, numbers to the right. */
import { columnsOf, padEndColumns, padStartColumns } from './columns.ts';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) => Math.max(columnsOf(column.title), ...rows.map((row) => columnsOf(row[index] ?? ''))));
  const sayRow = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return column.align === 'right' ? padStartColumns(cell, width) : padEndColumns(cell, width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths
    .map((width) => '─'.repeat(width))
    .join('  ')
    .trimEnd();
  return [sayRow(columns.map((column) => column.title)), rule, ...rows.map(sayRow)].join('\n');
}
