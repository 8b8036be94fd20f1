/** Finds the folder of the repository from the place of the code, so that everything works from any working directory and from a bundle in the cache. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function repositoryRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  while (!existsSync(join(folder, 'model', 'SPEC.md'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no repository of Lockstep above ${fileURLToPath(from)}`);
    folder = parent;
  }
  return folder;
}
