/** C4: a client that says an unknown hash is asked for its schema before it is accepted. */
import type { Action } from '../actions.ts';
import { clientSays, idOf, observedStatus, opened, quiet, serverSays, serverSent, task } from './build.ts';
import { ann, openSchema, withNote } from './cast.ts';
import { connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const hello = { word: 'hello', token: ann.label, clientId: idOf('c1'), schema: 'hash of before' } as const;
const said: readonly Action[] = [...connecting('c1', 1, ann), ...task(opened('c1', 1), ...clientSays('c1', 1, hello))];

export const traces: RuleTraces = {
  rule: 'C4',
  schema: withNote,
  clientSchema: openSchema,
  accepts: {
    title: 'the schema that it tells is one that the server fits',
    actions: [
      ...said,
      ...task(...serverSays('c1', 1, { word: 'schemaAsked' }), ...clientSays('c1', 1, { word: 'schemaSaid' })),
      ...task(...serverSays('c1', 1, { word: 'accepted' }), observedStatus('c1', 'OPEN')),
      quiet({ c1: ['OPEN', ann] }, null, openSchema),
    ],
  },
  rejects: { title: 'it is accepted unseen', actions: [...said, serverSent('c1', 1, { word: 'accepted' })] },
};
