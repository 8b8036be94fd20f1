/** Whether rows fit a schema (C3): attribute by attribute, every problem an issue. */

import type { Attribute, Schema } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { entryOf } from '../entry-of.ts';
import { type Rows, rowsOf } from '../writes/log.ts';

/** `collection/id attribute problem`; without attribute where the schema lacks the collection. */
export function issuesOfRow(schema: Schema, collection: string, row: Row): readonly string[] {
  const known = entryOf(schema.collections, collection);
  const where = `${collection}/${row.id}`;
  if (known === undefined) return [`${where} unknown`];
  const problems = Object.entries(known.attributes).flatMap(([name, attribute]) => {
    const problem = problemOf(attribute, entryOf(row, name));
    return problem === null ? [] : [`${where} ${name} ${problem}`];
  });
  const strangers = Object.keys(row).filter((name) => name !== 'id' && !Object.hasOwn(known.attributes, name));
  return [...problems, ...strangers.map((name) => `${where} ${name} unknown`)];
}

/** Of all rows, sorted. */
export function issuesOfRows(schema: Schema, rows: Rows): readonly string[] {
  const collections = [...new Set(Object.keys(rows).map((key) => key.slice(0, key.indexOf('/'))))];
  return collections.flatMap((collection) => rowsOf(rows, collection).flatMap((row) => issuesOfRow(schema, collection, row))).sort();
}

function problemOf(attribute: Attribute, value: Value | undefined): string | null {
  if (value === undefined) return attribute.optional ? null : 'missing';
  if (value === null) return attribute.nullable ? null : 'null';
  if (!isOfType(attribute, value)) return 'type';
  return attribute.enum !== null && !attribute.enum.some((allowed) => allowed === value) ? 'value' : null;
}

/** 30 February has the form of a date, and is none. */
function isMoment(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text;
}

function isOfType(attribute: Attribute, value: Exclude<Value, null>): boolean {
  switch (attribute.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === attribute.type;
    case 'date':
      return typeof value === 'string' && isMoment(value);
    case 'set':
      return typeof value === 'object' && value.every((member) => typeof member === attribute.items);
  }
}
