/** Collections as a schema defines them, and the types of rows that follow from that. */
import type { Value } from '../../../vocabulary/values.ts';
import type { RuleFilterInput } from '../queries.ts';
import type { AnyAttribute, Attribute } from './attributes.ts';

export type AttributeMap = Readonly<Record<string, AnyAttribute>>;
/** Every clause must hold; `$role.x` and `$token.x` stand for a variable of the role and a claim (P1). An empty list allows, none denies. */
export interface RuleDefinition {
  readonly filter?: readonly RuleFilterInput[] | undefined;
}
export interface RoleDefinition {
  readonly read?: RuleDefinition | undefined;
  readonly insert?: RuleDefinition | undefined;
  readonly update?: RuleDefinition | undefined;
  /** What an update leaves behind must pass it too. */
  readonly postUpdate?: RuleDefinition | undefined;
  readonly delete?: RuleDefinition | undefined;
}
export interface CollectionDefinition {
  readonly schema: AttributeMap;
  /** By role: something is allowed where one of the roles allows it. Absent: everything is; `{}`: nothing is. The server judges by its own. */
  readonly permissions?: Readonly<Record<string, RoleDefinition>> | undefined;
}
export type Collections = Readonly<Record<string, CollectionDefinition>>;

/** The attributes of one collection. Every collection has an `id`. */
export function Schema<const Attributes extends AttributeMap & { readonly id: AnyAttribute }>(attributes: Attributes): Attributes {
  return attributes;
}
export function Collections<const All extends Collections>(collections: All): All {
  return collections;
}

/** Rows where no schema tells more. */
export type PlainRow = { readonly id: string } & { readonly [attribute: string]: Value };
type PlainInsert = { readonly id?: string } & { readonly [attribute: string]: unknown };

type ApiOf<Definition> = Definition extends Attribute<infer Api> ? Api : never;
type HeldKeys<Map extends AttributeMap, Held> = {
  [Key in keyof Map]: Map[Key] extends Attribute<unknown, 'always' | 'maybe', infer Is> ? (Is extends Held ? Key : never) : never;
}[keyof Map];
type GivenKeys<Map extends AttributeMap, Given> = {
  [Key in keyof Map]: Map[Key] extends Attribute<unknown, infer Is> ? (Is extends Given ? Key : never) : never;
}[keyof Map];
/** Shows as one object in editors. */
type Flat<Type> = { [Key in keyof Type]: Type[Key] };

type RowOfMap<Map extends AttributeMap> = Flat<
  { readonly [Key in HeldKeys<Map, 'always'>]: ApiOf<Map[Key]> } & { readonly [Key in HeldKeys<Map, 'maybe'>]?: ApiOf<Map[Key]> }
>;
type InsertOfMap<Map extends AttributeMap> = Flat<
  { readonly [Key in GivenKeys<Map, 'always'>]: ApiOf<Map[Key]> } & { readonly [Key in GivenKeys<Map, 'maybe'>]?: ApiOf<Map[Key]> }
>;
type ChangesOfMap<Map extends AttributeMap> = { readonly [Key in Exclude<keyof Map, 'id'>]?: ApiOf<Map[Key]> };
type DraftValue<Value> = Value extends ReadonlySet<infer Item> ? Set<Item> : Value;
type Draft<Row> = { -readonly [Key in keyof Row]: DraftValue<Row[Key]> };

type IsUntyped<All extends Collections> = string extends keyof All ? true : false;
export type CollectionName<All extends Collections> = keyof All & string;

/** A row as the user is given it. */
export type RowOf<All extends Collections, Name extends CollectionName<All>> =
  IsUntyped<All> extends true ? PlainRow : RowOfMap<All[Name]['schema']>;
/** What an insert takes: attributes with a default, optional ones and `id` may be left out. */
export type InsertOf<All extends Collections, Name extends CollectionName<All>> =
  IsUntyped<All> extends true ? PlainInsert : InsertOfMap<All[Name]['schema']>;
export type ChangesOf<All extends Collections, Name extends CollectionName<All>> =
  IsUntyped<All> extends true ? Readonly<Record<string, unknown>> : ChangesOfMap<All[Name]['schema']>;
/** A copy of the row to be changed in place. */
export type DraftOf<All extends Collections, Name extends CollectionName<All>> =
  IsUntyped<All> extends true ? { [attribute: string]: unknown } : Draft<RowOfMap<All[Name]['schema']>>;
