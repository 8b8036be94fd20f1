/** Imports a module by its path. What is bundled with its system has nothing to import: there the bundler leaves this out. */
import { pathToFileURL } from 'node:url';

export function importFile(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href);
}
