/** Tells known deviations apart: a run that failed is compared with the signatures of all of them. */
import { installedVersions } from '../../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import type { Failure } from '../../trace.ts';
import type { FailedRun } from '../plugin.ts';
import { type Deviation, readDeviations, standingIn } from './deviations.ts';
import { isShownBy, subjectOf } from './signatures.ts';

/** The names of all deviations that the run shows, in their order. */
export function knownIn(deviations: readonly Deviation[], run: FailedRun): readonly string[] {
  const subject = subjectOf(run);
  return deviations.flatMap(({ name, signatures }) => (signatures.some((signature) => isShownBy(signature, subject)) ? [name] : []));
}

/** The first by name, where there are several. */
export function classified(deviations: readonly Deviation[], run: FailedRun): Failure {
  const [known] = knownIn(deviations, run);
  const { failure } = run;
  return known === undefined ? failure : { ...failure, class: `${failure.class} [${known}]`, known };
}

/** By set. They are files of the repository, read once by each thread that needs them. */
const read = new Map<string, readonly Deviation[]>();

/** What shows in the versions of that set. */
export function deviationsOf(set: string): readonly Deviation[] {
  const root = repositoryRoot();
  const known = read.get(set) ?? standingIn(readDeviations(root), installedVersions(root, set));
  read.set(set, known);
  return known;
}
