/**
 * Tells known deviations apart where runs end: a run of the published packages that failed is compared with the signatures of
 * all deviations. What it is known as becomes part of the failure's class, so that whoever groups failures or shrinks a script
 * keeps the deviation as well as the class. The trace, and with it its hash, stays as it was.
 */
import { installedVersions } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import type { RunScript } from '../interpreter/run-options.ts';
import type { Failure, RunResult } from '../trace.ts';
import { type Deviation, readDeviations, standingIn } from './deviations.ts';
import { publishedSetOf } from './set.ts';
import { type FailedRun, isShownBy, subjectOf } from './signatures.ts';

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

/** The class of the divergence itself, as signatures name it. */
export function plainClassOf({ class: name, known }: Failure): string {
  return known === undefined ? name : name.slice(0, -` [${known}]`.length);
}

/** Runs as `run` does; the trace that it takes to know a failure is kept only where it was asked for. */
export function classifying(run: RunScript): RunScript {
  return async (script, options) => {
    const set = publishedSetOf(options.world);
    if (set === undefined || script.relation !== undefined) return run(script, options);
    const result = await run(script, { ...options, keepTrace: true });
    const told = result.outcome.outcome === 'failed' ? withKnown(result, result.outcome.failure, script.configuration, set) : result;
    return options.keepTrace ? told : { ...told, trace: [] };
  };
}

function withKnown(result: RunResult, failure: Failure, configuration: FailedRun['configuration'], set: string): RunResult {
  const run = { failure, trace: result.trace, configuration };
  return { ...result, outcome: { outcome: 'failed', failure: classified(deviationsOf(set), run) } };
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
