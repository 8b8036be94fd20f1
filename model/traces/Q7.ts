/** Q7: of an answer in parts nothing is shown before the last, and nothing counts that was not ended. */
import {
  clientSays,
  networkLost,
  observedFulfilment,
  observedResults,
  observedStatus,
  quiet,
  serverSays,
  serverSent,
  task,
  time,
} from './build.ts';
import { ann, aunt, milk, openTodos } from './cast.ts';
import { accepted, answered, asked, connected } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const begun = [...connected('c1', 1, ann), ...asked('c1', 1, 'a', openTodos)];
const first = { word: 'answerPart', subscription: 'a', rows: [milk] } as const;
const last = { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [aunt] } as const;

const parted = [...begun, serverSent('c1', 1, first), serverSent('c1', 1, last)];
const heardFirst = [...parted, { kind: 'taskEnded' }, { kind: 'clientHeard', client: 'c1', connection: 1, word: first }] as const;

const reconnected = [
  ...heardFirst,
  ...task(...networkLost('c1', 1), observedStatus('c1', 'CLOSED')),
  ...task(time(250), { kind: 'attempted', client: 'c1', connection: 2 }, observedStatus('c1', 'CONNECTING')),
  ...accepted('c1', 2, ann),
  ...task(...clientSays('c1', 2, { word: 'subscribe', subscription: 'a' })),
];
const again: TracePair = {
  accepts: {
    title: 'the connection is lost before the last part: the next one answers',
    actions: [...reconnected, serverSent('c1', 2, first), ...answered('c1', 2, 'a', [milk, aunt]), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'it goes on where the other one was, and with something else',
    actions: [...reconnected, serverSent('c1', 2, first), serverSent('c1', 2, { word: 'pong' })],
  },
};

const ended: TracePair = {
  accepts: { title: 'the answer is ended in the breath in which it was begun', actions: [...parted, { kind: 'taskEnded' }] },
  rejects: {
    title: 'something else comes first',
    actions: [...begun, serverSent('c1', 1, first), serverSent('c1', 1, { word: 'progressed', version: 3 })],
  },
};

export const traces: RuleTraces = {
  rule: 'Q7',
  bounds: { answerPartBytes: 220 },
  accepts: {
    title: 'the last part has come: all of it is shown',
    actions: [
      ...begun,
      ...task(
        ...serverSays('c1', 1, first),
        ...serverSays('c1', 1, last),
        observedResults('c1', 'a', [milk, aunt]),
        observedFulfilment('c1', 'a'),
      ),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'one frame holds more than it may',
    actions: [...begun, serverSent('c1', 1, { ...last, rows: [milk, aunt] })],
  },
  also: [again, ended],
};
