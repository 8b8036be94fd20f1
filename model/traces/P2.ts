/** P2: an answer holds the rows that its reader may read, and no other. */
import { quiet, serverSent } from './build.ts';
import { ann, aunt, everyTodo, milk, rent, undoneOnly } from './cast.ts';
import { asked, connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const session = connected('c1', 1, ann);

export const traces: RuleTraces = {
  rule: 'P2',
  schema: undoneOnly,
  accepts: {
    title: 'of all todos those that may be read are shown',
    actions: [...session, ...subscribed('c1', 1, 'a', everyTodo, [milk, aunt]), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'the frame holds one that may not be read, though the client might hide it',
    actions: [
      ...session,
      ...asked('c1', 1, 'a', everyTodo),
      serverSent('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [milk, rent, aunt] }),
    ],
  },
};
