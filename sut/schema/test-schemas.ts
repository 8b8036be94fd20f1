/** Schemas, edits of them and rows that fit, at random: few names, so that two schemas have much in common. For tests. */

import fc from 'fast-check';
import type { Attribute } from '../../vocabulary/schemas.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import type { PlainSchema } from './types.ts';

const texts = ['a', 'b', 'c'] as const;
const enumeration = fc.option(fc.subarray([...texts], { minLength: 1 }), { freq: 2 });

const typeArbitrary: fc.Arbitrary<Pick<Attribute, 'type' | 'items' | 'enum'>> = fc.oneof(
  enumeration.map((values) => ({ type: 'string' as const, items: null, enum: values })),
  fc.constantFrom('number' as const, 'boolean' as const, 'date' as const).map((type) => ({ type, items: null, enum: null })),
  fc.constantFrom('string' as const, 'number' as const, 'boolean' as const).map((items) => ({ type: 'set' as const, items, enum: null })),
);
const attributeArbitrary: fc.Arbitrary<Attribute> = fc
  .tuple(typeArbitrary, fc.boolean(), fc.boolean())
  .map(([{ type, items, enum: values }, nullable, optional]) => ({ type, items, nullable, optional, enum: values }));

const attributesArbitrary = fc.dictionary(fc.constantFrom('title', 'rank', 'done', 'constructor', '7', '__proto__'), attributeArbitrary);

export const schemaArbitrary: fc.Arbitrary<PlainSchema> = fc
  .dictionary(fc.constantFrom('todos', 'lists', '1', 'toString'), attributesArbitrary)
  .map((collections) => ({
    collections: Object.fromEntries(Object.entries(collections).map(([name, attributes]) => [name, { attributes, permissions: null }])),
    roles: {},
  }));

function replaceAt<Held>(record: Readonly<Record<string, Held>>, name: string, change: (held: Held) => Held | undefined) {
  const changed = Object.entries(record).map(([key, held]) => [key, key === name ? change(held) : held] as const);
  return Object.fromEntries(changed.flatMap(([key, held]): [string, Held][] => (held === undefined ? [] : [[key, held]])));
}

/** What becomes of one attribute; null: it goes. */
const changeArbitrary: fc.Arbitrary<Partial<Attribute> | null> = fc.oneof(
  fc.constant(null),
  attributeArbitrary,
  typeArbitrary,
  enumeration.map((values) => ({ type: 'string' as const, items: null, enum: values })),
  fc.record({ nullable: fc.boolean() }),
  fc.record({ optional: fc.boolean() }),
);

const pick = (names: readonly string[], at: number): string => names[at % Math.max(1, names.length)] ?? '';

/** Two schemas that differ in one attribute at most, in either direction. */
export const editArbitrary: fc.Arbitrary<readonly [PlainSchema, PlainSchema]> = fc
  .tuple(schemaArbitrary, fc.nat(), fc.nat(), changeArbitrary, fc.boolean())
  .map(([schema, collectionAt, attributeAt, change, isBackwards]) => {
    const collections = replaceAt(schema.collections, pick(Object.keys(schema.collections), collectionAt), (held) => {
      const name = pick(Object.keys(held.attributes), attributeAt);
      const attributes = replaceAt(held.attributes, name, (attribute) => (change === null ? undefined : { ...attribute, ...change }));
      return { ...held, attributes };
    });
    const edited: PlainSchema = { ...schema, collections };
    return isBackwards ? [edited, schema] : [schema, edited];
  });

/** Everything written in reverse, enumerations too. */
export function reversed({ collections, roles }: PlainSchema): PlainSchema {
  const backwards = <Held, Result>(record: Readonly<Record<string, Held>>, change: (held: Held) => Result) =>
    Object.fromEntries(
      Object.entries(record)
        .reverse()
        .map(([name, held]): [string, Result] => [name, change(held)]),
    );
  const attribute = (held: Attribute): Attribute => ({ ...held, enum: held.enum === null ? null : [...held.enum].reverse() });
  return { collections: backwards(collections, (held) => ({ ...held, attributes: backwards(held.attributes, attribute) })), roles };
}

function membersArbitrary(items: Attribute['items']): fc.Arbitrary<Value> {
  if (items === 'string') return fc.subarray([...texts]);
  return items === 'number' ? fc.uniqueArray(fc.integer()) : fc.subarray([false, true]);
}

function valueArbitrary({ type, items, enum: values }: Attribute): fc.Arbitrary<Value> {
  switch (type) {
    case 'string':
      return fc.constantFrom(...(values ?? texts));
    case 'number':
      return fc.integer();
    case 'boolean':
      return fc.boolean();
    case 'date':
      return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString());
    case 'set':
      return membersArbitrary(items);
  }
}

/** A row of an attribute map that fits it: whatever may be missing or null is so now and then. */
export function rowArbitrary(attributes: Readonly<Record<string, Attribute>>): fc.Arbitrary<Attributes> {
  const entries = Object.entries(attributes).map(([name, attribute]): fc.Arbitrary<readonly (readonly [string, Value])[]> => {
    const choices: fc.Arbitrary<readonly (readonly [string, Value])[]>[] = [valueArbitrary(attribute).map((value) => [[name, value]])];
    if (attribute.nullable) choices.push(fc.constant([[name, null]]));
    if (attribute.optional) choices.push(fc.constant([]));
    return fc.oneof(...choices);
  });
  return fc.tuple(...entries).map((present) => Object.fromEntries([...present.flat(), ['id', 'row'] as const]));
}
