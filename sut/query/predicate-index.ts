/**
 * Which filters a row could satisfy, without trying them all: filters are found by collection, then by the values of
 * the row at the attributes that they need equal. The cost of a look-up grows with the filters it finds and with those
 * that no equality narrows down, not with the filters there are.
 */

import type { Filter } from '../../vocabulary/queries.ts';
import type { Attributes, Scalar } from '../../vocabulary/values.ts';
import { type Equality, type Necessary, necessaryEqualities } from './necessary.ts';
import { attributeOf, isSet } from './value.ts';

export interface PredicateIndex<Entry> {
  /** `filter` is all of the entry's filter, as one. An entry is added once. */
  add(entry: Entry, collection: string, filter: Filter): void;
  /** An entry that is not there is ignored. */
  remove(entry: Entry): void;
  /** Calls back for every entry whose filter the row might satisfy; perhaps more than once, perhaps for some that it does not. */
  visit(collection: string, attributes: Attributes, callback: (entry: Entry) => void): void;
}

interface CollectionIndex<Entry> {
  readonly byAttribute: Map<string, Map<Scalar, Set<Entry>>>;
  /** Entries of which no equality is known: every row might satisfy them. */
  readonly unnarrowed: Set<Entry>;
}
/** Where an entry was put. It stays there, though another place may have become better since. */
interface Placement {
  readonly collection: string;
  readonly equalities: Necessary;
}

function addEquality<Entry>(index: CollectionIndex<Entry>, { attribute, value }: Equality, entry: Entry): void {
  const byValue = index.byAttribute.get(attribute) ?? new Map<Scalar, Set<Entry>>();
  const entries = byValue.get(value) ?? new Set<Entry>();
  entries.add(entry);
  byValue.set(value, entries);
  index.byAttribute.set(attribute, byValue);
}

function removeEquality<Entry>(index: CollectionIndex<Entry>, { attribute, value }: Equality, entry: Entry): void {
  const byValue = index.byAttribute.get(attribute);
  const entries = byValue?.get(value);
  if (byValue === undefined || entries === undefined) return;
  entries.delete(entry);
  if (entries.size === 0) byValue.delete(value);
  if (byValue.size === 0) index.byAttribute.delete(attribute);
}

/**
 * Of several equalities that would do, the one that finds the fewest entries so far is taken: with `done = false` and
 * `list = 7` in every filter, the lists are what tells them apart.
 */
function place<Entry>(index: CollectionIndex<Entry>, filter: Filter): Necessary {
  return necessaryEqualities(filter, ({ attribute, value }) => 1 + (index.byAttribute.get(attribute)?.get(value)?.size ?? 0));
}

/** The value by which equalities find the attribute: none for a set, which equals nothing. */
function lookupValue(attributes: Attributes, attribute: string): Scalar | undefined {
  const held = attributeOf(attributes, attribute) ?? null;
  return isSet(held) ? undefined : held;
}

function visitCollection<Entry>(index: CollectionIndex<Entry>, attributes: Attributes, callback: (entry: Entry) => void): void {
  for (const [attribute, byValue] of index.byAttribute) {
    const value = lookupValue(attributes, attribute);
    if (value === undefined) continue;
    for (const entry of byValue.get(value) ?? []) callback(entry);
  }
  for (const entry of index.unnarrowed) callback(entry);
}

export function createPredicateIndex<Entry>(): PredicateIndex<Entry> {
  const collections = new Map<string, CollectionIndex<Entry>>();
  const placements = new Map<Entry, Placement>();
  return {
    add(entry, collection, filter) {
      const index = collections.get(collection) ?? { byAttribute: new Map(), unnarrowed: new Set() };
      collections.set(collection, index);
      const equalities = place(index, filter);
      placements.set(entry, { collection, equalities });
      if (equalities === undefined) index.unnarrowed.add(entry);
      else for (const equality of equalities) addEquality(index, equality, entry);
    },
    remove(entry) {
      const placement = placements.get(entry);
      const index = collections.get(placement?.collection ?? '');
      if (placement === undefined || index === undefined) return;
      placements.delete(entry);
      index.unnarrowed.delete(entry);
      for (const equality of placement.equalities ?? []) removeEquality(index, equality, entry);
      if (index.unnarrowed.size === 0 && index.byAttribute.size === 0) collections.delete(placement.collection);
    },
    visit(collection, attributes, callback) {
      const index = collections.get(collection);
      if (index !== undefined) visitCollection(index, attributes, callback);
    },
  };
}
