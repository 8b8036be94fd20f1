/** Whether a value suits its operator, whatever the row: a statement is lawful or none (Q1), read out of the table case by case. */
import type { Filter, Operator, Query } from '../../vocabulary/queries.ts';

/** What a query that is none is refused with. */
export const invalidQuery = 'InvalidQueryError';

export function isLawfulQuery({ where }: Query): boolean {
  return where.every(isLawful);
}

function isLawful(filter: Filter): boolean {
  return 'mod' in filter ? filter.filters.every(isLawful) : suits(filter[1], filter[2]);
}

/** Of claims too, which may be anything (P1). */
export function suits(operator: Operator, value: unknown): boolean {
  switch (operator) {
    case '=':
    case '!=':
      return value === null || isComparable(value);
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'has':
    case '!has':
      return isComparable(value);
    case 'in':
    case 'nin':
      return Array.isArray(value) && value.every((member) => member === null || isComparable(member));
    case 'like':
      return typeof value === 'string';
    case 'isDefined':
      return typeof value === 'boolean';
  }
}

function isComparable(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
