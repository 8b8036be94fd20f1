/**
 * What an edit of a schema breaks (C2). Only what clients build on is compared: collections and attributes. Permissions
 * and roles are the server's own affair, so no edit of them is a difference.
 */
import type { Attribute, AttributeType, CollectionSchema } from '../../vocabulary/schemas.ts';
import { named } from '../protocol/quoted.ts';
import { compareText } from '../query/value.ts';
import { own } from './lookup.ts';
import type { PlainSchema } from './types.ts';

interface Place {
  readonly collection: string;
  readonly attribute: string;
}
/** `breaks`: a client of the old schema cannot live with it. */
export type Difference = { readonly breaks: boolean } & Edit;
type Edit =
  | { readonly kind: 'collectionAdded'; readonly collection: string }
  | { readonly kind: 'collectionRemoved'; readonly collection: string }
  | ({ readonly kind: 'attributeAdded'; readonly optional: boolean } & Place)
  | ({ readonly kind: 'attributeRemoved' } & Place)
  | ({ readonly kind: 'typeChanged'; readonly from: AttributeType; readonly to: AttributeType } & Place)
  | ({ readonly kind: 'itemsChanged'; readonly from: Attribute['items']; readonly to: Attribute['items'] } & Place)
  | ({ readonly kind: 'optionalChanged'; readonly to: boolean } & Place)
  | ({ readonly kind: 'nullableChanged'; readonly to: boolean } & Place)
  /** null: every text was or is allowed. */
  | ({ readonly kind: 'enumChanged'; readonly from: Attribute['enum']; readonly to: Attribute['enum'] } & Place);

/** An enumeration that lacks a value that was allowed; one where there was none lacks nearly all. */
function isNarrowed(from: Attribute['enum'], to: Attribute['enum']): boolean {
  if (to === null) return false;
  return from === null || from.some((value) => !to.includes(value));
}

function isSameEnum(left: Attribute['enum'], right: Attribute['enum']): boolean {
  return !isNarrowed(left, right) && !isNarrowed(right, left);
}

function breaks(edit: Edit): boolean {
  switch (edit.kind) {
    case 'collectionAdded':
      return false;
    case 'collectionRemoved':
    case 'attributeRemoved':
    case 'typeChanged':
    case 'itemsChanged':
      return true;
    case 'attributeAdded':
      return !edit.optional;
    case 'optionalChanged':
    case 'nullableChanged':
      return !edit.to;
    case 'enumChanged':
      return isNarrowed(edit.from, edit.to);
  }
}

/** How one attribute that is in both schemas was edited. */
function attributeEdits(place: Place, from: Attribute, to: Attribute): readonly Edit[] {
  const edits: Edit[] = [];
  if (from.type !== to.type) edits.push({ kind: 'typeChanged', ...place, from: from.type, to: to.type });
  else if (from.items !== to.items) edits.push({ kind: 'itemsChanged', ...place, from: from.items, to: to.items });
  if (from.optional !== to.optional) edits.push({ kind: 'optionalChanged', ...place, to: to.optional });
  if (from.nullable !== to.nullable) edits.push({ kind: 'nullableChanged', ...place, to: to.nullable });
  if (!isSameEnum(from.enum, to.enum)) edits.push({ kind: 'enumChanged', ...place, from: from.enum, to: to.enum });
  return edits;
}

/** The names of either, in one order whatever the order in which they were written. */
function namesOfBoth<Held>(left: Readonly<Record<string, Held>>, right: Readonly<Record<string, Held>>): readonly string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].sort(compareText);
}

function collectionEdits(collection: string, from: CollectionSchema, to: CollectionSchema): readonly Edit[] {
  return namesOfBoth(from.attributes, to.attributes).flatMap((attribute): readonly Edit[] => {
    const place: Place = { collection, attribute };
    const before = own(from.attributes, attribute);
    const after = own(to.attributes, attribute);
    if (after === undefined) return [{ kind: 'attributeRemoved', ...place }];
    if (before === undefined) return [{ kind: 'attributeAdded', ...place, optional: after.optional }];
    return attributeEdits(place, before, after);
  });
}

/** From the first schema to the second, by collection and attribute; none where either is missing, since that breaks nobody (C2). */
export function differences(from: PlainSchema | null, to: PlainSchema | null): readonly Difference[] {
  if (from === null || to === null) return [];
  const edits = namesOfBoth(from.collections, to.collections).flatMap((collection): readonly Edit[] => {
    const before = own(from.collections, collection);
    const after = own(to.collections, collection);
    if (after === undefined) return [{ kind: 'collectionRemoved', collection }];
    if (before === undefined) return [{ kind: 'collectionAdded', collection }];
    return collectionEdits(collection, before, after);
  });
  return edits.map((edit) => ({ ...edit, breaks: breaks(edit) }));
}

/** Whether clients of the first schema can live with the second (C2). */
export function isCompatible(from: PlainSchema | null, to: PlainSchema | null): boolean {
  return !differences(from, to).some((difference) => difference.breaks);
}

/** A difference in words, whether or not it breaks anybody: for messages and logs. */
export function describeDifference(difference: Difference): string {
  if (difference.kind === 'collectionAdded') return `collection ${named(difference.collection)} was added`;
  if (difference.kind === 'collectionRemoved') return `collection ${named(difference.collection)} was removed`;
  const name = `${named(difference.collection)}.${named(difference.attribute)}`;
  switch (difference.kind) {
    case 'attributeAdded':
      return `${name} was added${difference.optional ? '' : ' and is required'}`;
    case 'attributeRemoved':
      return `${name} was removed`;
    case 'typeChanged':
      return `${name} was of type ${difference.from} and is of type ${difference.to}`;
    case 'itemsChanged':
      return `${name} was a set of type ${difference.from} and is one of type ${difference.to}`;
    case 'optionalChanged':
      return `${name} became ${difference.to ? 'optional' : 'required'}`;
    case 'nullableChanged':
      return `${name} became ${difference.to ? 'nullable' : 'not nullable'}`;
    case 'enumChanged':
      return `${name} allows other values`;
  }
}
