/**
 * The smoke profile: a handful of runs of one client that does one thing after the other. A fault that dies there would
 * be found by any test; the ones planted from the third generation of the rules on must not, but for a few, so that
 * finding them says something about the search.
 *
 * Its scripts are kept, not drawn. They came from the sequential profile, seed 1, and of the new faults three died in
 * them; of the same profile's seed 2 eight did. So with each change of the generator the count was that of another
 * seed, and told nothing about the faults.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScript } from '../scripts/parse.ts';
import type { Script } from '../scripts/script.ts';
import { openScriptPool, outcomeIn } from '../simulate/script-pool.ts';
import type { Outcome } from '../trace.ts';
import type { Fault } from './fault.ts';
import { bundleWorker } from './plant.ts';

const scriptsFolder = join(import.meta.dirname, 'smoke-scripts');
export const smokeRuns = 20;
const firstNewGeneration = 3;
/** Of the new faults so many may die there. */
export const mostNewDying = 5;

export interface SmokeResult {
  /** Null: the system without a fault. */
  readonly fault: Fault | null;
  /** The first run that failed, from 1, and the rule by which it did. */
  readonly died: { readonly run: number; readonly rule: string } | null;
  /** Runs without a result. */
  readonly undecidedRuns: number;
}

export function smokeScripts(): readonly Script[] {
  const files = readdirSync(scriptsFolder).sort();
  return files.map((file) => parseScript(readFileSync(join(scriptsFolder, file), 'utf8')));
}

export async function smoke(fault: Fault | null): Promise<SmokeResult> {
  const pool = openScriptPool({ bundle: await bundleWorker({ fault: fault ?? undefined }), workers: 1, timeLimitMs: 20_000 });
  const outcomes: Outcome[] = [];
  for (const script of smokeScripts()) outcomes.push(await outcomeIn(pool, script));
  await pool.finish();
  return resultOf(fault, outcomes);
}

function resultOf(fault: Fault | null, outcomes: readonly Outcome[]): SmokeResult {
  const failed = outcomes.findIndex(({ outcome }) => outcome === 'failed');
  const first = outcomes[failed];
  return {
    fault,
    died: first?.outcome === 'failed' ? { run: failed + 1, rule: first.failure.rule } : null,
    undecidedRuns: outcomes.filter(({ outcome }) => outcome === 'unknown').length,
  };
}

export function isNew({ since }: Fault): boolean {
  return since !== undefined && since >= firstNewGeneration;
}

/** What speaks against them; none: all is well. A run without a result is no survival. */
export function complaintsAbout(results: readonly SmokeResult[]): readonly string[] {
  const sound = results.find(({ fault }) => fault === null);
  const dying = results.filter(({ fault, died }) => fault !== null && isNew(fault) && died !== null);
  const unknown = results.filter(({ died, undecidedRuns }) => died === null && undecidedRuns > 0);
  return [
    ...(sound?.died === null || sound === undefined ? [] : [`without any fault run ${sound.died.run} fails (${sound.died.rule})`]),
    ...(dying.length <= mostNewDying ? [] : [`${dying.length} of the new faults die in it, more than ${mostNewDying}`]),
    ...unknown.map(({ fault, undecidedRuns }) => `${nameOf(fault)}: ${undecidedRuns} runs without a result`),
  ];
}

function nameOf(fault: Fault | null): string {
  return fault?.name ?? 'no fault';
}
