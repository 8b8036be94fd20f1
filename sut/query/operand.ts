/**
 * Which values an operator can take, whatever a row holds (Q1). A statement with another value could match nothing, or
 * everything, for ever: whoever wrote it meant something else, so that no query and no permission may hold one.
 */
import type { Operator } from '../../vocabulary/queries.ts';
import type { Scalar, Value } from '../../vocabulary/values.ts';
import { isSet } from './value.ts';

interface Operand {
  readonly fits: (value: Value) => boolean;
  /** What fits, for people. */
  readonly saying: string;
}

const scalar: Operand = { fits: (value) => !isSet(value), saying: 'a string, a finite number, a boolean or null' };
const something: Operand = { fits: (value) => !isSet(value) && value !== null, saying: 'a string, a finite number or a boolean' };
const list: Operand = { fits: isSet, saying: 'a list' };
const pattern: Operand = { fits: (value) => typeof value === 'string', saying: 'a string' };
const flag: Operand = { fits: (value) => typeof value === 'boolean', saying: 'true or false' };

const operands: Readonly<Record<Operator, Operand>> = {
  '=': scalar,
  '!=': scalar,
  '<': something,
  '<=': something,
  '>': something,
  '>=': something,
  in: list,
  nin: list,
  like: pattern,
  has: something,
  '!has': something,
  isDefined: flag,
};

export function isOperator(value: unknown): value is Operator {
  return typeof value === 'string' && Object.hasOwn(operands, value);
}

/** `1e999` is valid JSON and reads as infinity, which could not be written down again. */
export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** A hole in a list is no value either: it would be sent as null. */
export function isValue(value: unknown): value is Value {
  if (!Array.isArray(value)) return isScalar(value);
  for (const member of value) if (!isScalar(member)) return false;
  return true;
}

export function fitsOperator(operator: Operator, value: Value): boolean {
  return operands[operator].fits(value);
}

/** `like takes a string`. */
export function sayOperand(operator: Operator): string {
  return `${operator} takes ${operands[operator].saying}`;
}
