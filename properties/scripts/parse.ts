/** Reads a script from text and writes it back. Everything is checked: a script is written by people too, and comes from files. */
import { issuesOfRow } from '../../model/index.ts';
import { configuration } from '../language/configuration.ts';
import {
  changed,
  inspected,
  isObject,
  list,
  name,
  number,
  object,
  optional,
  read,
  ScriptError,
  type Shape,
  sentenceOf,
  text,
  unchecked,
} from '../language/shapes.ts';
import { step } from '../steps/index.ts';
import { pretty } from './pretty.ts';
import { type Script, scriptVersion } from './script.ts';

export { ScriptError } from '../language/shapes.ts';

const version = inspected(unchecked, (given) =>
  given === scriptVersion
    ? null
    : {
        at: [],
        message: sentenceOf(`this is a script of version ${JSON.stringify(given)}; this Lockstep reads version ${scriptVersion}`),
      },
);

const script: Shape<Script> = changed(
  object({
    version,
    profile: text,
    configuration,
    steps: list(step),
    relation: optional(object({ name, salt: number })),
  }),
  ({ relation, ...others }) => ({ ...others, version: scriptVersion, ...(relation !== undefined && { relation }) }),
);

/** @throws {ScriptError} one line that names the place and what was expected there. */
export function parseScript(content: string): Script {
  const given = readScript(parseJson(content));
  requireFittingRows(given);
  return given;
}

/** A server would not start over rows that its schema forbids (C3), and no rule would say why. */
function requireFittingRows({ configuration: { schema, rows } }: Script): void {
  if (schema === undefined || schema === null) return;
  const issues = Object.entries(rows).flatMap(([collection, held]) => held.flatMap((row) => issuesOfRow(schema, collection, row)));
  const [first] = issues;
  if (first !== undefined) throw new ScriptError(`configuration.rows: a row does not fit the schema: ${first}`);
}

/** The canonical text of a script: equal scripts give equal text, and `parseScript` gives the script back. */
export function formatScript(given: Script): string {
  return `${pretty(readScript(given))}\n`;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ScriptError(`not JSON: ${why.replaceAll(/\s+/g, ' ')}`);
  }
}

/** The script in canonical form, rebuilt key by key. @throws {ScriptError} */
export function readScript(value: unknown): Script {
  if (isObject(value) && value.version === undefined) throw new ScriptError('version: missing (is this a script?)');
  return read(script, value, 'script');
}
