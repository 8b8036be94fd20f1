/** Scripts in readable words. */
export { sayQuery } from '../language/words-query.ts';
export { saySchema } from '../language/words-schema.ts';
export { sayDuration } from '../language/words-time.ts';
export { sayToken } from '../language/words-tokens.ts';
export { markOf, sayArrangement, sayStep } from '../steps/index.ts';
