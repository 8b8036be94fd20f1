/**
 * Where a script that `simulate` wrote came from: kept beside it, since a script holds only what it does. A script
 * that was edited since has lost its origin.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { number, numberOrNull, object, read, text } from '../properties/language/shapes.ts';

export interface Origin {
  readonly seed: number;
  /** The run that it was shrunk from; null: it is an entry of the corpus. */
  readonly run: number | null;
  /** Steps of that run. */
  readonly shrunkFrom: number;
}

export function writeOrigin(scriptPath: string, scriptText: string, { seed, run, shrunkFrom }: Origin): void {
  const path = pathOf(scriptPath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ script: hashOf(scriptText), seed, run, shrunkFrom })}\n`);
}

const written = object({ script: text, seed: number, run: numberOrNull, shrunkFrom: number });

/** Null where nothing is known. */
export function readOrigin(scriptPath: string): Origin | null {
  try {
    const { script, ...origin } = read(written, JSON.parse(readFileSync(pathOf(scriptPath), 'utf8')), 'origin');
    return script === hashOf(readFileSync(scriptPath, 'utf8')) ? origin : null;
  } catch {
    return null;
  }
}

/** In a folder of its own: whoever names all scripts of the folder means the scripts. */
function pathOf(scriptPath: string): string {
  return join(dirname(scriptPath), '.origins', basename(scriptPath));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
