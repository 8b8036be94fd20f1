/**
 * The known deviations: what the published packages are known to do otherwise than their rules say, one file each in
 * `sut/triplit/deviations/`, beside a reproduction that uses the packages alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedFolder } from '../../../sut/triplit/sets.ts';
import { choice, flag, name, object, optional, read, table, unchecked } from '../../language/shapes.ts';
import { readScript } from '../../scripts/parse.ts';
import type { KnownIssue } from '../plugin.ts';
import { readSignatures } from './read-signatures.ts';
import type { Signature } from './signatures.ts';
import { isMendedIn } from './versions.ts';

/** How much harm it does, the worst first. */
export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Its name is that of its files. */
export interface Deviation extends Omit<KnownIssue, 'isMended'> {
  /** The package whose code it lies in. */
  readonly package: string;
  readonly severity: Severity;
  /** It ends a server's process, shows rows past permissions or past the end of a token, or takes a token that must not be taken. */
  readonly isSecurity: boolean;
  /** The name in `sut/triplit/changes.json` of the change that mends it and others of its kind; null: it stands alone. */
  readonly change: string | null;
  /** The versions in which it was seen. */
  readonly versions: Readonly<Record<string, string>>;
  /** How it shows in a trace; none where it needs what scripts have no words for. */
  readonly signatures: readonly Signature[];
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

/** Those that show in these versions; what is mended there is a failure like any other. */
export function standingIn(deviations: readonly Deviation[], versions: Readonly<Record<string, string>>): readonly Deviation[] {
  return deviations.filter(({ fixedIn }) => !isMendedIn(versions, fixedIn));
}

const versions = table(name, 'sorted');
const shape = object({
  rule: name,
  title: name,
  package: name,
  severity: choice(severities),
  security: optional(flag),
  change: optional(name),
  versions,
  fixedIn: optional(versions),
  signatures: unchecked,
  cause: name,
  script: unchecked,
});

function readDeviation(file: string, text: string): Deviation {
  const path = `the deviation ${file}`;
  const { signatures, script, security = false, change = null, fixedIn = null, ...told } = read(shape, JSON.parse(text), path);
  const isUnspoken = script === null && Array.isArray(signatures) && signatures.length === 0;
  return {
    name: file,
    ...told,
    isSecurity: security,
    change,
    fixedIn,
    signatures: isUnspoken ? [] : readSignatures(signatures, `${path}.signatures`),
    script: script === null ? null : readScript(script),
  };
}
