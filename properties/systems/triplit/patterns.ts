/**
 * Patterns over plain data, with variables: what signatures say of a configuration or of an event. A pattern is JSON itself,
 * so that whoever knows how a defect shows can write it down beside the defect.
 *
 * - A number, a truth value, null or a text is met by its equal; null also by what is not there.
 * - An object is met by one that meets it key by key; keys that it does not name are free. A list is met item by item.
 * - `"$name"` is a variable: it takes the first value that it meets and is met by its equal from then on.
 * - `"${name} refresh timer"` is a text in which a variable stands that has a value already.
 * - `{ "$any": [p, …] }`, `{ "$all": [p, …] }`, `{ "$not": p }`; what `$not` binds is forgotten.
 * - `{ "$text": "regular expression" }`, in which `${name}` may stand too; `(?<name>…)` gives a variable its value.
 * - `{ "$has": p }`: a list of which an item meets it. `{ "$within": p }`: data that meets it, or in which something does, however deep.
 * - `{ "$is": n }`, `$atLeast`, `$above`, `$atMost`, `$below`: a number, compared with `n`, which is a number, a variable that
 *   has a value, or `{ "$sum": [n, …] }`.
 */

import { type Fields, isObject } from '../../language/shapes.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
/** What variables stand for, by name without the sign. */
export type Bindings = Fields;

/** Every way in which the value meets the pattern: the bindings after each; none where it does not. */
export function waysToMeet(pattern: Json, value: unknown, bindings: Bindings): readonly Bindings[] {
  const found = value ?? null;
  if (typeof pattern === 'string') return meetText(pattern, found, bindings);
  if (isList(pattern)) return meetList(pattern, found, bindings);
  if (pattern === null || typeof pattern !== 'object') return onlyIf(pattern === found, bindings);
  const operation = operationIn(pattern);
  if (operation !== null) return operators[operation.name](operation.operand, found, bindings);
  if (!isObject(found)) return [];
  return inTurn(Object.entries(pattern), bindings, ([key, inner], way) => waysToMeet(inner, found[key], way));
}

const variable = /^\$([a-z][A-Za-z0-9]*)$/u;
const placesOfVariables = /\$\{([a-z][A-Za-z0-9]*)\}/gu;

function meetText(pattern: string, found: unknown, bindings: Bindings): readonly Bindings[] {
  const name = nameOfVariable(pattern);
  if (name === null) return onlyIf(filledIn(pattern, bindings, (text) => text) === found, bindings);
  if (!Object.hasOwn(bindings, name)) return [{ ...bindings, [name]: found }];
  return onlyIf(isEqual(bindings[name] ?? null, found), bindings);
}

export function nameOfVariable(pattern: string): string | null {
  return variable.exec(pattern)?.[1] ?? null;
}

/** Names of the variables that a text takes in. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(placesOfVariables)].flatMap(([, name]) => name ?? []);
}

/** Null where one of its variables has no value that can stand in a text. */
function filledIn(text: string, bindings: Bindings, written: (text: string) => string): string | null {
  let isWhole = true;
  const filled = text.replaceAll(placesOfVariables, (_place, name: string) => {
    const value = bindings[name];
    if (typeof value === 'string' || typeof value === 'number') return written(String(value));
    isWhole = false;
    return '';
  });
  return isWhole ? filled : null;
}

