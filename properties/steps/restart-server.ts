/** The server ends and starts again from its storage. `keepsTail`: the batch under way turns out durable, or its first entries (W2). */
import { restartServer as restart } from '../generation/state/server.ts';
import { isWaiting } from '../generation/waiting.ts';
import { append } from '../language/labels.ts';
import { choice, flag, object } from '../language/shapes.ts';
import { drawKeeping, keptEntries, keptOf, plainerKeeping, sayKept } from './kept-entries.ts';
import { defineStep, ofNobody } from './step.ts';

/** The plainest first. */
const restarts = ['graceful', 'crash'] as const;

export const restartServer = defineStep(object({ do: choice(['restartServer']), how: choice(restarts), keepsTail: flag, keptEntries }))({
  ...ofNobody,
  needs: () => ['serverStorage'],
  say: (step) => `the server ${step.how === 'crash' ? 'crashes and is' : 'is'} restarted${step.keepsTail ? `, ${sayKept(step)}` : ''}`,
  swarm: { weight: 30, family: 'crashes', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.up ? (isWaiting(forecast, append) ? 40 : 10) : 2),
  generate: ({ chance, forecast }) => ({
    do: 'restartServer',
    how: chance.percent(65) ? 'crash' : 'graceful',
    ...drawKeeping(chance, forecast),
  }),
  apply: (forecast, step) => restart(forecast, step.how, keptOf(step)),
  *shrink(step) {
    if (step.how !== 'graceful') yield [{ ...step, how: 'graceful' as const }];
    const { keepsTail: _keeps, keptEntries: _kept, ...rest } = step;
    for (const keeping of plainerKeeping(step)) yield [{ ...rest, ...keeping }];
  },
  oddity: (step) => restarts.indexOf(step.how) + Number(step.keepsTail) + Number(step.keptEntries !== undefined),
  strike: (step) => ({ fault: step.how === 'crash' ? 'server crash' : 'server restart', client: null }),
  concerns: () => null,
  perform: async ({ hosts }, step) => {
    const { how } = step;
    if (how === 'graceful' && hosts.phase() !== 'running') return null;
    await hosts.restartServer(how, keptOf(step));
    return 0;
  },
});
