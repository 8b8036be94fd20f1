/**
 * Which filters a row could satisfy, without trying them all: filters are found by the values of the row at the attributes
 * that they need equal. The cost of a look-up grows with the filters it finds and with those that no equality narrows
 * down, not with the filters there are.
 */

import type { Filter } from '../../vocabulary/queries.ts';
import type { Attributes, Scalar } from '../../vocabulary/values.ts';
import { type Equality, type Necessary, necessaryEqualities } from './necessary.ts';
import { attributeOf, isSet } from './value.ts';

export interface FilterIndex<Entry> {
  /** An entry is added once. */
  add(entry: Entry, filter: Filter): void;
  /** An entry that is not there is ignored. */
  remove(entry: Entry): void;
  /** Calls back for every entry whose filter the row might satisfy; perhaps more than once, perhaps for some that it does not. */
  visit(attributes: Attributes, callback: (entry: Entry) => void): void;
  isEmpty(): boolean;
}

interface Places<Entry> {
  readonly byAttribute: Map<string, Map<Scalar, Set<Entry>>>;
  /** Entries of which no equality is known: every row might satisfy them. */
  readonly unnarrowed: Set<Entry>;
}

function addEquality<Entry>(index: Places<Entry>, { attribute, value }: Equality, entry: Entry): void {
  const byValue = index.byAttribute.get(attribute) ?? new Map<Scalar, Set<Entry>>();
  const entries = byValue.get(value) ?? new Set<Entry>();
  entries.add(entry);
  byValue.set(value, entries);
  index.byAttribute.set(attribute, byValue);
}

function removeEquality<Entry>(index: Places<Entry>, { attribute, value }: Equality, entry: Entry): void {
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
function place<Entry>(index: Places<Entry>, filter: Filter): Necessary {
  return necessaryEqualities(filter, ({ attribute, value }) => 1 + (index.byAttribute.get(attribute)?.get(value)?.size ?? 0));
}

/** The value by which equalities find the attribute: none for a set, which equals nothing. */
function lookupValue(attributes: Attributes, attribute: string): Scalar | undefined {
  const held = attributeOf(attributes, attribute) ?? null;
  return isSet(held) ? undefined : held;
}

export function createFilterIndex<Entry>(): FilterIndex<Entry> {
  const index: Places<Entry> = { byAttribute: new Map(), unnarrowed: new Set() };
  /** Where an entry was put. It stays there, though another place may have become better since. */
  const placements = new Map<Entry, Necessary>();
  return {
    add(entry, filter) {
      const equalities = place(index, filter);
      placements.set(entry, equalities);
      if (equalities === undefined) index.unnarrowed.add(entry);
      else for (const equality of equalities) addEquality(index, equality, entry);
    },
    remove(entry) {
      for (const equality of placements.get(entry) ?? []) removeEquality(index, equality, entry);
      index.unnarrowed.delete(entry);
      placements.delete(entry);
    },
    visit(attributes, callback) {
      for (const [attribute, byValue] of index.byAttribute) {
        const value = lookupValue(attributes, attribute);
        if (value === undefined) continue;
        for (const entry of byValue.get(value) ?? []) callback(entry);
      }
      for (const entry of index.unnarrowed) callback(entry);
    },
    isEmpty: () => placements.size === 0,
  };
}
