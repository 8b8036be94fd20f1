/** K2: after a crash a client is who it was. */
import type { Action } from '../actions.ts';
import { clientSent, observedStatus, opened, quiet, serverHeardClose, serverSays, task } from './build.ts';
import { ann } from './cast.ts';
import { connected, connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const restarted: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...task({ kind: 'clientCrashed', client: 'c1' }),
  ...task(serverHeardClose('c1', 1)),
  ...connecting('c1', 2, ann, { promise: 'start again' }),
  ...task(opened('c1', 2)),
];
const hello = (clientId: string) => ({ word: 'hello', token: ann.label, clientId, schema: null }) as const;

export const traces: RuleTraces = {
  rule: 'K2',
  accepts: {
    title: 'it says the id that it had',
    actions: [
      ...restarted,
      ...task(clientSent('c1', 2, hello("c1's id")), { kind: 'serverReceived', client: 'c1', connection: 2, word: hello("c1's id") }),
      ...task(...serverSays('c1', 2, { word: 'accepted' }), observedStatus('c1', 'OPEN')),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'it says another one', actions: [...restarted, clientSent('c1', 2, hello('another id'))] },
};
