/** E3: a turn comes to its end. */
import { processLost, quiet, task } from './build.ts';
import { ann } from './cast.ts';
import { accepted, connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const begun = connecting('c1', 1, ann);

export const traces: RuleTraces = {
  rule: 'E3',
  accepts: {
    title: 'an attempt is made, and all comes to rest',
    actions: [...begun, ...accepted('c1', 1, ann), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: { title: 'an attempt is made, and the turn never ends', actions: [...begun, processLost('without bound')] },
  also: [
    {
      accepts: { title: 'the next task ends like any other', actions: [...begun, ...task()] },
      rejects: { title: 'the next task ends the process', actions: [...begun, processLost('by itself')] },
    },
  ],
};
