/** Plainer numbers, texts and rows. */
import type { Row, Value } from '../../vocabulary/values.ts';
import { withoutOne } from './lists.ts';
import { isList } from './query-shape.ts';

/** Rounder and smaller: powers of ten from below, half, the number cut to its first digit, and cut by its last. */
export function* plainerNumbers(value: number, least: number): Generator<number> {
  const size = Math.abs(value);
  const sign = Math.sign(value);
  const offered = new Set<number>([value]);
  const offers = [least];
  for (let power = 1; power < size; power *= 10) offers.push(power);
  const leading = 10 ** Math.max(0, String(Math.floor(size)).length - 1);
  offers.push(Math.floor(size / 2 / leading) * leading, Math.floor(size / leading) * leading, Math.floor(size / 2), size - leading);
  if (leading >= 100) offers.push(Math.floor((size * 10) / leading) * (leading / 10), Math.ceil(size / leading) * leading);
  if (!Number.isInteger(size)) offers.push(Math.floor(size));
  for (const offer of offers) {
    const number = offer === 0 ? 0 : sign * offer;
    if (offer < least || offered.has(number)) continue;
    offered.add(number);
    yield number;
  }
}

export function* plainerValues(value: Value): Generator<Value> {
  if (isList(value)) {
    if (value.length > 1) yield [];
    yield* withoutOne(value);
  } else if (typeof value === 'string') {
    if (value.length > 1) yield value.slice(0, 1);
    if (value.length > 2) yield value.slice(0, Math.floor(value.length / 2));
    if (value.length > 0) yield value.slice(0, -1);
  } else if (typeof value === 'number') {
    if (value !== 1) yield 1;
    yield* plainerNumbers(value, 0);
  } else if (value === false) yield true;
}

/** Fewer attributes, all but `id` at once first; then plainer values. */
export function* plainerRows(row: Row): Generator<Row> {
  const { id, ...attributes } = row;
  for (const plainer of plainerAttributes(attributes)) yield { id, ...plainer };
}

export function* plainerAttributes(attributes: Readonly<Record<string, Value>>): Generator<Readonly<Record<string, Value>>> {
  const entries = Object.entries(attributes);
  if (entries.length > 1) yield {};
  for (const fewer of withoutOne(entries)) yield Object.fromEntries(fewer);
  for (const [name, value] of entries) {
    for (const plainer of plainerValues(value)) yield { ...attributes, [name]: plainer };
  }
}
