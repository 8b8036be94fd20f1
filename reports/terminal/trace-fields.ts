/** Reads the detail of an event, which is JSON of unknown shape, field by field: what is not there is said as `?`. */

export type Fields = ReadonlyMap<string, unknown>;

const nothing: Fields = new Map();

/** No fields where the text is no JSON of an object. */
export function readDetail(detail: string): Fields {
  try {
    return fieldsOf(JSON.parse(detail));
  } catch {
    return nothing;
  }
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : nothing;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text as it is, a number in digits, anything else as JSON. */
export function say(value: unknown): string {
  if (value === undefined) return '?';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `text "Buy milk", done false` */
export function sayFields(fields: Fields): string {
  return [...fields].map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
}

/** `milk (text "Buy milk", done false)` */
export function sayRow(row: unknown): string {
  const { id, content } = rowOf(row);
  return content === '' ? id : `${id} (${content})`;
}

export function sayRows(rows: unknown): string {
  return listOf(rows).map(sayRow).join('; ') || 'no rows';
}

function rowOf(row: unknown): { readonly id: string; readonly content: string } {
  const fields = fieldsOf(row);
  return { id: say(fields.get('id')), content: sayFields(new Map([...fields].filter(([name]) => name !== 'id'))) };
}
