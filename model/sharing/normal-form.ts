/** The normal form of a query, by which subscriptions share (H1): rewritten bottom-up, compared as text. */

/** Equal texts mean a shared group; JSON keeps 1 and "1", and every boundary, apart. */
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Scalar } from '../../vocabulary/values.ts';
export function normalForm(query: Query, permit: Filter | null = null, schemaVersion = 0): string {
  const where = normalise({ mod: 'and', filters: query.where });
  const read = permit === null ? null : normalise(permit);
  return JSON.stringify([query.collection, read, where, query.order, query.limit ?? null, query.after ?? null, schemaVersion]);
}

function normalise(filter: Filter): Filter {
  if (!('mod' in filter)) return normaliseStatement(filter);
  const flat = filter.filters
    .map(normalise)
    .flatMap((member) => ('mod' in member && member.mod === filter.mod ? member.filters : [member]));
  const unique = flat.filter((member, index) => flat.findIndex((other) => textOf(other) === textOf(member)) === index);
  const sorted = [...unique].sort((left, right) => (textOf(left) < textOf(right) ? -1 : 1));
  const [only] = sorted;
  return sorted.length === 1 && only !== undefined ? only : { mod: filter.mod, filters: sorted };
}

function normaliseStatement(filter: Exclude<Filter, { readonly mod: string }>): Filter {
  const [attribute, operator, value] = filter;
  if ((operator !== 'in' && operator !== 'nin') || !Array.isArray(value)) return filter;
  const members: readonly Scalar[] = value;
  const sorted = members.map((member) => JSON.stringify(member)).sort();
  const unique = sorted.filter((text, index) => sorted.indexOf(text) === index);
  return [attribute, operator, unique.map((text): Scalar => JSON.parse(text))];
}

function textOf(filter: Filter): string {
  return JSON.stringify(filter);
}
