/** C2: an attribute that may be missing breaks nobody. */
import { durable, pushed, quiet, task } from './build.ts';
import { openSchema, withNote } from './cast.ts';
import type { RuleTraces } from './trace.ts';

const session = task(pushed('push1', withNote), { kind: 'schemaAppendBegan' }, ...durable('schema'), {
  kind: 'schemaCommitted',
  version: 4,
});
const told = (compatible: boolean) =>
  ({ kind: 'pushSettled', push: 'push1', outcome: { outcome: 'accepted', compatible, issues: [] } }) as const;

export const traces: RuleTraces = {
  rule: 'C2',
  schema: openSchema,
  accepts: { title: 'the push is told compatible', actions: [...session, ...task(told(true)), quiet({})] },
  rejects: { title: 'the push is told incompatible', actions: [...session, told(false)] },
};
