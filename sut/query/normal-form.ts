/**
 * The normal form of a query (H1): two queries share a group exactly when their keys are equal. What may be read and what
 * is asked stand side by side in it: joined, they could not be told apart any more, and no order of evaluation would keep the
 * clauses from rows that may not be read. The key is JSON, which
 * keeps 1 and "1", null and "null", and the edges of every list apart, so no two normal forms collide.
 */
import type { Cursor, Filter, FilterGroup, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import type { Scalar } from '../../vocabulary/values.ts';
import { isStatement } from './statement.ts';
import { compareText, isSet } from './value.ts';

/** A filter beside its own canonical text, by which it is sorted and compared. The text of a group is made of those of its members. */
type Canonical =
  | { readonly filter: Statement; readonly text: string }
  | { readonly filter: FilterGroup; readonly text: string; readonly members: readonly Canonical[] };

/** Sorted by text and without doubles. */
function sortedUnique<Item>(items: readonly Item[], textOf: (item: Item) => string): readonly Item[] {
  const byText = new Map(items.map((item) => [textOf(item), item]));
  return [...byText].sort(([left], [right]) => compareText(left, right)).map(([, item]) => item);
}

function normaliseStatement(statement: Statement): Statement {
  const [attribute, operator, value] = statement;
  if ((operator !== 'in' && operator !== 'nin') || !isSet(value)) return statement;
  return [attribute, operator, sortedUnique<Scalar>(value, (member) => JSON.stringify(member))];
}

/** The members of a group that the same kind of group around it takes in as its own. */
function spliced(member: Canonical, mod: FilterGroup['mod']): readonly Canonical[] {
  return 'members' in member && member.filter.mod === mod ? member.members : [member];
}

/** Bottom-up: flattened, deduplicated, sorted, and a single member stands for its group. An empty group stays. */
function normaliseGroup({ mod, filters }: FilterGroup): Canonical {
  const flat = filters.map(normaliseFilter).flatMap((member) => spliced(member, mod));
  const members = sortedUnique(flat, (member) => member.text);
  const [only] = members;
  if (only !== undefined && members.length === 1) return only;
  const text = `{"mod":"${mod}","filters":[${members.map((member) => member.text).join(',')}]}`;
  return { filter: { mod, filters: members.map(({ filter }) => filter) }, text, members };
}

function normaliseFilter(filter: Filter): Canonical {
  if (!isStatement(filter)) return normaliseGroup(filter);
  const statement = normaliseStatement(filter);
  return { filter: statement, text: JSON.stringify(statement) };
}

export interface NormalForm {
  /** Equal for two subscriptions exactly when they share. */
  readonly key: string;
  readonly collection: string;
  /** What may be read, as one filter; null: everything. */
  readonly permission: Filter | null;
  /** All of `where`, as one filter: tried only on what may be read. */
  readonly filter: Filter;
  readonly order: readonly Ordering[];
  readonly limit: number | undefined;
  readonly after: Cursor | undefined;
}

/**
 * `readFilter`: what the permissions let the subscriber read, null for everything (`sut/schema/permissions.ts`).
 * `schemaVersion`: how many schemas were pushed.
 */
export function normalForm(
  { collection, where, order, limit, after }: Query,
  readFilter: Filter | null,
  schemaVersion: number,
): NormalForm {
  const asked = normaliseGroup({ mod: 'and', filters: where });
  const readable = readFilter === null ? null : normaliseFilter(readFilter);
  const place = after === undefined ? null : [after.values, after.id];
  const [head, tail] = [JSON.stringify([schemaVersion, collection]), JSON.stringify([order, limit ?? null, place])];
  const key = `[${head},${readable?.text ?? 'null'},${asked.text},${tail}]`;
  return { key, collection, permission: readable?.filter ?? null, filter: asked.filter, order, limit, after };
}
