/** An entry of the corpus: a script that fails, or failed once, with what is known about why. Read with care, since people write entries too. */
import { ScriptError } from '../language/shapes.ts';
import { readScript } from '../scripts/parse.ts';
import { pretty } from '../scripts/pretty.ts';
import type { Script } from '../scripts/script.ts';

export interface CorpusEntry {
  /** That of its file below the corpus, without the ending: `schema-told-once`, `planted/server-frozen`. */
  readonly name: string;
  /** The rule by which it fails, or failed. */
  readonly rule: string;
  /** The failure class; null where the entry does not tell. */
  readonly class: string | null;
  /** Which of model, system and law was wrong, and how; of a planted fault its name. */
  readonly cause: string;
  /** The file in `properties/faults/` of the fault that makes it fail; null: it failed without one, and was mended. */
  readonly fault: string | null;
  readonly script: Script;
}

/** @throws {ScriptError} one line that names the place and what was expected there. */
export function readEntry(name: string, value: unknown): CorpusEntry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ScriptError('expected an object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const unknown = [...fields.keys()].find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new ScriptError(`an entry has no key "${unknown}", only ${keys.join(', ')}`);
  const optional = (key: string): string | null => (fields.has(key) ? readText(fields.get(key), key) : null);
  return {
    name,
    rule: readText(fields.get('rule'), 'rule'),
    class: optional('class'),
    cause: readText(fields.get('cause'), 'cause'),
    fault: optional('fault'),
    script: readScript(fields.get('script')),
  };
}

/** The canonical text of an entry: equal entries give equal text. */
export function formatEntry({ rule, class: failureClass, cause, fault, script }: Omit<CorpusEntry, 'name'>): string {
  const known = { rule, ...(failureClass !== null && { class: failureClass }), cause, ...(fault !== null && { fault }) };
  return `${pretty({ ...known, script: readScript(script) })}\n`;
}

const keys: readonly string[] = ['rule', 'class', 'cause', 'fault', 'script'];

function readText(value: unknown, key: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new ScriptError(`${key}: expected a text`);
  return value;
}
