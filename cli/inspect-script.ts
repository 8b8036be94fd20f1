/**
 * Runs one script under a debugger: on the main thread, with the source maps of the bundle, so that breakpoints in the
 * TypeScript of `sut/` and `model/` are met. A quiet run comes first, to learn which step to stop before.
 */
import inspector from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { runDebugged } from '../properties/debugging/entry.ts';
import { bundleWorker, type WorkerRequest } from '../properties/faults/plant.ts';
import type { Script } from '../properties/scripts/script.ts';
import { UsageError } from '../tools/usage-error.ts';
import { type HowToPerform, type Performed, performScript } from './perform-script.ts';
import type { ScriptTarget } from './read-script.ts';
import type { Surroundings } from './verb.ts';

export const defaultPort = 9229;
export const mostPort = 65_535;
const host = '127.0.0.1';
/** Not in `node_modules`, where editors look at no source map. */
const debugged = { entry: 'properties/debugging/entry.ts', folder: join('reports', 'out', 'debug') } as const;

export interface HowToInspect extends Omit<HowToPerform, 'bundle'> {
  /** With the system in it, and the fault. */
  readonly request: WorkerRequest;
  /** 0: any that is free. */
  readonly port: number;
}

export async function performInspected(target: ScriptTarget, how: HowToInspect, surroundings: Surroundings): Promise<Performed> {
  const { request, port, ...options } = how;
  const [bundle, debuggedBundle] = await Promise.all([bundleWorker(request), bundleWorker({ ...request, ...debugged })]);
  const quiet = await performScript(target, { ...options, bundle, keepTrace: false }, surroundings);
  const { step, sentence } = placeToPause(quiet);
  const run = await loadRun(debuggedBundle);
  surroundings.err.write(`lockstep: ${sentence}\n`);
  waitForDebugger(port, surroundings);
  return { script: quiet.script, result: await run(quiet.script, { ...options, pauseAt: step }) };
}

function placeToPause({ script, result: { outcome } }: Performed): { readonly step: number; readonly sentence: string } {
  if (script.relation !== undefined) return { step: 0, sentence: 'each of the twins pauses before its first step' };
  if (outcome.outcome !== 'failed') {
    const end = outcome.outcome === 'held' ? 'held' : 'could not be decided';
    return { step: 0, sentence: `the run ${end}; it pauses before its first step` };
  }
  const { step, class: failureClass } = outcome.failure;
  return { step, sentence: `the run fails ${sayStep(step, script)} (${failureClass}); it pauses just before that` };
}

function sayStep(step: number, script: Script): string {
  if (step < 0) return 'before its first step';
  return step >= script.steps.length ? 'after its last step, while the world heals' : `in step ${step + 1}`;
}

async function loadRun(bundle: string): Promise<typeof runDebugged> {
  process.setSourceMapsEnabled(true);
  const loaded: unknown = await import(pathToFileURL(bundle).href);
  if (!holdsRun(loaded)) throw new Error(`${bundle} does not export runDebugged`);
  return loaded.runDebugged;
}

/** The bundle is compiled from the very file whose types these are. */
function holdsRun(loaded: unknown): loaded is { readonly runDebugged: typeof runDebugged } {
  return typeof loaded === 'object' && loaded !== null && 'runDebugged' in loaded && typeof loaded.runDebugged === 'function';
}

/** Blocks the thread until a debugger has come: Ctrl-C then ends the process, as nothing listens yet. */
function waitForDebugger(port: number, { err }: Surroundings): void {
  if (inspector.url() === undefined) inspector.open(port, host);
  const url = inspector.url();
  if (url === undefined) throw new UsageError(`--inspect: port ${port} cannot be opened; --inspect=0 takes one that is free`);
  const address = new URL(url).host;
  err.write(`lockstep: open chrome://inspect in Chrome, or attach an editor to ${address}; waiting (Ctrl-C gives up)\n`);
  inspector.waitForDebugger();
}
