/** K1: `clear()` takes a fresh client id. */
import type { Action, ClientName } from '../actions.ts';
import {
  attempted,
  clear,
  clientCloses,
  clientSent,
  observedResolved,
  observedStatus,
  opened,
  quiet,
  serverHeardClose,
  serverSays,
  task,
} from './build.ts';
import { ann } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const client: ClientName = 'c1';
const cleared: readonly Action[] = [
  ...connected(client, 1, ann),
  ...task(
    clear(client),
    clientCloses(client, 1),
    attempted(client, 2),
    observedStatus(client, 'CONNECTING'),
    { kind: 'cleared', client, epoch: 2 },
    observedResolved(client, 'clear'),
  ),
  ...task(serverHeardClose(client, 1)),
  ...task(opened(client, 2)),
];
const hello = (clientId: string) => ({ word: 'hello', token: ann.label, clientId, schema: null }) as const;

export const traces: RuleTraces = {
  rule: 'K1',
  accepts: {
    title: 'the next connection says another id',
    actions: [
      ...cleared,
      ...task(clientSent(client, 2, hello('another id')), { kind: 'serverReceived', client, connection: 2, word: hello('another id') }),
      ...task(...serverSays(client, 2, { word: 'accepted' }), observedStatus(client, 'OPEN')),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'the next connection says the same id again', actions: [...cleared, clientSent(client, 2, hello("c1's id"))] },
};
