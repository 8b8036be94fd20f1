/** Everything known about an event, by name, in lines that a person reads: a row a line, a group a line. */
import type { Token, TransactionOperation } from '../../model/index.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { sayTokenLabel, sayWrite, spaced } from './words-actions.ts';
import { sayAttributes } from './words-query.ts';

export type Detail = readonly [name: string, value: string];

/** Each field as it stands, but for those that are said in another way. */
export function plainDetails(value: object, without: readonly string[]): readonly Detail[] {
  return namedEntries(value).flatMap(([name, held]): readonly Detail[] => (without.includes(name) ? [] : [[spaced(name), sayPlain(held)]]));
}

/** A key without a value is one that is not there. */
export function namedEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, held]) => held !== undefined);
}

export function sayClaims(token: Token): string {
  const lines = [
    sayTokenLabel(token.label),
    `user ${token.user}, role ${token.role}, plan ${token.plan}`,
    token.expiresAtMs === null ? 'never expires' : `expires at ${new Date(token.expiresAtMs).toISOString()}`,
    ...(token.notBeforeMs === null ? [] : [`not before ${new Date(token.notBeforeMs).toISOString()}`]),
    ...(token.flaw === 'none' ? [] : [`flaw: ${spaced(token.flaw)}`]),
    ...(token.secret === true ? ['a secret token'] : []),
    `signed by ${token.key}`,
  ];
  return lines.join('\n');
}

export function sayRow({ id, ...attributes }: Row): string {
  const words = sayAttributes(attributes);
  return words === '' ? id : `${id}: ${words}`;
}

export function sayWriteWhole(write: TransactionOperation): string {
  switch (write.do) {
    case 'insert':
      return `insert ${write.collection}/${sayRow(write.row)}`;
    case 'update':
      return `${sayWrite(write)}: ${sayAttributes(write.changes) || 'nothing'}`;
    case 'delete':
      return sayWrite(write);
  }
}

export function sayPlain(value: unknown): string {
  if (value === null) return 'none';
  if (isRow(value)) return sayRow(value);
  if (Array.isArray(value)) return value.map(sayPlain).join('\n') || 'none';
  if (typeof value !== 'object') return String(value);
  return (
    namedEntries(value)
      .map(([name, held]) => `${spaced(name)}: ${sayPlain(held)}`)
      .join('\n') || 'none'
  );
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && Object.values(value).every(isValue)
  );
}

export function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isValue));
}
