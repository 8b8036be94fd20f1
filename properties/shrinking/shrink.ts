/**
 * Shrinks a failing script jointly over commands, schedule, faults, filters and rows, until no single step can be
 * deleted and nothing offered is plainer. Deterministic: the same script and verdicts give the same result; no
 * candidate runs twice; the number of runs is bounded.
 */
import type { Script } from '../scripts/script.ts';
import { smallerAt, smallerWholes, withoutChunk } from './candidates.ts';
import { keepSteps } from './schedules.ts';

export { shrinkCandidates } from './candidates.ts';
export { isSmaller, scriptSize } from './size.ts';

export interface ShrinkLimits {
  /** The most candidates that may run in all. */
  readonly maxAttempts: number;
  /** After so many no new simplification begins; what is left up to `maxAttempts` is for making the result 1-minimal. */
  readonly deadlineAttempts: number;
}

export interface Shrunk {
  readonly script: Script;
  readonly attempts: number;
  /** Whether deleting any one step was seen to make the failure go; false where the bound was hit before. */
  readonly oneMinimal: boolean;
}

const defaultLimits: ShrinkLimits = { maxAttempts: 2500, deadlineAttempts: 2000 };

/** `fails` tells whether the candidate fails with the same class as the script, which must itself fail. */
export async function shrinkScript(
  script: Script,
  fails: (candidate: Script) => Promise<boolean>,
  limits: ShrinkLimits = defaultLimits,
): Promise<Shrunk> {
  const trial = new Trial(script, fails, limits.maxAttempts);
  await cutTail(trial);
  await deleteChunks(trial);
  while (trial.attempts < limits.deadlineAttempts) {
    const before = trial.best;
    await takeAll(trial, limits, smallerWholes);
    await simplifySteps(trial, limits);
    await deleteSingles(trial);
    if (trial.best === before) break;
  }
  const oneMinimal = await deleteSingles(trial);
  return { script: trial.best, attempts: trial.attempts, oneMinimal };
}

/** The smallest failing script so far, and what was learnt on the way. */
class Trial {
  best: Script;
  attempts = 0;
  /** A candidate was not run because the bound was hit. */
  exhausted = false;
  readonly #fails: (candidate: Script) => Promise<boolean>;
  readonly #maxAttempts: number;
  readonly #known = new Map<string, boolean>();

  constructor(script: Script, fails: (candidate: Script) => Promise<boolean>, maxAttempts: number) {
    this.best = script;
    this.#fails = fails;
    this.#maxAttempts = maxAttempts;
    this.#known.set(JSON.stringify(script), true);
  }

  /** Takes the candidate as the best where it fails too. */
  async take(candidate: Script): Promise<boolean> {
    const failed = await this.#verdict(candidate);
    if (failed) this.best = candidate;
    return failed;
  }

  async #verdict(candidate: Script): Promise<boolean> {
    const key = JSON.stringify(candidate);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.attempts >= this.#maxAttempts) {
      this.exhausted = true;
      return false;
    }
    this.attempts += 1;
    const failed = await this.#fails(candidate);
    this.#known.set(key, failed);
    return failed;
  }
}

/** What comes after the failure is mostly idle: half of what is left is cut for as long as that still fails. */
async function cutTail(trial: Trial): Promise<void> {
  let least = 0;
  while (least < trial.best.steps.length) {
    const middle = Math.floor((least + trial.best.steps.length) / 2);
    if (!(await trial.take(keepSteps(trial.best, trial.best.steps.slice(0, middle))))) least = middle + 1;
  }
}

/** Delta debugging: chunks from the end backwards, half as long each round. */
async function deleteChunks(trial: Trial): Promise<void> {
  let length = Math.ceil(trial.best.steps.length / 2);
  while (length > 1) {
    for (let from = trial.best.steps.length - length; from > -length; from -= length) {
      await takeFirst(trial, withoutChunk(trial.best, Math.max(0, from), Math.min(length, from + length)));
    }
    length = Math.ceil(length / 2);
  }
  await deleteSingles(trial);
}

/** Deletes single steps until none can be deleted; tells whether that was truly seen. */
async function deleteSingles(trial: Trial): Promise<boolean> {
  let place = trial.best.steps.length - 1;
  while (place >= 0) {
    const deleted = await takeFirst(trial, withoutChunk(trial.best, place, 1));
    place = deleted ? trial.best.steps.length - 1 : place - 1;
  }
  return !trial.exhausted;
}

/** Takes the first candidate that fails; tells whether there was one. */
async function takeFirst(trial: Trial, candidates: Iterable<Script>, deadlineAttempts = Number.POSITIVE_INFINITY): Promise<boolean> {
  for (const candidate of candidates) {
    if (trial.attempts >= deadlineAttempts) return false;
    if (await trial.take(candidate)) return true;
  }
  return false;
}

/** Begins anew with each success, since what comes next depends on what is left. */
async function takeAll(trial: Trial, limits: ShrinkLimits, offer: (script: Script) => Iterable<Script>): Promise<void> {
  while (await takeFirst(trial, offer(trial.best), limits.deadlineAttempts)) {
    // The next round offers what follows from the new best.
  }
}

async function simplifySteps(trial: Trial, limits: ShrinkLimits): Promise<void> {
  for (let place = 0; place < trial.best.steps.length; place += 1) {
    await takeAll(trial, limits, (script) => smallerAt(script, place));
  }
}
