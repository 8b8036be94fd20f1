/**
 * What the server lets its clients read and write, by the model's own reading of schemas and permissions: the forecast
 * guesses when things happen, and need not guess what they come to.
 */

import type { Token, TransactionOperation } from '../../../model/actions.ts';
import { type Authority, isReadable, mayWrite, readPermit } from '../../../model/permissions/permit.ts';
import { issuesOfRow } from '../../../model/schema/conform.ts';
import type { Filter } from '../../../vocabulary/queries.ts';
import type { Schema } from '../../../vocabulary/schemas.ts';
import type { Row } from '../../../vocabulary/values.ts';
import { idOf } from '../../language/operations.ts';
import { roles } from '../../language/roles.ts';
import type { FreshToken } from '../../language/tokens.ts';
import type { ClientForecast, Forecast, StoredRow } from './state.ts';

/** Whether the client's claims let it read the row. */
export function maySee(forecast: Forecast, client: ClientForecast, collection: string, row: Row): boolean {
  const spec = (client.accepted ?? client.session?.token)?.spec;
  if (spec === undefined || forecast.schema === null) return true;
  return isReadable(permitOf(forecast.schema, spec, collection), row);
}

interface Permits {
  readonly schema: Schema;
  readonly byCollection: Map<string, Filter | null>;
}

/** Asked about at nearly every step, and changed by a push or a new token only. */
const permitsOf = new WeakMap<FreshToken, Permits>();

function permitOf(schema: Schema, spec: FreshToken, collection: string): Filter | null {
  let permits = permitsOf.get(spec);
  if (permits?.schema !== schema) {
    permits = { schema, byCollection: new Map() };
    permitsOf.set(spec, permits);
  }
  const known = permits.byCollection.get(collection);
  if (known !== undefined) return known;
  const permit = readPermit({ schema, roles }, modelToken(spec), collection);
  permits.byCollection.set(collection, permit);
  return permit;
}

/** What the rows become by the operations; undefined where one of them is refused, and so all are (W4). */
export function resultOfWrite(
  forecast: Forecast,
  spec: FreshToken | undefined,
  operations: readonly TransactionOperation[],
): ReadonlyMap<string, StoredRow | undefined> | undefined {
  const authority: Authority = { schema: forecast.schema, roles };
  const token = spec === undefined ? undefined : modelToken(spec);
  const changed = new Map<string, StoredRow | undefined>();
  for (const operation of operations) {
    const { collection } = operation;
    const key = `${collection}/${idOf(operation)}`;
    const before = (changed.has(key) ? changed.get(key) : forecast.rows.get(key))?.row;
    if (operation.do !== 'insert' && before === undefined) continue;
    const after = rowAfter(operation, before);
    if (!fits(forecast.schema, collection, after)) return undefined;
    const judged = forecast.schema !== null && token !== undefined;
    if (judged && !mayWrite(authority, token, collection, before, after, operation.do === 'insert')) return undefined;
    changed.set(key, after === undefined ? undefined : { collection, row: after });
  }
  return changed;
}

function rowAfter(operation: TransactionOperation, before: Row | undefined): Row | undefined {
  switch (operation.do) {
    case 'insert':
      return operation.row;
    case 'update':
      return before === undefined ? undefined : { ...before, ...operation.changes };
    case 'delete':
      return undefined;
  }
}

function fits(schema: Schema | null, collection: string, row: Row | undefined): boolean {
  return schema === null || row === undefined || issuesOfRow(schema, collection, row).length === 0;
}

/** Whether the rows that the server holds let it take that schema (C3). */
export function rowsFit(forecast: Forecast, schema: Schema): boolean {
  for (const { collection, row } of forecast.rows.values()) if (!fits(schema, collection, row)) return false;
  return true;
}

function modelToken({ user, role, plan, flaw, secret }: FreshToken): Token {
  return { label: '', user, role, plan, expiresAtMs: null, notBeforeMs: null, flaw, secret, key: '' };
}
