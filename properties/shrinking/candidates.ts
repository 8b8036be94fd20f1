/** Everything that a script may be shrunk to in one go: valid, and smaller by `scriptSize`, bold ones first. */
import type { Script } from '../scripts/script.ts';
import { shrinkStep } from '../steps/index.ts';
import { withoutStepsAndDependents } from './dependents.ts';
import { keepSteps } from './schedules.ts';
import { isSmaller } from './size.ts';
import { replaceAt, withSteps } from './walk.ts';
import { plainerWholes } from './whole.ts';

export function* shrinkCandidates(script: Script): Generator<Script> {
  yield* deletions(script);
  yield* smallerWholes(script);
  for (let place = 0; place < script.steps.length; place += 1) yield* smallerAt(script, place);
}

/** Halves, then ever smaller chunks, down to single steps; each with its dependents first, then alone. */
function* deletions(script: Script): Generator<Script> {
  for (let length = Math.ceil(script.steps.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let from = 0; from < script.steps.length; from += length) yield* withoutChunk(script, from, length);
  }
}

export function* withoutChunk(script: Script, from: number, length: number): Generator<Script> {
  const gone = new Set(Array.from({ length }, (_, index) => from + index));
  const alone = script.steps.filter((_, place) => !gone.has(place));
  const withDependents = withoutStepsAndDependents(script.steps, gone);
  if (withDependents.length < alone.length) yield keepSteps(script, withDependents);
  yield keepSteps(script, alone);
}

export function* smallerWholes(script: Script): Generator<Script> {
  for (const candidate of plainerWholes(script)) if (isSmaller(candidate, script)) yield candidate;
}

/** The script with something plainer in the place of one step. */
export function* smallerAt(script: Script, place: number): Generator<Script> {
  const step = script.steps[place];
  if (step === undefined) return;
  for (const plainer of shrinkStep(step)) {
    const candidate = withSteps(script, replaceAt(script.steps, place, ...plainer));
    if (isSmaller(candidate, script)) yield candidate;
  }
}
