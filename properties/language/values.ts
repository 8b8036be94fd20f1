/** Reads the values, rows and changes of a script. */

import * as v from 'valibot';
import type { Row, Scalar, Value } from '../../vocabulary/values.ts';
import { isList } from './query-shape.ts';
import { changed, checked, either, isObject, list, name, refused, type Shape, table } from './shapes.ts';

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

export const scalar: Shape<Scalar> = v.custom<Scalar>(isScalar, 'a text, a number, true, false or null');
const notAValue: Shape<Value> = refused('a text, a number, true, false, null or a list of these');
const scalars: Shape<Value> = list(scalar);

export const value: Shape<Value> = either((given) => (isScalar(given) ? scalar : Array.isArray(given) ? scalars : notAValue));

/** A value that a row may hold: its lists are sets. */
const stored: Shape<Value> = checked(value, (given) => !isList(given) || isSet(given), 'a sorted list without duplicates (a set)');

function isSet(members: readonly Scalar[]): boolean {
  return members.every((member, index) => {
    const before = index === 0 ? undefined : members[index - 1];
    return before === undefined || (before !== null && member !== null && typeof before === typeof member && before < member);
  });
}

/** Attributes come back in one order, so that equal ones read equal. */
export const attributes: Shape<Readonly<Record<string, Value>>> = table(stored, 'sorted');

/** `id` first, then by code unit. */
export const row: Shape<Row> = either((given) => (isObject(given) && typeof given.id === 'string' && given.id !== '' ? withId : withoutId));

const withId: Shape<Row> = changed(attributes, ({ id, ...others }) => ({ id: typeof id === 'string' ? id : '', ...others }));
/** Says what is wrong with the id, or that it is no row at all. */
const withoutId: Shape<Row> = changed(v.pipe(v.custom(isObject, 'an object'), v.looseObject({ id: name })), ({ id }) => ({ id }));
