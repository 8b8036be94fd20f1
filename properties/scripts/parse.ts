/** Reads a script from text and writes it back. Everything is checked: a script is written by people too, and comes from files. */

import { issuesOfRow } from '../../model/schema/conform.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import {
  isObject,
  readChoice,
  readFlag,
  readList,
  readName,
  readNumber,
  readObject,
  readTable,
  readText,
  ScriptError,
  wrong,
} from '../language/checks.ts';
import { readRow } from '../language/queries.ts';
import { readSchema } from '../language/schemas.ts';
import { readClient } from './parse-commands.ts';
import { readSchedule } from './parse-schedule.ts';
import { readAnyStep } from './parse-steps.ts';
import { pretty } from './pretty.ts';
import { fair } from './schedule-words.ts';
import {
  type ClientConfiguration,
  type Configuration,
  type Lenience,
  leniences,
  type RelationSpec,
  type Script,
  scriptVersion,
} from './script.ts';

export { ScriptError } from '../language/checks.ts';

export const authentications = ['HS256', 'RS256', 'ES256', 'EdDSA'] as const;

/** @throws {ScriptError} one line that names the place and what was expected there. */
export function parseScript(text: string): Script {
  const script = readScript(parseJson(text));
  requireFittingRows(script.configuration);
  return script;
}

/** A server would not start over rows that its schema forbids (C3), and no rule would say why. */
function requireFittingRows({ schema, rows }: Configuration): void {
  if (schema === undefined || schema === null) return;
  const issues = Object.entries(rows).flatMap(([collection, held]) => held.flatMap((row) => issuesOfRow(schema, collection, row)));
  const [first] = issues;
  if (first !== undefined) throw new ScriptError(`configuration.rows: a row does not fit the schema: ${first}`);
}

/** The canonical text of a script: equal scripts give equal text, and `parseScript` gives the script back. */
export function formatScript(script: Script): string {
  return `${pretty(readScript(script))}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ScriptError(`not JSON: ${why.replaceAll(/\s+/g, ' ')}`);
  }
}

/** The script in canonical form, rebuilt key by key. @throws {ScriptError} */
export function readScript(value: unknown): Script {
  if (!isObject(value)) throw wrong('script', 'an object');
  readVersion(value.version);
  const hasRelation = Object.hasOwn(value, 'relation');
  const required = ['version', 'profile', 'configuration', 'steps'];
  const fields = readObject(value, 'script', hasRelation ? [...required, 'relation'] : required);
  return {
    version: scriptVersion,
    profile: readText(fields.profile, 'profile'),
    configuration: readConfiguration(fields.configuration, 'configuration'),
    steps: readList(fields.steps, 'steps', readAnyStep),
    ...(hasRelation && { relation: readRelation(fields.relation, 'relation') }),
  };
}

function readRelation(value: unknown, path: string): RelationSpec {
  const fields = readObject(value, path, ['name', 'salt']);
  return { name: readName(fields.name, `${path}.name`), salt: readNumber(fields.salt, `${path}.salt`) };
}

function readVersion(version: unknown): void {
  if (version === undefined) throw new ScriptError('version: missing (is this a script?)');
  if (version !== scriptVersion) {
    throw new ScriptError(`version: this is a script of version ${JSON.stringify(version)}; this Lockstep reads version ${scriptVersion}`);
  }
}

function readConfiguration(value: unknown, path: string): Configuration {
  const fields = readObject(value, path, ['clients', 'authentication', 'claimsPath', 'rows'], ['schema', 'schedule', 'lenient']);
  const schedule = fields.schedule === undefined ? fair : readSchedule(fields.schedule, `${path}.schedule`);
  return {
    clients: readClients(fields.clients, `${path}.clients`),
    authentication: readChoice(fields.authentication, `${path}.authentication`, authentications),
    claimsPath: fields.claimsPath === null ? null : readName(fields.claimsPath, `${path}.claimsPath`),
    rows: readRows(fields.rows, `${path}.rows`),
    ...readOwnSchema(fields.schema, `${path}.schema`),
    ...(schedule.kind !== 'fair' && { schedule }),
    ...readLenient(fields.lenient, `${path}.lenient`),
  };
}

function readLenient(value: unknown, path: string): { readonly lenient?: readonly Lenience[] } {
  if (value === undefined) return {};
  const lenient = readList(value, path, (item, at) => readChoice(item, at, leniences));
  return lenient.length === 0 ? {} : { lenient };
}

/** To say null is to say nothing. */
function readOwnSchema(value: unknown, path: string): { readonly schema?: Schema } {
  return value === undefined || value === null ? {} : { schema: readSchema(value, path) };
}

function readClients(value: unknown, path: string): readonly ClientConfiguration[] {
  const clients = readList(value, path, (item, itemPath) => {
    const fields = readObject(item, itemPath, ['name', 'knowsRoles', 'wallClockSkewMs'], ['schema']);
    return {
      name: readClient(fields.name, `${itemPath}.name`),
      knowsRoles: readFlag(fields.knowsRoles, `${itemPath}.knowsRoles`),
      wallClockSkewMs: readNumber(fields.wallClockSkewMs, `${itemPath}.wallClockSkewMs`),
      ...readOwnSchema(fields.schema, `${itemPath}.schema`),
    };
  });
  if (clients.length === 0) throw wrong(path, 'at least one client');
  const repeated = repeatedOf(clients.map((client) => client.name));
  if (repeated !== undefined) throw new ScriptError(`${path}: ${repeated} is there twice`);
  return clients;
}

function readRows(value: unknown, path: string): Configuration['rows'] {
  if (!isObject(value)) throw wrong(path, 'an object of collections');
  return readTable(value, path, (held, at) => {
    const rows = readList(held, at, readRow);
    const repeated = repeatedOf(rows.map((row) => row.id));
    if (repeated !== undefined) throw new ScriptError(`${at}: the id ${repeated} is there twice`);
    return rows;
  });
}

function repeatedOf(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}
