/**
 * Variables in the filters of permissions (P1): `$role.x` for what the role's pattern bound, `$token.x` for a claim. They
 * are replaced before anything is compared or compiled, so that a filter that runs is always plain.
 */
import type { Filter, Operator, Statement } from '../../vocabulary/queries.ts';
import type { Value } from '../../vocabulary/values.ts';
import type { BoundVariable } from '../protocol/roles.ts';
import { isFields } from '../protocol/shape.ts';
import { fitsOperator, isValue } from '../query/operand.ts';
import { isStatement } from '../query/statement.ts';
import { own } from './lookup.ts';

/** What variables stand for, for one role and one token. */
export interface BoundValues {
  readonly role: Readonly<Record<string, unknown>>;
  readonly token: Readonly<Record<string, unknown>>;
}

interface Variable {
  readonly scope: keyof BoundValues;
  readonly path: string;
}

export function valuesOf(variables: readonly BoundVariable[], claims: Readonly<Record<string, unknown>>): BoundValues {
  return { role: Object.fromEntries(variables.map(({ name, value }) => [name, value])), token: claims };
}

const pattern = /^\$(role|token)\.(.+)$/s;

/** Undefined where the value is just a value. */
export function variableIn(value: Value): Variable | undefined {
  if (typeof value !== 'string') return undefined;
  const [, scope, path] = pattern.exec(value) ?? [];
  if (path === undefined) return undefined;
  return { scope: scope === 'role' ? 'role' : 'token', path };
}

/** By its whole name, or else step by step at the dots; undefined where nothing is there. */
function lookUp(values: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  let found: unknown = values;
  for (const step of path.split('.')) found = isFields(found) ? own(found, step) : undefined;
  return found;
}

/** Undefined where the operator cannot take it, as claims may be anything. */
function operand(operator: Operator, value: unknown): Value | undefined {
  return isValue(value) && fitsOperator(operator, value) ? value : undefined;
}

/** False for every row. */
const never: Filter = { mod: 'or', filters: [] };

function substituteStatement(statement: Statement, values: BoundValues): Filter {
  const [attribute, operator, value] = statement;
  const variable = variableIn(value);
  if (variable === undefined) return statement;
  const bound = operand(operator, lookUp(values[variable.scope], variable.path));
  return bound === undefined ? never : [attribute, operator, bound];
}

/** The filter with every variable replaced by its value; a statement whose variable has none lets nothing through. */
export function substitute(filter: Filter, values: BoundValues): Filter {
  if (isStatement(filter)) return substituteStatement(filter, values);
  return { mod: filter.mod, filters: filter.filters.map((member) => substitute(member, values)) };
}
