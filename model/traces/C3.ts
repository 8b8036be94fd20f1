/** C3: a schema that the rows violate is refused with its issues, and nothing changes. */
import { pushed, pushSettled, quiet, task } from './build.ts';
import { openSchema, withNoteRequired } from './cast.ts';
import type { RuleTraces } from './trace.ts';

const asked = task(pushed('push1', withNoteRequired));
const issues = ['todos/t1 note missing', 'todos/t2 note missing', 'todos/t3 note missing'];

export const traces: RuleTraces = {
  rule: 'C3',
  schema: openSchema,
  accepts: {
    title: 'every row without a note is an issue',
    actions: [...asked, ...task(pushSettled('push1', { outcome: 'refused', compatible: false, issues })), quiet({})],
  },
  rejects: { title: 'it is appended all the same', actions: [...asked, { kind: 'schemaAppendBegan' }] },
};
