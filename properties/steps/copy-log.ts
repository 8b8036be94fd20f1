/** What the server's log holds is copied; the server may be restored from the copy later (W2). */

import { copyLog as copy } from '../generation/state/server.ts';
import { logCopies } from '../language/log-copies.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, ofNobody } from './step.ts';

export const copyLog = defineStep(object({ do: choice(['copyLog']), copy: choice(logCopies) }))({
  ...ofNobody,
  needs: () => ['serverStorage', 'logCopies'],
  say: (step) => `the log of the server is copied as ${step.copy}`,
  swarm: { weight: 30, family: 'logs', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.logCopies.size === 0 ? 12 : 4),
  generate: ({ chance }) => ({ do: 'copyLog', copy: chance.pick(logCopies) }),
  apply: (forecast, step) => copy(forecast, step.copy),
  *shrink(step) {
    if (step.copy !== logCopies[0]) yield [{ ...step, copy: logCopies[0] }];
  },
  oddity: (step) => logCopies.indexOf(step.copy),
  strike: () => null,
  concerns: () => ['server'],
  perform: ({ hosts }, step) => {
    hosts.copyLog(step.copy);
    return Promise.resolve(0);
  },
});
