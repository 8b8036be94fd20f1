/** The scripts that are run on a system before anything fresh, and the list of what is known of it. */
import type { KnownIssue } from '../systems/plugin.ts';
import { loadSystem } from '../systems/registry.ts';
import type { SystemName } from '../trace.ts';
import { readCorpus } from './corpus.ts';
import type { CorpusEntry } from './entry.ts';

export interface AtHand {
  readonly scripts: readonly CorpusEntry[];
  /** Null where there is no list of any. */
  readonly knownIssues: readonly KnownIssue[] | null;
}

/** The corpus is what our own client and server once failed; known issues have scripts of their own. */
export async function scriptsAtHand(name: SystemName): Promise<AtHand> {
  const { plugin, version, workings } = await loadSystem(name);
  const knownIssues = workings.knownIssues?.list(version) ?? null;
  switch (plugin.scriptsAtHand ?? 'corpus') {
    case 'corpus':
      return { scripts: readCorpus(), knownIssues };
    case 'knownIssues':
      return { scripts: scriptsOf(knownIssues ?? []), knownIssues };
    case 'none':
      return { scripts: [], knownIssues };
  }
}

/** Each is named by its issue; one that scripts have no words for has none. */
function scriptsOf(issues: readonly KnownIssue[]): readonly CorpusEntry[] {
  return issues.flatMap(({ name, rule, cause, script }) =>
    script === null ? [] : [{ name, rule, class: null, cause, fault: null, script }],
  );
}

/** The issue of that name; undefined where none is known. */
export async function knownIssue(name: SystemName, issue: string | undefined): Promise<KnownIssue | undefined> {
  return issue === undefined ? undefined : (await scriptsAtHand(name)).knownIssues?.find((one) => one.name === issue);
}
