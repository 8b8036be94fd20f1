/** What a gate is about: what is to be released, what that is compared with, the scripts that are at hand, and the list of what was looked at. */
import { installedVersions, packageNames, type Versions } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { readCorpus } from '../corpus/corpus.ts';
import type { CorpusEntry } from '../corpus/entry.ts';
import { scriptsOf } from '../corpus/known-issues.ts';
import type { WorldName } from '../simulate/jobs.ts';
import { type Deviation, readDeviations } from '../triplit/deviations.ts';
import { publishedSetOf } from '../triplit/set.ts';
import { isMendedIn } from '../triplit/versions.ts';
import type { Listed } from './findings.ts';
import { type GitState, lastTaggedState, presentCommit, stateOf } from './git-state.ts';

export interface GateSubject {
  readonly here: SubjectState;
  /** Null: nothing is compared. */
  readonly there: SubjectState | null;
  /** Why nothing is, where that was not asked for. */
  readonly notCompared: string | null;
  readonly scripts: readonly CorpusEntry[];
  readonly listed: readonly Listed[];
}

export interface SubjectState {
  readonly name: string;
  /** The versions of its packages, or its commit. */
  readonly details: string;
  readonly world: WorldName;
  /** A former state of our own client and server; null: what stands in the work tree. */
  readonly former: GitState | null;
}

const shortCommit = 10;

/** Against that revision, or the last tag. Throws UsageError where it is none. */
export function ownSubject(world: WorldName, against: string | undefined): GateSubject {
  const root = repositoryRoot();
  const found = against === undefined ? lastTaggedState(root) : ({ found: 'state', state: stateOf(root, against) } as const);
  return {
    here: { name: 'the present state', details: presentCommit(root, shortCommit), world, former: null },
    there: found.found === 'none' ? null : formerState(found.state, world),
    notCompared: found.found === 'none' ? `${found.why}; --against REVISION names a state` : null,
    scripts: readCorpus(),
    listed: [],
  };
}

function formerState(state: GitState, world: WorldName): SubjectState {
  return { name: state.revision, details: state.commit.slice(0, shortCommit), world, former: state };
}

/** Both worlds are those of installed sets. */
export function publishedSubject(here: WorldName, there: WorldName | null): GateSubject {
  const root = repositoryRoot();
  const deviations = readDeviations(root);
  return {
    here: setState(root, here),
    there: there === null ? null : setState(root, there),
    notCompared: null,
    scripts: scriptsOf(deviations),
    listed: deviations.map((deviation) => listedFor(deviation, versionsOf(root, here))),
  };
}

type InList = Pick<Deviation, 'name' | 'rule' | 'title' | 'fixedIn'>;

/** `versions` are those that are to be released. */
export function listedFor({ name, rule, title, fixedIn }: InList, versions: Readonly<Record<string, string>>): Listed {
  const isMended = isMendedIn(versions, fixedIn);
  const since = Object.entries(fixedIn ?? {})
    .map(([packageName, version]) => `${packageName} ${version}`)
    .join(', ');
  return { name, rule, title: isMended ? `${title} (mended in ${since})` : title, isMended };
}

function versionsOf(root: string, world: WorldName): Versions {
  return installedVersions(root, publishedSetOf(world) ?? world);
}

function setState(root: string, world: WorldName): SubjectState {
  const name = publishedSetOf(world) ?? world;
  const versions = versionsOf(root, world);
  return { name, details: packageNames.map((packageName) => `${packageName} ${versions[packageName]}`).join(', '), world, former: null };
}
