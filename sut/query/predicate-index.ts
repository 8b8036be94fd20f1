/**
 * Which queries a row could concern. They are found by collection, then by what may be read, and by their own clauses only
 * behind that: no clause looks at a row that its subscriber may not read, so that the time a write takes tells nobody
 * what hidden rows hold (H1, P2).
 */
import type { Filter } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { compileFilter, type RowTest } from './filter.ts';
import { createFilterIndex, type FilterIndex } from './filter-index.ts';
import type { NormalForm } from './normal-form.ts';
import { noAccount, type Work } from './work.ts';

export type Predicate = Pick<NormalForm, 'collection' | 'permission' | 'filter'>;

export interface PredicateIndex<Entry> {
  /** An entry is added once. */
  add(entry: Entry, predicate: Predicate): void;
  /** An entry that is not there is ignored. */
  remove(entry: Entry): void;
  /** Calls back for every entry that the row might concern; perhaps more than once, perhaps for some that it does not. */
  visit(collection: string, attributes: Attributes, callback: (entry: Entry) => void): void;
}

/** All queries of a collection whose subscribers read the same. */
interface Readers<Entry> {
  readonly text: string;
  readonly mayRead: RowTest;
  readonly queries: FilterIndex<Entry>;
}
interface CollectionIndex<Entry> {
  readonly name: string;
  readonly byPermission: FilterIndex<Readers<Entry>>;
  readonly byText: Map<string, Readers<Entry>>;
}

/** No permissions: everything is read. */
const everything: Filter = { mod: 'and', filters: [] };

export function createPredicateIndex<Entry>(work: Work = noAccount()): PredicateIndex<Entry> {
  const collections = new Map<string, CollectionIndex<Entry>>();
  const placements = new Map<Entry, { readonly collection: CollectionIndex<Entry>; readonly readers: Readers<Entry> }>();

  function collectionOf(name: string): CollectionIndex<Entry> {
    const collection = collections.get(name) ?? { name, byPermission: createFilterIndex(), byText: new Map() };
    collections.set(name, collection);
    return collection;
  }

  return {
    add(entry, { collection: name, permission, filter }) {
      const collection = collectionOf(name);
      const readers = readersOf(collection, permission ?? everything, work);
      readers.queries.add(entry, filter);
      placements.set(entry, { collection, readers });
    },
    remove(entry) {
      const placement = placements.get(entry);
      if (placement === undefined) return;
      const { collection, readers } = placement;
      placements.delete(entry);
      readers.queries.remove(entry);
      if (!readers.queries.isEmpty()) return;
      collection.byPermission.remove(readers);
      collection.byText.delete(readers.text);
      if (collection.byText.size === 0) collections.delete(collection.name);
    },
    visit(name, attributes, callback) {
      collections.get(name)?.byPermission.visit(attributes, ({ mayRead, queries }) => {
        if (mayRead(attributes)) queries.visit(attributes, callback);
      });
    },
  };
}

function readersOf<Entry>({ byPermission, byText }: CollectionIndex<Entry>, permission: Filter, work: Work): Readers<Entry> {
  const text = JSON.stringify(permission);
  const known = byText.get(text);
  if (known !== undefined) return known;
  const readers: Readers<Entry> = { text, mayRead: compileFilter([permission], work), queries: createFilterIndex() };
  byText.set(text, readers);
  byPermission.add(readers, permission);
  return readers;
}
