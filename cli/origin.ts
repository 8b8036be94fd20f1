/**
 * Where a script that `simulate` wrote came from: kept beside it, since a script holds only what it does. A script
 * that was edited since has lost its origin.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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

/** Null where nothing is known. */
export function readOrigin(scriptPath: string): Origin | null {
  const path = pathOf(scriptPath);
  if (!existsSync(path) || !existsSync(scriptPath)) return null;
  const known = parse(readFileSync(path, 'utf8'));
  if (known.get('script') !== hashOf(readFileSync(scriptPath, 'utf8'))) return null;
  const seed = known.get('seed');
  const run = known.get('run');
  const shrunkFrom = known.get('shrunkFrom');
  if (typeof seed !== 'number' || typeof shrunkFrom !== 'number' || (typeof run !== 'number' && run !== null)) return null;
  return { seed, run, shrunkFrom };
}

/** In a folder of its own: whoever names all scripts of the folder means the scripts. */
function pathOf(scriptPath: string): string {
  return join(dirname(scriptPath), '.origins', basename(scriptPath));
}

function parse(text: string): ReadonlyMap<string, unknown> {
  try {
    const data: unknown = JSON.parse(text);
    return new Map(typeof data === 'object' && data !== null ? Object.entries(data) : []);
  } catch {
    return new Map();
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
