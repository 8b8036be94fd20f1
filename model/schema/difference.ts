/** Which edits of a schema break the clients of the one before (C2), and what of a schema is hashed (C4). */

/** To have none, on either side, breaks nobody. */
import type { Attribute, CollectionSchema, Schema } from '../../vocabulary/schemas.ts';
import { entryOf } from '../entry-of.ts';
export function isCompatible(from: Schema | null, to: Schema | null): boolean {
  if (from === null || to === null) return true;
  return Object.entries(from.collections).every(([name, before]) => {
    const after = entryOf(to.collections, name);
    return after !== undefined && isCollectionCompatible(before, after);
  });
}

function isCollectionCompatible(before: CollectionSchema, after: CollectionSchema): boolean {
  const kept = Object.entries(before.attributes).every(([name, attribute]) => {
    const next = entryOf(after.attributes, name);
    return next !== undefined && isAttributeCompatible(attribute, next);
  });
  const added = Object.entries(after.attributes).filter(([name]) => !Object.hasOwn(before.attributes, name));
  return kept && added.every(([, attribute]) => attribute.optional);
}

function isAttributeCompatible(before: Attribute, after: Attribute): boolean {
  if (before.type !== after.type || before.items !== after.items) return false;
  if (before.optional && !after.optional) return false;
  if (before.nullable && !after.nullable) return false;
  const allowed = after.enum;
  return allowed === null || (before.enum?.every((value) => allowed.includes(value)) ?? false);
}

/** A schema never changes, so its texts are worked out once. */
function once(work: (schema: Schema) => string): (schema: Schema) => string {
  const known = new WeakMap<Schema, string>();
  return (schema) => {
    const text = known.get(schema) ?? work(schema);
    known.set(schema, text);
    return text;
  };
}

/** The whole of a schema, as text: equal schemas, equal texts (C1). */
export const textOfSchema = once(canonicalText);

/** What the hash of a schema is of: equal texts, equal hashes (C4). */
export const hashedPart = once(hashedText);

function hashedText(schema: Schema): string {
  const collections = Object.entries(schema.collections).map(([name, { attributes }]): [string, unknown] => [
    name,
    Object.fromEntries(
      Object.entries(attributes).map(([attribute, { enum: values, ...rest }]) => [
        attribute,
        { ...rest, enum: values === null ? null : [...new Set(values)].sort() },
      ]),
    ),
  ]);
  return canonicalText(Object.fromEntries(collections));
}

/** JSON with the keys of every object sorted: equal values, equal texts. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries: [string, unknown][] = Object.entries(value);
  const present = entries.filter(([, inner]) => inner !== undefined).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${present.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}
