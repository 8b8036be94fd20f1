/** Avoidances of what is known about permissions and pushes of schemas: each tames the schemas of a script, wherever they stand. */

import { isCompatible } from '../../../model/index.ts';
import type { Schema } from '../../../vocabulary/schemas.ts';
import { castSchema } from '../../generation/schemas.ts';
import { onSteps, type Tame } from './commands.ts';
import { onCollections, withPermissions } from './permissions.ts';

type Collection = Schema['collections'][string];
type RolePermissions = NonNullable<Collection['permissions']>[string];

export const schemaAvoidances: readonly { readonly name: string; readonly sentence: string; readonly tame: Tame }[] = [
  { name: 'no-pushes', sentence: 'nobody pushes a schema', tame: onPushes(() => null) },
  {
    name: 'lasting-permissions',
    sentence: 'pushes leave roles and permissions as they are',
    tame: (script) => onPushes((schema) => withPermissionsOf(script.configuration.schema ?? castSchema, schema))(script),
  },
  {
    name: 'compatible-pushes',
    sentence: 'pushes break no client',
    tame: onPushes((schema) => (isCompatible(castSchema, schema) ? schema : null)),
  },
  { name: 'no-enums', sentence: 'no text is of an enum', tame: onPushes(withoutEnums) },
  { name: 'writers-read', sentence: 'who may insert may read', tame: onSchemas(onRoles(readingWhatIsInserted)) },
  { name: 'whole-claims', sentence: 'rules ask only for variables that their role binds', tame: onSchemas(onRoles(withoutStrangers)) },
  {
    name: 'free-deletes',
    sentence: 'deletes are not forbidden',
    tame: onSchemas(onRoles((own) => ({ ...own, delete: { filter: [] } }))),
  },
];

/** A push that is left without a schema goes. */
function onPushes(change: (schema: Schema) => Schema | null): Tame {
  return onSteps((step) => {
    if (step.do !== 'pushSchema') return step;
    const schema = change(step.schema);
    return schema && { ...step, schema };
  });
}

function onSchemas(change: (schema: Schema) => Schema): Tame {
  return (script) => {
    const { configuration } = script;
    const { schema } = configuration;
    const changed = schema && { ...configuration, schema: change(schema) };
    return onPushes(change)({ ...script, configuration: changed ?? configuration });
  };
}

/** `match` is that of the role. */
function onRoles(change: (own: RolePermissions, match: object) => RolePermissions): (schema: Schema) => Schema {
  return (schema) =>
    onCollections(({ attributes, permissions }) => ({
      attributes,
      permissions:
        permissions &&
        Object.fromEntries(Object.entries(permissions).map(([role, own]) => [role, change(own, schema.roles[role]?.match ?? {})])),
    }))(schema);
}

function withPermissionsOf(former: Schema, schema: Schema): Schema {
  return { ...withPermissions(former)(schema), roles: former.roles };
}

function withoutEnums(schema: Schema): Schema {
  return onCollections(({ attributes, permissions }) => ({
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, { ...attribute, enum: null }])),
    permissions,
  }))(schema);
}

function readingWhatIsInserted(own: RolePermissions): RolePermissions {
  return own.insert === undefined ? own : { ...own, read: { filter: [] } };
}

function withoutStrangers(own: RolePermissions, match: object): RolePermissions {
  const bound = Object.values(match).map((value) => String(value).replace('$', '$role.'));
  const variablesOf = (rule: unknown): readonly string[] => JSON.stringify(rule).match(/\$role\.[a-z]+/gu) ?? [];
  return Object.fromEntries(Object.entries(own).filter(([, rule]) => variablesOf(rule).every((name) => bound.includes(name))));
}
