/** Known issues of a system in the place of a corpus: their scripts are run before anything fresh. */
import type { CorpusEntry } from './entry.ts';

type KnownIssue = Pick<CorpusEntry, 'name' | 'rule' | 'cause'> & { readonly script: CorpusEntry['script'] | null };

/** Each is named by its issue; one that scripts have no words for has none. */
export function scriptsOf(issues: readonly KnownIssue[]): readonly CorpusEntry[] {
  return issues.flatMap(({ name, rule, cause, script }) =>
    script === null ? [] : [{ name, rule, class: null, cause, fault: null, script }],
  );
}
