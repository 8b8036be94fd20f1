/** The packages of Triplit as they are on npm: a system that comes in sets of versions, with known deviations. */
import { defaultSetName, installedSets, installedVersions, isInstalled } from '../../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import { allCapabilities } from '../../language/capabilities.ts';
import type { SystemPlugin, VersionSets } from '../plugin.ts';
import { capabilities } from './capabilities.ts';
import { profile, suppressions } from './profile.ts';

const versions: VersionSets = {
  defaultName: defaultSetName,
  installed: () => installedSets(repositoryRoot()),
  isInstalled: (set) => isInstalled(repositoryRoot(), set),
  contents: (set) => installedVersions(repositoryRoot(), set),
  sayAbsent,
  installation: async () => (await import('../../../sut/triplit/install.ts')).installationIn(repositoryRoot()),
};

export const triplit: SystemPlugin = {
  name: 'triplit',
  sentence: 'the packages of Triplit on npm, in virtual time; see lockstep published --help',
  capabilities,
  profile,
  suppressions,
  // What it lacks is left out afterwards, so that a seed means the same run as it always did.
  drawnBy: allCapabilities,
  scriptsAtHand: 'knownIssues',
  runsABatch: 1,
  gateRuns: 1_000,
  comparedWith: 'versions',
  versions,
  load: async () => (await import('./workings.ts')).workings,
};

/** One line: what is missing, and how it comes. */
export function sayAbsent(set: string): string {
  const others = installedSets(repositoryRoot());
  const command = `lockstep published install${set === defaultSetName ? '' : ` --client V --name ${set}`}`;
  const there = others.length === 0 ? '' : `; installed: ${others.join(', ')}`;
  return `the packages "${set}" are not installed; npx ${command} does that${there}`;
}