/** Null where a variable has no value. Throws SyntaxError where it is no regular expression. */
export function expressionOf(text: string, bindings: Bindings): RegExp | null {
  const filled = filledIn(text, bindings, (value) => value.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
  return filled === null ? null : new RegExp(filled, 'u');
}

function meetList(pattern: readonly Json[], found: unknown, bindings: Bindings): readonly Bindings[] {
  if (!isList(found) || found.length !== pattern.length) return [];
  return inTurn([...pattern.entries()], bindings, ([index, inner], way) => waysToMeet(inner, found[index], way));
}

type Operator = (operand: Json, found: unknown, bindings: Bindings) => readonly Bindings[];

const operators = {
  $any: (operand, found, bindings) => (isList(operand) ? operand.flatMap((pattern) => waysToMeet(pattern, found, bindings)) : []),
  $all: (operand, found, bindings) => (isList(operand) ? inTurn(operand, bindings, (pattern, way) => waysToMeet(pattern, found, way)) : []),
  $not: (operand, found, bindings) => onlyIf(waysToMeet(operand, found, bindings).length === 0, bindings),
  $text: meetExpression,
  $has: (operand, found, bindings) => (isList(found) ? found.flatMap((item) => waysToMeet(operand, item, bindings)) : []),
  $within: (operand, found, bindings) => allWithin(found).flatMap((inner) => waysToMeet(operand, inner, bindings)),
  $is: comparing((found, bound) => found === bound),
  $atLeast: comparing((found, bound) => found >= bound),
  $above: comparing((found, bound) => found > bound),
  $atMost: comparing((found, bound) => found <= bound),
  $below: comparing((found, bound) => found < bound),
} satisfies Readonly<Record<string, Operator>>;
export type OperatorName = keyof typeof operators;

/** Meets each part in turn, in every way, with what those before it have bound. */
function inTurn<Part>(
  parts: readonly Part[],
  bindings: Bindings,
  meet: (part: Part, way: Bindings) => readonly Bindings[],
): readonly Bindings[] {
  return parts.reduce<readonly Bindings[]>((ways, part) => ways.flatMap((way) => meet(part, way)), [bindings]);
}

/** Itself first, then what it holds. */
function allWithin(data: unknown): readonly unknown[] {
  if (data === null || typeof data !== 'object') return [data];
  return [data, ...Object.values(data).flatMap(allWithin)];
}

/** Named groups are variables: each place where the expression is met is a way of its own. */
function meetExpression(operand: Json, found: unknown, bindings: Bindings): readonly Bindings[] {
  if (typeof operand !== 'string' || typeof found !== 'string') return [];
  const expression = expressionOf(operand, bindings);
  if (expression === null) return [];
  if (namesOfGroups(operand).length === 0) return onlyIf(expression.test(found), bindings);
  const matches = [...found.matchAll(new RegExp(expression, 'gu'))];
  return matches.flatMap(({ groups = {} }) =>
    inTurn(Object.entries(groups), bindings, ([name, text], way) => meetText(`$${name}`, text, way)),
  );
}

/** Names of the variables to which an expression gives a value. */
export function namesOfGroups(expression: string): readonly string[] {
  return [...expression.matchAll(/\(\?<([a-z][A-Za-z0-9]*)>/gu)].flatMap(([, name]) => name ?? []);
}

function comparing(holds: (found: number, bound: number) => boolean): Operator {
  return (operand, found, bindings) => {
    const bound = numberOf(operand, bindings);
    return onlyIf(typeof found === 'number' && bound !== null && holds(found, bound), bindings);
  };
}

/** Null where a variable has no value, or one that is no number. */
function numberOf(operand: Json, bindings: Bindings): number | null {
  if (typeof operand === 'number') return operand;
  if (typeof operand === 'string') {
    const value = bindings[nameOfVariable(operand) ?? ''];
    return typeof value === 'number' ? value : null;
  }
  const { $sum: terms = null } = isObject(operand) ? operand : {};
  const values = isList(terms) ? terms.map((term) => numberOf(term, bindings)) : [null];
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}

export interface Operation {
  readonly name: OperatorName;
  readonly operand: Json;
}

/** Null where the object is a pattern of an object. */
export function operationIn(pattern: JsonObject): Operation | null {
  const [name = '', another] = Object.keys(pattern);
  return another === undefined && isOperator(name) ? { name, operand: pattern[name] ?? null } : null;
}

export function isOperator(key: string): key is OperatorName {
  return Object.hasOwn(operators, key);
}

function onlyIf(holds: boolean, bindings: Bindings): readonly Bindings[] {
  return holds ? [bindings] : [];
}

/** Whatever order the keys of objects are in. */
function isEqual(one: unknown, other: unknown): boolean {
  if (isList(one)) return isList(other) && one.length === other.length && one.every((item, at) => isEqual(item, other[at] ?? null));
  if (!isObject(one)) return one === other;
  const keys = keysOf(one);
  if (!isObject(other) || keys.length !== keysOf(other).length) return false;
  return keys.every((key) => isEqual(one[key], other[key]));
}

/** A key without a value is one that is not there. */
function keysOf(data: Fields): readonly string[] {
  return Object.keys(data).filter((key) => data[key] !== undefined);
}

export function isList(value: Json): value is readonly Json[];
export function isList(value: unknown): value is readonly unknown[];
export function isList(value: unknown): boolean {
  return Array.isArray(value);
}
