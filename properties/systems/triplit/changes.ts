/** Changes that mend several deviations together, each told in a sentence or two: `sut/triplit/changes.json`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedFolder } from '../../../sut/triplit/sets.ts';
import { parseJson } from '../../../tools/json.ts';
import { name, read, table } from '../../language/shapes.ts';

/** By their names, in the order of the file. */
export function readChanges(root: string): Readonly<Record<string, string>> {
  const path = join(publishedFolder(root), 'changes.json');
  return read(table(name, 'as written'), parseJson(readFileSync(path, 'utf8'), path), path);
}
