/** Plainer schedules: the fair one first, then fewer change points and shorter choices. */
import { scheduleOf, scriptWord } from '../language/configuration.ts';
import { plainerNumbers } from '../language/plainer-values.ts';
import type { ScheduleSpec, Script, Step } from '../scripts/script.ts';
import { replaceAt, withoutOne, withSteps } from './walk.ts';

export function* plainerSchedules(script: Script): Generator<Script> {
  const schedule = scheduleOf(script.configuration);
  if (schedule.kind === 'fair') return;
  yield withSchedule(script, { kind: 'fair' });
  const plainer = schedule.kind === 'priorities' ? plainerPriorities(schedule) : plainerChoices(schedule.choices);
  for (const offered of plainer) yield withSchedule(script, offered);
}

function* plainerPriorities(schedule: Extract<ScheduleSpec, { kind: 'priorities' }>): Generator<ScheduleSpec> {
  const { changePoints } = schedule;
  if (changePoints.length > 1) yield { ...schedule, changePoints: [] };
  for (const fewer of withoutOne(changePoints)) yield { ...schedule, changePoints: fewer };
  for (const seed of [0, 1, 2, 3]) if (seed < schedule.seed) yield { ...schedule, seed };
  for (const [place, point] of changePoints.entries()) {
    for (const earlier of plainerNumbers(point, 1)) yield { ...schedule, changePoints: replaceAt(changePoints, place, earlier) };
  }
}

/** Halves, then ever smaller chunks, from the end: what a choice no longer says the fair schedule decides. */
function* plainerChoices(choices: readonly string[]): Generator<ScheduleSpec> {
  for (let length = Math.ceil(choices.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let end = choices.length; end > 0; end -= length) {
      yield { kind: 'chosen', choices: [...choices.slice(0, Math.max(0, end - length)), ...choices.slice(end)] };
    }
  }
}

function withSchedule(script: Script, schedule: ScheduleSpec): Script {
  const { schedule: _, ...others } = script.configuration;
  return { ...script, configuration: schedule.kind === 'fair' ? others : { ...others, schedule } };
}

/** Only these steps; in chosen schedules the word that took a step goes with it, so that the others keep their places. */
export function keepSteps(script: Script, kept: readonly Step[]): Script {
  const schedule = scheduleOf(script.configuration);
  const rest = withSteps(script, kept);
  if (schedule.kind !== 'chosen') return rest;
  const left = new Set(kept);
  let taken = 0;
  const choices = schedule.choices.filter((choice) => {
    if (choice !== scriptWord) return true;
    const step = script.steps[taken];
    taken += 1;
    return step === undefined || left.has(step);
  });
  return withSchedule(rest, { kind: 'chosen', choices });
}

export function relabelSchedule(schedule: ScheduleSpec, rename: (label: string) => string): ScheduleSpec {
  return schedule.kind === 'chosen' ? { ...schedule, choices: schedule.choices.map(rename) } : schedule;
}
