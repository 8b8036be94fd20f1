/**
 * Whether files can be written, asked before a long run and not after it. A folder may yet have to be made: it is tried
 * where the folder would begin: what says "writable" may lie to an administrator, and to make folders below one that takes none,
 * such as /proc, never ends on Node 20.
 */
import { closeSync, existsSync, mkdtempSync, openSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../tools/usage-error.ts';
import type { Options } from './options.ts';
import { sayPath } from './shared.ts';

/** Nothing is left behind. `what` begins the complaint, such as the option that names the folder. Throws UsageError. */
export function checkFolder(what: string, folder: string): void {
  try {
    rmdirSync(mkdtempSync(join(nearestExisting(resolve(folder)), '.lockstep-')));
  } catch (error) {
    throw cannotBeWritten(what, folder, error);
  }
}

/** The file that is to be written, if any. @throws {UsageError} where it cannot be */
export function readOutput(options: Options, name: string): string | undefined {
  const path = options.value(name);
  try {
    if (path !== undefined) closeSync(openSync(path, 'a'));
    return path;
  } catch (error) {
    throw cannotBeWritten(`--${name}`, path ?? '', error);
  }
}

export function cannotBeWritten(what: string, path: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return new UsageError(`${what}: ${sayPath(path)} cannot be written (${String(code)})`);
}

function nearestExisting(path: string): string {
  const above = dirname(path);
  return existsSync(path) || above === path ? path : nearestExisting(above);
}
