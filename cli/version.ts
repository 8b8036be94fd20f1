/** The version of Lockstep, as its package says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../tools/repository-root.ts';

export function lockstepVersion(): string {
  const data: unknown = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8'));
  const found = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;
  return typeof found === 'string' ? found : 'unknown';
}
