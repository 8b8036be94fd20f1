/**
 * What of permissions the published packages have words for: filters of the shapes that their documentation lists, on the
 * attributes that all rows have. What is refused is undone by whoever is told, row by row, so that a client writes each
 * row once where writes may be refused.
 */

import { entryOf } from '../../../model/entry-of.ts';
import type { Filter } from '../../../vocabulary/queries.ts';
import type { Schema } from '../../../vocabulary/schemas.ts';
import { castSchema } from '../../generation/schemas.ts';
import type { Script, Step } from '../../scripts/script.ts';
import { commandsOf } from '../../steps/index.ts';
import { onceEach, rowOf } from './commands.ts';
import { isAskableFilter } from './queries.ts';

type Collection = Schema['collections'][string];
type Permissions = NonNullable<Collection['permissions']>;
type RolePermissions = Permissions[string];
type Rule = NonNullable<RolePermissions['read']>;

const operations = ['read', 'insert', 'update', 'postUpdate', 'delete'] as const;

/** Changes what each collection of a schema is. */
export function onCollections(change: (collection: Collection, name: string) => Collection): (schema: Schema) => Schema {
  return ({ collections, roles }) => ({
    collections: Object.fromEntries(Object.entries(collections).map(([name, collection]) => [name, change(collection, name)])),
    roles,
  });
}

/** With the permissions of the other. */
export function withPermissions({ collections }: Schema): (schema: Schema) => Schema {
  return onCollections(({ attributes }, name) => ({ attributes, permissions: collections[name]?.permissions ?? null }));
}

/** The schema that all rows fit, with the permissions and roles of that one. */
export function permittedCast(schema: Schema): Schema {
  return permitted({ ...withPermissions(schema)(castSchema), roles: schema.roles });
}

const withPermitted = onCollections(({ attributes, permissions }, name) => ({
  attributes,
  permissions: permissionsFor(name, permissions),
}));

/** With the permissions and roles that there are words for. */
export function permitted(schema: Schema): Schema {
  const { collections, roles } = withPermitted(schema);
  return { collections, roles: withoutInherited(roles) };
}

/** Names that every object of the language seems to have are left out: nothing is promised of them. */
function withoutInherited<Item>(table: Readonly<Record<string, Item>>): Readonly<Record<string, Item>> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => !(name in {})));
}

/**
 * Clients go on asking for what they know, as the type that they know. Dates are texts there, so that only those which are
 * dates here may be; and nullable means optional there, so that nothing is both, and nothing becomes nullable.
 */
export function isPushable({ collections }: Schema): boolean {
  const isKept = Object.entries(castSchema.collections).every(([collection, { attributes }]) =>
    Object.entries(attributes).every(([name, { type, items }]) => {
      const pushed = entryOf(collections[collection]?.attributes, name);
      return pushed?.type === type && pushed.items === items;
    }),
  );
  const areAlike = Object.entries(collections).every(([collection, { attributes }]) =>
    Object.entries(attributes).every(([name, { type, nullable, optional }]) => {
      const known = entryOf(entryOf(castSchema.collections, collection)?.attributes, name);
      return !(name in {}) && (type !== 'date' || known?.type === 'date') && (!nullable || (known?.nullable === true && !optional));
    }),
  );
  return isKept && areAlike;
}

function permissionsFor(collection: string, permissions: Permissions | null): Permissions | null {
  if (permissions === null) return null;
  const named = Object.entries(withoutInherited(permissions));
  return Object.fromEntries(named.map(([role, own]) => [role, rolePermissionsFor(collection, own)]));
}

/** A rule that cannot be asked there is none: what it was about is denied. */
function rolePermissionsFor(collection: string, own: RolePermissions): RolePermissions {
  const kept = operations.flatMap((operation): [string, Rule][] => {
    const { filter } = own[operation] ?? {};
    const isKept = filter?.every((member) => isAskableFilter(collection, member) && namesVariables(member)) === true;
    return isKept ? [[operation, { filter }]] : [];
  });
  return Object.fromEntries(kept);
}

/** What begins like a variable is one: of a role, or a claim that tokens have. */
function namesVariables(filter: Filter): boolean {
  if ('mod' in filter) return filter.filters.every(namesVariables);
  const [, , value] = filter;
  return typeof value !== 'string' || !value.startsWith('$') || /^\$(role\.[a-z]+|token\.(sub|role|plan))$/u.test(value);
}

/**
 * Where permissions stand between, two things are kept off: writes of one row that wait together are one there, and are
 * judged as one, so that a client writes each row once; and rows are told by the millisecond, so that a millisecond passes
 * before a client begins another session.
 */
export function withTamePermissions(script: Script): Script {
  return hasPermissions(script) ? withPassingTime(withOneWriteEach(script)) : script;
}

export function hasPermissions({ configuration, steps }: Script): boolean {
  const schemas = [configuration.schema ?? castSchema, ...steps.flatMap((step) => (step.do === 'pushSchema' ? [step.schema] : []))];
  return schemas.some(({ collections }) => Object.values(collections).some(({ permissions }) => permissions !== null));
}

function withPassingTime(script: Script): Script {
  const begun = new Set<string>();
  const steps = script.steps.flatMap((step, index): readonly Step[] => {
    const begins = commandsOf(step).flatMap((command) => (command.do === 'startSession' ? [command.client] : []));
    const isAgain = begins.some((client) => begun.has(client));
    for (const client of begins) begun.add(client);
    return isAgain && script.steps[index - 1]?.do !== 'advance' ? [{ do: 'advance', ms: 1 }, step] : [step];
  });
  return { ...script, steps };
}

const withOneWriteEach = onceEach((command) =>
  command.do === 'insert' || command.do === 'update' || command.do === 'delete' ? `${command.client} ${rowOf(command)}` : null,
);
