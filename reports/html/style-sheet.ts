/** The style sheets of pages: CSS in files of its own, which are part of the program as its modules are. */
import { readFileSync } from 'node:fs';

/** Its text, by its place in `reports/`, without comments, which are for those who write it. */
export function styleSheet(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').replaceAll(/\/\*.*?\*\//gsu, '');
}
