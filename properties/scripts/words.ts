/** Scripts in readable words. */
export { sayAttributes, sayFilter, sayQuery } from '../language/words-query.ts';
export { saySchedule } from '../language/words-schedule.ts';
export { saySchema } from '../language/words-schema.ts';
export { sayDuration } from '../language/words-time.ts';
export { sayToken } from '../language/words-tokens.ts';
export { markOf, sayArrangement, sayStep } from '../steps/index.ts';
