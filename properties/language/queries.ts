/** Reads the queries of a script, and the filters of permissions. */
import * as v from 'valibot';
import { suits } from '../../model/subscriptions/lawful.ts';
import type { Cursor, Filter, FilterGroup, Operator, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import { changed, choice, either, inspected, isObject, list, name, object, optional, refused, type Shape, whole } from './shapes.ts';
import { scalar, value } from './values.ts';

export const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'nin', 'like', 'has', '!has', 'isDefined'];

const ordering: Shape<Ordering> = v.pipe(
  v.custom<readonly unknown[]>((given) => Array.isArray(given) && given.length === 2, '[attribute, direction]'),
  v.tuple([name, choice(['ASC', 'DESC'])], '[attribute, direction]'),
);
const cursor: Shape<Cursor> = object({ values: list(scalar), id: name });

export const query: Shape<Query> = inspected(
  changed(
    object({
      collection: name,
      where: list(either(filterShape)),
      order: list(ordering),
      limit: optional(whole(0)),
      after: optional(cursor),
    }),
    ({ limit, after, ...others }): Query => ({
      ...others,
      ...(limit !== undefined && { limit }),
      ...(after !== undefined && { after }),
    }),
  ),
  ({ order, after }) =>
    after === undefined || after.values.length === order.length
      ? null
      : { at: ['after', 'values'], message: `a value for each attribute of the order (${order.length})` },
);

function filterShape(given: unknown): Shape<Filter> {
  return Array.isArray(given) ? statement : group;
}

/** A filter of a permission: lists may be variables (P1). */
export const ruleFilter: Shape<Filter> = either<Filter>((given) => (Array.isArray(given) ? ruleStatement : ruleGroup));

const shapeOfStatement = '[attribute, operator, value]';
const statement = statementOf(false);
const ruleStatement = statementOf(true);
const group = groupOf(either(filterShape));
const ruleGroup = groupOf(ruleFilter);

function groupOf(member: Shape<Filter>): Shape<FilterGroup> {
  const shape: Shape<FilterGroup> = object({ mod: choice(['and', 'or']), filters: list(member) });
  const none: Shape<FilterGroup> = refused(`${shapeOfStatement} or { mod, filters }`);
  return either((given) => (isObject(given) ? shape : none));
}

function statementOf(variables: boolean): Shape<Statement> {
  const three = v.pipe(
    v.custom<readonly unknown[]>((given) => Array.isArray(given) && given.length === 3, shapeOfStatement),
    v.tuple([name, choice(operators), value], shapeOfStatement),
  );
  // A query may hold what its operator cannot take: that it is refused is what is tried then (Q1). No schema is made with it.
  if (!variables) return three;
  return inspected<Statement>(three, ([, operator, operand]) => {
    const isVariable = typeof operand === 'string' && /^\$(role|token)\../.test(operand);
    return isVariable || suits(operator, operand) ? null : { at: [2], message: `a value that ${operator} can take` };
  });
}
