/** The server ends and starts again from its storage. `keepsTail`: an append under way turns out durable (W2). */
import { restartServer as restart } from '../generation/state/server.ts';
import { isWaiting } from '../generation/waiting.ts';
import { append } from '../language/labels.ts';
import { choice, flag, object } from '../language/shapes.ts';
import { defineStep, ofNobody } from './step.ts';

/** The plainest first. */
const restarts = ['graceful', 'crash'] as const;

export const restartServer = defineStep(object({ do: choice(['restartServer']), how: choice(restarts), keepsTail: flag }))({
  ...ofNobody,
  needs: () => ['serverStorage'],
  say: (step) =>
    `the server ${step.how === 'crash' ? 'crashes and is' : 'is'} restarted${step.keepsTail ? ', what it was appending is kept' : ''}`,
  swarm: { weight: 30, family: 'crashes', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.up ? (isWaiting(forecast, append) ? 40 : 10) : 2),
  generate: ({ chance }) => ({ do: 'restartServer', how: chance.percent(65) ? 'crash' : 'graceful', keepsTail: chance.percent(50) }),
  apply: (forecast, step) => restart(forecast, step.how, step.keepsTail),
  *shrink(step) {
    if (step.how !== 'graceful') yield [{ ...step, how: 'graceful' as const }];
    if (step.keepsTail) yield [{ ...step, keepsTail: false }];
  },
  oddity: (step) => restarts.indexOf(step.how) + Number(step.keepsTail),
  strike: (step) => ({ fault: step.how === 'crash' ? 'server crash' : 'server restart', client: null }),
  concerns: () => null,
  perform: async ({ hosts }, { how, keepsTail }) => {
    if (how === 'graceful' && hosts.phase() !== 'running') return null;
    await hosts.restartServer(how, keepsTail);
    return 0;
  },
});
