/** Reads schemas: permissions and roles in the order of their names, collections and attributes as written, since their order is not hashed (C4). */
import * as v from 'valibot';
import type { Attribute, CollectionSchema, RolePermissions, Rule, Schema } from '../../vocabulary/schemas.ts';
import { ruleFilter } from './queries.ts';
import {
  changed,
  checked,
  choice,
  type Fields,
  flag,
  inspected,
  isObject,
  list,
  nullable,
  object,
  optional,
  type Shape,
  table,
  text,
} from './shapes.ts';

const types = ['string', 'number', 'boolean', 'date', 'set'] as const;
const itemTypes = ['string', 'number', 'boolean'] as const;
export const permittedOperations = ['read', 'insert', 'update', 'postUpdate', 'delete'] as const;

const attribute: Shape<Attribute> = inspected(
  object({
    type: choice(types),
    items: nullable(choice(itemTypes)),
    nullable: flag,
    optional: flag,
    enum: nullable(checked(list(text), (texts) => new Set(texts).size === texts.length, 'a list without duplicates')),
  }),
  ({ type, items, enum: values }) => {
    if (type === 'set' && items === null) return { at: ['items'], message: `one of ${itemTypes.join(', ')}` };
    if (type !== 'set' && items !== null) return { at: ['items'], message: 'null: only sets have items' };
    return type !== 'string' && values !== null ? { at: ['enum'], message: 'null: only strings have an enumeration' } : null;
  },
);

const rule: Shape<Rule> = changed(object({ filter: optional(list(ruleFilter)) }), ({ filter }) => (filter === undefined ? {} : { filter }));

const ofRole: Shape<RolePermissions> = changed(
  object({ read: optional(rule), insert: optional(rule), update: optional(rule), postUpdate: optional(rule), delete: optional(rule) }),
  (given) => Object.fromEntries(Object.entries(given).filter(([, own]) => own !== undefined)),
);

const collection: Shape<CollectionSchema> = object({
  attributes: checked(table(attribute, 'as written'), (known) => !Object.hasOwn(known, 'id'), 'no id: every row has one'),
  permissions: nullable(table(ofRole, 'sorted')),
});

const match: Shape<Fields> = checked(
  v.custom<Fields>(isObject, 'an object'),
  (claims) => !Object.hasOwn(claims, ''),
  'a text that is not empty',
);

export const schema: Shape<Schema> = object({
  collections: table(collection, 'as written'),
  roles: table(object({ match }), 'sorted'),
});
