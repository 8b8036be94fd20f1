/** How rows fail a schema (C3): the judgement of data before a push, and of each write before its append (W4). */

import type { Attribute } from '../../vocabulary/schemas.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import type { StoredRow } from '../query/types.ts';
import { compareText, isSet } from '../query/value.ts';
import { isDateText } from './date-text.ts';
import { own } from './lookup.ts';
import type { PlainSchema, SchemaIssue } from './types.ts';

type Problem = SchemaIssue['problem'];

function isOfType({ type, items }: Attribute, value: Value): boolean {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'date':
      return isDateText(value);
    case 'set':
      return isSet(value) && value.every((member) => typeof member === items);
  }
}

function problemOf(attribute: Attribute, value: Value | undefined): Problem | undefined {
  if (value === undefined) return attribute.optional ? undefined : 'missing';
  if (value === null) return attribute.nullable ? undefined : 'null';
  if (!isOfType(attribute, value)) return 'type';
  if (attribute.enum !== null && typeof value === 'string' && !attribute.enum.includes(value)) return 'value';
  return undefined;
}

/** `id` is in every row and in no schema. */
const idName = 'id';

/** Of one whole row, by attribute; none: it fits. */
export function rowIssues(schema: PlainSchema, collection: string, row: Attributes): readonly SchemaIssue[] {
  const id = String(own(row, idName) ?? '');
  const attributes = own(schema.collections, collection)?.attributes;
  if (attributes === undefined) return [{ collection, id, attribute: null, problem: 'unknown' }];
  const issues: SchemaIssue[] = [];
  for (const attribute of Object.keys(attributes)) {
    const definition = attributes[attribute];
    const problem = definition === undefined ? undefined : problemOf(definition, own(row, attribute));
    if (problem !== undefined) issues.push({ collection, id, attribute, problem });
  }
  for (const attribute of Object.keys(row)) {
    if (attribute !== idName && !Object.hasOwn(attributes, attribute)) issues.push({ collection, id, attribute, problem: 'unknown' });
  }
  return issues.sort(byPlace);
}

/** Of a row that fits, with these changes; none: it still fits. */
export function changeIssues(schema: PlainSchema, collection: string, id: string, changes: Attributes): readonly SchemaIssue[] {
  const attributes = own(schema.collections, collection)?.attributes;
  if (attributes === undefined) return [{ collection, id, attribute: null, problem: 'unknown' }];
  const issues = Object.keys(changes).flatMap((attribute): readonly SchemaIssue[] => {
    if (attribute === idName) return [];
    const definition = own(attributes, attribute);
    const problem = definition === undefined ? 'unknown' : problemOf(definition, own(changes, attribute));
    return problem === undefined ? [] : [{ collection, id, attribute, problem }];
  });
  return issues.sort(byPlace);
}

/** By collection, id and attribute, so that the same data give the same list whatever the order in which they were written. */
function byPlace(left: SchemaIssue, right: SchemaIssue): number {
  return (
    compareText(left.collection, right.collection) ||
    compareText(left.id, right.id) ||
    compareText(left.attribute ?? '', right.attribute ?? '')
  );
}

/** Of all data: by collection, id and attribute. */
export function dataIssues(
  schema: PlainSchema,
  rowsByCollection: Iterable<readonly [collection: string, rows: Iterable<StoredRow>]>,
): readonly SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  for (const [collection, rows] of rowsByCollection) {
    for (const { attributes } of rows) issues.push(...rowIssues(schema, collection, attributes));
  }
  return issues.sort(byPlace);
}
