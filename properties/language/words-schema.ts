/** Schemas in readable words: types as one would declare them, permissions role by role. */
import type { Attribute, CollectionSchema, RolePermissions, Rule, Schema } from '../../vocabulary/schemas.ts';
import { permittedOperations } from './schemas.ts';
import { sayAll } from './words-query.ts';

/** `todos (text string, due? date or null), open to all; roles member {"role":"member"}` */
export function saySchema(schema: Schema): string {
  const collections = Object.entries(schema.collections).map(([name, collection]) => sayCollection(name, collection));
  const roles = Object.entries(schema.roles).map(([name, { match }]) => `${name} ${JSON.stringify(match)}`);
  return `${collections.join('; ') || 'one without collections'}; roles ${roles.join(', ') || 'none'}`;
}

function sayCollection(name: string, { attributes, permissions }: CollectionSchema): string {
  const typed = Object.entries(attributes).map(([attribute, type]) => `${attribute}${type.optional ? '?' : ''} ${sayType(type)}`);
  return `${name} (${typed.join(', ')}), ${sayPermissions(permissions)}`;
}

function sayType({ type, items, nullable, enum: values }: Attribute): string {
  const among = values === null ? '' : ` among ${values.map((value) => JSON.stringify(value)).join(' ') || 'none'}`;
  return `${type}${items === null ? '' : ` of ${items}s`}${among}${nullable ? ' or null' : ''}`;
}

function sayPermissions(permissions: CollectionSchema['permissions']): string {
  if (permissions === null) return 'open to all';
  const roles = Object.entries(permissions).map(([role, own]) => `${role} may ${sayRole(own)}`);
  return roles.join(' and ') || 'closed to all';
}

function sayRole(own: RolePermissions): string {
  const parts = permittedOperations.flatMap((operation) => {
    const rule = own[operation];
    return rule?.filter === undefined ? [] : [`${operation}${sayRule(rule.filter)}`];
  });
  return parts.join(', ') || 'nothing';
}

function sayRule(filter: NonNullable<Rule['filter']>): string {
  return filter.length === 0 ? '' : ` where ${sayAll(filter)}`;
}
