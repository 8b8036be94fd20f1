/** Schemas for scopes: one collection, and who may do what in it. Small, so that what races is all that happens. */
import type { Attribute, RolePermissions, Schema } from '../../vocabulary/schemas.ts';
import { roles } from '../language/roles.ts';

const required = { items: null, nullable: false, optional: false, enum: null } as const;
const title: Attribute = { type: 'string', ...required };
const done: Attribute = { type: 'boolean', ...required };
const note: Attribute = { type: 'string', ...required, optional: true };

/** Whatever is asked. */
const always = { filter: [] };
export const everything: RolePermissions = { read: always, insert: always, update: always, delete: always };

/** Todos as all scopes have them; without permissions open to all. */
export function todosSchema(permissions: Readonly<Record<string, RolePermissions>> | null = null): Schema {
  return { collections: { todos: { attributes: { done, title }, permissions } }, roles };
}

/** With one more attribute, which no row has: whoever was built with it cannot live with the schema that lacks it. */
export const notedSchema: Schema = { collections: { todos: { attributes: { done, note, title }, permissions: null } }, roles };
