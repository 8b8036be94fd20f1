/** What a gate is about: what is to be released, what that is compared with, the scripts that are at hand, and the list of what was looked at. */
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { scriptsAtHand } from '../corpus/at-hand.ts';
import type { CorpusEntry } from '../corpus/entry.ts';
import { type KnownIssue, sayVersions } from '../systems/plugin.ts';
import type { NamedSystem } from '../systems/registry.ts';
import type { SystemName } from '../trace.ts';
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
  readonly world: SystemName;
  /** A former state of our own client and server; null: what stands in the work tree. */
  readonly former: GitState | null;
}

const shortCommit = 10;

/** Against that revision, or the last tag. Throws UsageError where it is none. */
export async function subjectOfRevisions({ name }: NamedSystem, against: string | undefined): Promise<GateSubject> {
  const root = repositoryRoot();
  const found = against === undefined ? lastTaggedState(root) : ({ found: 'state', state: stateOf(root, against) } as const);
  return {
    here: { name: 'the present state', details: presentCommit(root, shortCommit), world: name, former: null },
    there: found.found === 'none' ? null : formerState(found.state, name),
    notCompared: found.found === 'none' ? `${found.why}; --against REVISION names a state` : null,
    ...(await listsOf(name)),
  };
}

function formerState(state: GitState, world: SystemName): SubjectState {
  return { name: state.revision, details: state.commit.slice(0, shortCommit), world, former: state };
}

/** One version against another, or by itself. */
export async function subjectOfVersions(here: NamedSystem, there: NamedSystem | null): Promise<GateSubject> {
  const states = { here: stateOfVersion(here), there: there === null ? null : stateOfVersion(there) };
  return { ...states, notCompared: null, ...(await listsOf(here.name)) };
}

/** What nothing is compared with. */
export async function subjectAlone({ name, plugin }: NamedSystem, against: string | undefined): Promise<GateSubject> {
  if (against !== undefined) throw new UsageError(`--against: of ${plugin.name} there is no other state`);
  const here = { name: plugin.name, details: '', world: name, former: null };
  return { here, there: null, notCompared: null, ...(await listsOf(name)) };
}

async function listsOf(name: SystemName): Promise<Pick<GateSubject, 'scripts' | 'listed'>> {
  const { scripts, knownIssues } = await scriptsAtHand(name);
  return { scripts, listed: (knownIssues ?? []).map(listedFor) };
}

type InList = Pick<KnownIssue, 'name' | 'rule' | 'title' | 'fixedIn' | 'isMended'>;

export function listedFor({ name, rule, title, fixedIn, isMended }: InList): Listed {
  return { name, rule, title: isMended ? `${title} (mended in ${sayVersions(fixedIn ?? {})})` : title, isMended };
}

function stateOfVersion({ name, plugin, version = '' }: NamedSystem): SubjectState {
  return { name: version, details: sayVersions(plugin.versions?.contents(version) ?? {}), world: name, former: null };
}
