/** Rows to insert and changes to make, often such that they meet a live filter. */
import type { Filter, Query, Statement } from '../../vocabulary/queries.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { isGroup, isList } from '../language/query-shape.ts';
import { attributesOf, type Cast, drawValue, typeOfKind } from './cast.ts';
import type { Chance } from './chance.ts';

export function drawRow(chance: Chance, cast: Cast, collection: string, id: string): Row {
  const present = attributesOf(collection).filter((attribute) => !attribute.optional || chance.percent(70));
  return { id, ...Object.fromEntries(present.map((attribute) => [attribute.name, drawValue(chance, cast, attribute)])) };
}

/** One to three attributes; half of the time one of them takes a value that a live filter speaks of. */
export function drawChanges(chance: Chance, cast: Cast, collection: string, queries: readonly Query[]): Readonly<Record<string, Value>> {
  const known = attributesOf(collection);
  const count = 1 + chance.place(6, 3, 1);
  const drawn = chance
    .shuffled(known)
    .slice(0, count)
    .map((attribute): [string, Value] => [attribute.name, drawValue(chance, cast, attribute)]);
  const met = chance.percent(50) ? drawMeeting(chance, collection, queries) : undefined;
  return Object.fromEntries(met === undefined ? drawn : [...drawn.slice(1).filter(([name]) => name !== met[0]), met]);
}

/** An attribute and a value for it that bears on some statement of these queries. */
export function drawMeeting(chance: Chance, collection: string, queries: readonly Query[]): [string, Value] | undefined {
  const statements = queries
    .filter((query) => query.collection === collection)
    .flatMap((query) => query.where.flatMap(statementsOf))
    .filter(([attribute]) => attribute !== 'id');
  if (statements.length === 0) return undefined;
  const [attribute, operator, operand] = chance.pick(statements);
  const value = meeting(chance, operator, operand);
  return value === undefined || !fits(collection, attribute, value) ? undefined : [attribute, value];
}

function statementsOf(filter: Filter): readonly Statement[] {
  return isGroup(filter) ? filter.filters.flatMap(statementsOf) : [filter];
}

function meeting(chance: Chance, operator: Statement[1], operand: Value): Value | undefined {
  switch (operator) {
    case 'isDefined':
      return undefined;
    case 'has':
    case '!has':
      return isList(operand) ? undefined : [operand];
    case 'in':
    case 'nin':
      return isList(operand) && operand.length > 0 ? chance.pick(operand) : undefined;
    case 'like':
      return typeof operand === 'string' ? operand.replaceAll('%', 'a ').replaceAll('_', 'x') : undefined;
    default:
      return typeof operand === 'number' ? operand + chance.integer(-1, 1) : operand;
  }
}

/** Rows keep to the kinds of their attributes; mixed kinds are the filters' matter. */
function fits(collection: string, name: string, value: Value): boolean {
  const attribute = attributesOf(collection).find((candidate) => candidate.name === name);
  if (attribute === undefined) return false;
  if (value === null) return attribute.nullable;
  const type = typeOfKind[attribute.kind];
  if (type === 'set') return isList(value) && value.every((member) => typeof member === 'string');
  return typeof value === (type === 'date' ? 'string' : type);
}
