/** Filters, OR-heavy and nested up to four deep, over every operator and every kind of value (Q1). */
import type { Filter, Operator, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import type { Scalar, Value } from '../../vocabulary/values.ts';
import { operators } from '../language/queries.ts';
import { type Attribute, type AttributeKind, attributesOf, type Cast, drawScalar, idsOfCollection } from './cast.ts';
import type { Chance } from './chance.ts';

const deepest = 4;

/** Attributes that no row has, though every object of the language seems to: only what a row holds itself counts (Q1). */
const inheritedNames = ['constructor', 'hasOwnProperty', 'toString', 'valueOf', '__proto__'] as const;

export function drawQuery(chance: Chance, cast: Cast, collection: string): Query {
  return { collection, where: drawWhere(chance, cast, collection), order: drawOrder(chance, collection) };
}

/** Wide ones among them: a filter that nothing meets explores nothing. */
function drawWhere(chance: Chance, cast: Cast, collection: string): readonly Filter[] {
  const count = chance.weighted([
    [3, 0],
    [7, 1],
    [2, 2],
  ]);
  return Array.from({ length: count }, () => drawFilter(chance, cast, collection, 1));
}

export function drawFilter(chance: Chance, cast: Cast, collection: string, depth: number): Filter {
  if (depth >= deepest || chance.percent(depth === 1 ? 30 : 60)) return drawStatement(chance, cast, collection);
  const mod = chance.percent(70) ? 'or' : 'and';
  const count = chance.weighted([
    [1, 0],
    [4, 1],
    [25, 2],
    [15, 3],
  ]);
  return { mod, filters: Array.from({ length: count }, () => drawFilter(chance, cast, collection, depth + 1)) };
}

function drawStatement(chance: Chance, cast: Cast, collection: string): Statement {
  const attribute = chance.pick(attributesOf(collection));
  if (chance.percent(4)) return ['id', chance.pick(['=', '!=', '>', '<=']), chance.pick(idsOfCollection(collection))];
  const operator = drawOperator(chance, attribute);
  const name = chance.percent(3) ? chance.pick(inheritedNames) : attribute.name;
  return [name, operator, drawOperand(chance, cast, attribute, operator)];
}

/** Mostly operators that suit the attribute; now and then any, since every operator is total on what rows hold. */
function drawOperator(chance: Chance, attribute: Attribute): Operator {
  if (chance.percent(8)) return chance.pick(operators);
  return chance.pick(operatorsOf[attribute.kind]);
}

const ofNumbers: readonly Operator[] = ['<', '<=', '>', '>=', '=', '!=', 'in', 'nin', 'isDefined'];
const operatorsOf: Readonly<Record<AttributeKind, readonly Operator[]>> = {
  flag: ['=', '=', '=', '!='],
  set: ['has', 'has', '!has', 'isDefined'],
  text: ['like', 'like', '=', '<', '>='],
  person: ['=', '=', '!=', 'in', 'nin', 'isDefined'],
  date: ['<', '<=', '>', '>=', '=', '!='],
  priority: ofNumbers,
  estimate: ofNumbers,
};

function drawOperand(chance: Chance, cast: Cast, attribute: Attribute, operator: Operator): Value {
  if (operator === 'isDefined') return chance.percent(60);
  if (operator === 'in' || operator === 'nin') return drawList(chance, cast, attribute);
  if (operator === 'like') return drawPattern(chance, cast);
  const oddity = chance.integer(1, 100);
  if (oddity <= 6 && (operator === '=' || operator === '!=')) return null;
  if (oddity <= 10) return String(drawScalar(chance, cast, attribute.kind));
  return drawScalar(chance, cast, attribute.kind);
}

/** Neither sorted nor free of duplicates, as people write them. */
function drawList(chance: Chance, cast: Cast, attribute: Attribute): readonly Scalar[] {
  const members = Array.from({ length: chance.integer(0, 4) }, () => drawScalar(chance, cast, attribute.kind));
  return chance.percent(20) ? [...members, null] : members;
}

function drawPattern(chance: Chance, cast: Cast): string {
  const text = chance.pick(cast.texts);
  const middle = chance.integer(0, Math.max(0, text.length - 1));
  return chance.pick([
    `${text.slice(0, middle)}%`,
    `%${text.slice(middle)}`,
    `%${text.slice(middle, middle + 2)}%`,
    `${text.slice(0, middle)}_${text.slice(middle + 1)}`,
    text,
  ]);
}

function drawOrder(chance: Chance, collection: string): readonly Ordering[] {
  const count = chance.place(5, 4, 2);
  const known = attributesOf(collection).map(({ name }) => name);
  const names = chance.percent(3) ? [chance.pick(inheritedNames), ...known] : known;
  return chance
    .shuffled(names)
    .slice(0, count)
    .map((name) => [name, chance.percent(50) ? 'ASC' : 'DESC']);
}
