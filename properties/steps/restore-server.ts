/** The server dies and another one begins on a copy of its log, as from a backup, or on an empty log: it may be behind its clients (W2). */
import { restoreServer as restore } from '../generation/state/server.ts';
import { logCopies } from '../language/log-copies.ts';
import { choice, nullable, object } from '../language/shapes.ts';
import { defineStep, ofNobody } from './step.ts';

export const restoreServer = defineStep(object({ do: choice(['restoreServer']), from: nullable(choice(logCopies)) }))({
  ...ofNobody,
  needs: () => ['serverStorage', 'logCopies'],
  say: ({ from }) => `the server crashes and is restarted on ${from === null ? 'an empty log' : `the copy of its log called ${from}`}`,
  swarm: { weight: 30, family: 'logs', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.logCopies.size === 0 ? 4 : 25),
  generate: ({ chance, forecast }) => {
    const copies = logCopies.filter((copy) => forecast.logCopies.has(copy));
    return { do: 'restoreServer', from: copies.length === 0 || chance.percent(20) ? null : chance.pick(copies) };
  },
  apply: (forecast, step) => restore(forecast, step.from),
  *shrink(step) {
    const plainer: readonly (typeof step.from)[] = [null, ...logCopies];
    for (const from of plainer.slice(0, plainer.indexOf(step.from))) yield [{ ...step, from }];
  },
  oddity: (step) => (step.from === null ? 0 : 1 + logCopies.indexOf(step.from)),
  strike: () => ({ fault: 'server crash', client: null }),
  concerns: () => null,
  perform: async ({ hosts }, { from }) => ((await hosts.restoreServer(from)) ? 0 : null),
});
