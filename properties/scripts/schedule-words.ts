/** Schedules as people read them, and the words in them that are no labels. */
import type { Configuration, ScheduleSpec } from './script.ts';

export const fair: ScheduleSpec = { kind: 'fair' };

/** A choice: the script takes its next step. */
export const scriptWord = 'script';
/** A choice: everything runs until nothing can move. */
export const settleWord = 'settle';

export function scheduleOf(configuration: Configuration): ScheduleSpec {
  return configuration.schedule ?? fair;
}

/** Empty for the fair schedule, which goes without saying. */
export function saySchedule(schedule: ScheduleSpec): string {
  switch (schedule.kind) {
    case 'fair':
      return '';
    case 'priorities':
      return `ordered by priorities of seed ${schedule.seed}${sayChangePoints(schedule.changePoints)}`;
    case 'chosen':
      return `in this order: ${schedule.choices.join(', ')}`;
  }
}

function sayChangePoints(points: readonly number[]): string {
  return points.length === 0 ? '' : `, which change after move ${points.join(', ')}`;
}
