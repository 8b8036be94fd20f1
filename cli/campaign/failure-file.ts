/** The file of a failure: a script that fails, and what it was found with, so that it tells as much on another machine. */
import { createHash } from 'node:crypto';
import {
  choice,
  name,
  nullable,
  number,
  numberOrNull,
  object,
  read,
  text,
  unchecked,
  type ValueOf,
} from '../../properties/language/shapes.ts';
import { formatScript, readScript } from '../../properties/scripts/parse.ts';
import { pretty } from '../../properties/scripts/pretty.ts';
import type { Script } from '../../properties/scripts/script.ts';
import { campaignTools, versions } from '../../properties/simulate/journal/campaign.ts';

const found = object({
  class: text,
  rule: text,
  message: text,
  seed: number,
  /** The run that it was shrunk from; null: it is an entry of the corpus. */
  run: numberOrNull,
  /** Steps of that run. */
  shrunkFrom: number,
  stage: choice(['found', 'smaller', 'shrunk']),
  /** As `--system` takes it from the root of the repository. */
  system: name,
  versions,
  fault: nullable(object({ name: text, path: text })),
  by: campaignTools,
  /** Of the script: one that was edited since is another. */
  hash: text,
});

export type Found = Readonly<ValueOf<typeof found>>;

const file = object({ found, script: unchecked });

/** @throws {ScriptError} */
export function readFailureFile(data: unknown): FailureFile {
  const { found: given, script } = read(file, data, 'failure');
  return { found: given, script: readScript(script) };
}

export interface FailureFile {
  readonly found: Found;
  readonly script: Script;
}

export function formatFailureFile(given: Omit<Found, 'hash'>, script: Script): string {
  return `${pretty({ found: { ...given, hash: hashOf(script) }, script: readScript(script) })}\n`;
}

/** Whether it is still the script that was found. */
export function isUnchanged({ found: { hash }, script }: FailureFile): boolean {
  return hash === hashOf(script);
}

function hashOf(script: Script): string {
  return createHash('sha256').update(formatScript(script)).digest('hex');
}
