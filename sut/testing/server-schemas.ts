/** Schemas for the server's own tests: short to write, one collection with what is not said left at its plainest. */
import type { Attribute, CollectionSchema, Permissions, RolePermissions } from '../../vocabulary/schemas.ts';
import type { PlainSchema } from '../schema/types.ts';

export const text: Attribute = { type: 'string', items: null, nullable: false, optional: false, enum: null };
export const number: Attribute = { ...text, type: 'number' };
export const optional = (attribute: Attribute): Attribute => ({ ...attribute, optional: true });

export const roles: PlainSchema['roles'] = {
  member: { match: { role: 'member', sub: '$user' } },
  admin: { match: { role: 'admin' } },
};

export function collection(attributes: CollectionSchema['attributes'], permissions: Permissions | null = null): CollectionSchema {
  return { attributes, permissions };
}

/** A schema of todos that have a text `owner` and perhaps a number `rank`. */
export function todosSchema(permissions: Permissions | null = null, attributes: CollectionSchema['attributes'] = {}): PlainSchema {
  return { collections: { todos: collection({ owner: text, rank: optional(number), ...attributes }, permissions) }, roles };
}

const all = { filter: [] };
const own = { filter: [['owner', '=', '$role.user'] as const] };

/** Everything for whoever has the role. */
export const everything: RolePermissions = { read: all, insert: all, update: all, delete: all };
/** Members see and change their own, admins everything. */
export const ownRows: Permissions = { member: { read: own, insert: own, update: own, postUpdate: own, delete: own }, admin: everything };
