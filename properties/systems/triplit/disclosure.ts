/**
 * Responsible disclosure: a deviation that touches security is withheld from the pages and from the default run of the
 * reproductions, until `sut/triplit/disclosed.json`, a list of names, says that it may appear.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedFolder } from '../../../sut/triplit/sets.ts';
import { parseJson } from '../../../tools/json.ts';
import { list, name, read } from '../../language/shapes.ts';
import type { Deviation } from './deviations.ts';

export function disclosedFile(root: string): string {
  return join(publishedFolder(root), 'disclosed.json');
}

/** The names of those that may appear. */
export function readDisclosed(root: string): ReadonlySet<string> {
  const path = disclosedFile(root);
  return new Set(read(list(name), parseJson(readFileSync(path, 'utf8'), path), path));
}

/** Whether no page may tell it yet. */
export function isWithheld({ name, isSecurity }: Pick<Deviation, 'name' | 'isSecurity'>, disclosed: ReadonlySet<string>): boolean {
  return isSecurity && !disclosed.has(name);
}
