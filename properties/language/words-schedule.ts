/** Schedules in readable words. */
import type { ScheduleSpec } from './configuration.ts';

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
