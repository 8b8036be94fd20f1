/** Rows as failures write them, `rows [milk], unfulfilled: [{"id":"milk"}]`, in words: by their ids where that tells them apart, else whole. */

import { isValue } from '../../properties/language/words-details.ts';
import { sayAttributes } from '../../properties/language/words-query.ts';
import type { Value } from '../../vocabulary/values.ts';

export function sayRowsOf(text: string, besides: readonly string[]): string {
  const ids = idsOf(text);
  if (ids === null) return text;
  const mark = text.startsWith(`rows [${ids}], unfulfilled`) ? ', marked as not yet fulfilled' : ', marked as fulfilled';
  const isMarkTold = new Set(besides.map((other) => /\], unfulfilled/u.test(other))).size > 1;
  const isAmbiguous = besides.some((other) => other !== text && idsOf(other) === ids);
  const rows = isAmbiguous && !isMarkTold ? wholeRows(text) : null;
  const names = ids === '' ? 'no rows' : ids.split(' ').join(', ');
  return `${rows ?? names}${isMarkTold ? mark : ''}`;
}

function idsOf(text: string): string | null {
  return /^rows \[([^\]]*)\]/u.exec(text)?.[1] ?? null;
}

function wholeRows(text: string): string | null {
  const start = text.indexOf(': [');
  const rows: unknown = start < 0 ? null : parsed(text.slice(start + 2));
  if (!Array.isArray(rows)) return null;
  return rows.map(sayRow).join('; ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sayRow(row: unknown): string {
  if (typeof row !== 'object' || row === null) return 'no row';
  const { id, ...attributes } = Object.fromEntries(Object.entries(row).filter((entry): entry is [string, Value] => isValue(entry[1])));
  return `${id} (${sayAttributes(attributes) || 'nothing else'})`;
}
