/** Rows as a client with a schema gives them, made plain again: dates as ISO text, sets as sorted arrays. */
import type { Attributes, Row } from '../../vocabulary/values.ts';
import { barePlainOf } from '../client/schema/values.ts';

/** What does not fit its schema is plain already and stays as it is. */
export function plainRow(row: { readonly id: string } & Readonly<Record<string, unknown>>): Row {
  const plain: Attributes = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, barePlainOf(name, value)]));
  return { ...plain, id: row.id };
}
