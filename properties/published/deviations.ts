/**
 * The known deviations: what the published packages are known to do otherwise than their rules say, one file each in
 * `sut/published/deviations/`, beside a reproduction that uses the packages alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedFolder } from '../../sut/published/sets.ts';
import { readScript } from '../scripts/parse.ts';
import type { Script } from '../scripts/script.ts';

export interface Deviation {
  /** The name of its files. */
  readonly name: string;
  readonly rule: string;
  readonly title: string;
  /** The package whose code it lies in. */
  readonly package: string;
  /** The versions in which it was seen. */
  readonly versions: Readonly<Record<string, string>>;
  /** The classes of failure in which it shows. Others may show in the same. */
  readonly classes: readonly string[];
  readonly cause: string;
  /** null: it needs what scripts have no words for. */
  readonly script: Script | null;
}

export function deviationsFolder(root: string): string {
  return join(publishedFolder(root), 'deviations');
}

/** In the order of their names. */
export function readDeviations(root: string): readonly Deviation[] {
  const folder = deviationsFolder(root);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => readDeviation(file.slice(0, -'.json'.length), readFileSync(join(folder, file), 'utf8')));
}

function readDeviation(name: string, text: string): Deviation {
  const data: unknown = JSON.parse(text);
  const at = (key: string): unknown => (typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined);
  const textAt = (key: string): string => {
    const found = at(key);
    if (typeof found !== 'string' || found === '') throw new TypeError(`the deviation ${name} has no ${key}`);
    return found;
  };
  const classes = at('classes');
  const versions = at('versions');
  if (!Array.isArray(classes) || classes.length === 0) throw new TypeError(`the deviation ${name} has no classes`);
  if (typeof versions !== 'object' || versions === null) throw new TypeError(`the deviation ${name} has no versions`);
  return {
    name,
    rule: textAt('rule'),
    title: textAt('title'),
    package: textAt('package'),
    versions: Object.fromEntries(Object.entries(versions).map(([key, version]) => [key, String(version)])),
    classes: classes.map(String),
    cause: textAt('cause'),
    script: at('script') === null ? null : readScript(at('script')),
  };
}
