/** What runs and judges the packages: their world, the scripts that they are given, and what is known of them. */
import { defaultSetName, installedVersions } from '../../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import type { KnownIssue, SystemWorkings } from '../plugin.ts';
import { classified, deviationsOf } from './classify.ts';
import { readDeviations } from './deviations.ts';
import { isInWords, narrow } from './scripts.ts';
import { openSet } from './setting.ts';
import { isMendedIn } from './versions.ts';

export const workings: SystemWorkings = {
  open: (options, set = defaultSetName) => openSet(options, set),
  narrow,
  isInWords,
  knownIssues: {
    list: (set = defaultSetName) => issuesIn(set),
    classify: (run, set = defaultSetName) => classified(deviationsOf(set), run),
  },
};

function issuesIn(set: string): readonly KnownIssue[] {
  const root = repositoryRoot();
  const versions = installedVersions(root, set);
  return readDeviations(root).map((deviation) => ({ ...deviation, isMended: isMendedIn(versions, deviation.fixedIn) }));
}
