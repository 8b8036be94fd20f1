/** Rows and changes for a server with a schema: mostly such that it takes them, now and then such that it must not (C3, W4). */

import { entryOf } from '../../model/entry-of.ts';
import { issuesOfRow } from '../../model/schema/conform.ts';
import type { Attribute, Schema } from '../../vocabulary/schemas.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import { type Cast, drawScalar } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Drawing } from './context.ts';
import { drawRow } from './rows.ts';
import type { ClientForecast } from './state/state.ts';

type Values = Readonly<Record<string, Value>>;

export function drawFittingRow(drawing: Drawing, client: ClientForecast, collection: string, id: string): Row {
  return fitRow(drawing, client, collection, drawRow(drawing.chance, drawing.cast, collection, id));
}

/** Under permissions half of the rows are the writer's own, since these are what most rules let through. */
export function fitRow(drawing: Drawing, client: ClientForecast, collection: string, row: Row): Row {
  const { chance, cast, forecast } = drawing;
  const known = entryOf(forecast.schema?.collections, collection);
  if (forecast.schema === null || known === undefined) return row;
  const { id, ...attributes } = fitted(chance, cast, forecast.schema, collection, row);
  const user = client.session?.token.spec.user;
  const owned = known.permissions !== null && user !== undefined && known.attributes.assignee !== undefined && chance.percent(50);
  const values: Values = owned ? { ...attributes, assignee: user } : attributes;
  return { id, ...(isIll(chance, client) ? spoiled(chance, known.attributes, values) : values) };
}

export function fitChanges(drawing: Drawing, client: ClientForecast, collection: string, changes: Values): Values {
  const { chance, cast, forecast } = drawing;
  const known = entryOf(forecast.schema?.collections, collection)?.attributes;
  if (known === undefined) return changes;
  const entries = Object.entries(changes).flatMap(([name, value]): [string, Value][] => {
    const attribute = entryOf(known, name);
    return attribute === undefined ? [] : [[name, fits(attribute, value) ? value : drawTyped(chance, cast, attribute)]];
  });
  const values = Object.fromEntries(entries);
  return isIll(chance, client) ? spoiled(chance, known, values) : values;
}

function fitted(chance: Chance, cast: Cast, schema: Schema, collection: string, row: Row): Row {
  if (issuesOfRow(schema, collection, row).length === 0) return row;
  const known = Object.entries(entryOf(schema.collections, collection)?.attributes ?? {});
  const entries = known.flatMap(([name, attribute]): [string, Value][] => {
    const value = entryOf(row, name);
    if (value === undefined && attribute.optional) return [];
    return [[name, value !== undefined && fits(attribute, value) ? value : drawTyped(chance, cast, attribute)]];
  });
  return { id: row.id, ...Object.fromEntries(entries) };
}

function fits(attribute: Attribute, value: Value): boolean {
  const only: Schema = { collections: { rows: { attributes: { value: attribute }, permissions: null } }, roles: {} };
  return issuesOfRow(only, 'rows', { id: 'row', value }).length === 0;
}

function drawTyped(chance: Chance, cast: Cast, attribute: Attribute): Value {
  if (attribute.nullable && chance.percent(20)) return null;
  if (attribute.enum !== null) return attribute.enum.length === 0 ? '' : chance.pick(attribute.enum);
  if (attribute.type !== 'set') return drawScalar(chance, cast, kindOfType[attribute.type]);
  const { items } = attribute;
  return items === null || chance.percent(40) ? [] : [drawScalar(chance, cast, kindOfType[items])];
}

const kindOfType = { string: 'text', number: 'estimate', boolean: 'flag', date: 'date' } as const;

/** A client without a schema writes so more often. */
function isIll(chance: Chance, client: ClientForecast): boolean {
  return chance.percent(client.schema === null ? 8 : 3);
}

function spoiled(chance: Chance, known: Readonly<Record<string, Attribute>>, values: Values): Values {
  const names = Object.keys(known);
  if (names.length === 0 || chance.percent(15)) return { ...values, whim: true };
  const name = chance.pick(names);
  const { [name]: value, ...others } = values;
  const wrong = [null, '2030-02-30', typeof value === 'number' ? String(value) : 7];
  return chance.pick([others, ...wrong.map((spoilt) => ({ ...values, [name]: spoilt }))]);
}
