/**
 * Tells known issues apart where runs end. What a failure is known as becomes part of its class, so that whoever groups
 * failures or shrinks a script keeps the issue as well as the class. The trace, and with it its hash, stays as it was.
 */
import type { RunScript } from '../interpreter/run-options.ts';
import { loadSystem } from './registry.ts';

/** Runs as `run` does; the trace that it takes to know a failure is kept only where it was asked for. */
export function classifying(run: RunScript): RunScript {
  return async (script, options) => {
    const { version, workings } = await loadSystem(options.world);
    const { knownIssues } = workings;
    if (knownIssues === undefined || script.relation !== undefined) return run(script, options);
    const result = await run(script, { ...options, keepTrace: true });
    const { outcome, trace } = result;
    const told = options.keepTrace ? result : { ...result, trace: [] };
    if (outcome.outcome !== 'failed') return told;
    const failure = knownIssues.classify({ failure: outcome.failure, trace, configuration: script.configuration }, version);
    return { ...told, outcome: { outcome: 'failed', failure } };
  };
}
