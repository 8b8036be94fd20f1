/** The network ends the newest connection of a client, or carries nothing any more without either end knowing. */
import { lose } from '../generation/state/client.ts';
import { breakOff, isCuttable, linksHeld } from '../generation/state/route.ts';
import { clientOf, isConnected } from '../generation/state/state.ts';
import { earlier } from '../language/lists.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, ofClient } from './step.ts';

/** The plainest first. */
const cuts = ['clean', 'abrupt', 'halfOpen'] as const;
const cutWords = { clean: 'is closed by the network', abrupt: 'is lost', halfOpen: 'goes half-open' } as const;

export const cut = defineStep(object({ do: choice(['cut']), client, how: choice(cuts) }))({
  ...ofClient,
  needs: ({ how }) => (how === 'halfOpen' ? ['heartbeats'] : []),
  say: (step) => `the connection of ${step.client} ${cutWords[step.how]}`,
  mark: ({ client: process, how }) => (how === 'halfOpen' ? null : { process, title: `its connection ${cutWords[how]}` }),
  swarm: { weight: 30, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some(isCuttable) ? 10 : 0),
  generate: ({ chance, forecast }) => ({
    do: 'cut',
    client: chance.pick(forecast.clients.filter(isCuttable)).name,
    how: chance.pick(['clean', 'abrupt', 'abrupt', 'halfOpen']),
  }),
  apply: (forecast, { client: name, how }) => {
    const of = clientOf(forecast, name);
    if (of === undefined || !isConnected(of)) return;
    if (how !== 'clean') for (const held of linksHeld(forecast, of)) held.queue.length = 0;
    if (how === 'halfOpen') of.halfOpen = true;
    else if (of.halfOpen) lose(forecast, of);
    else breakOff(forecast, of);
  },
  shrink: (step) => earlier(cuts, step.how).map((how) => [{ ...step, how }]),
  oddity: (step) => cuts.indexOf(step.how),
  concerns: (step) => [step.client, 'server'],
  strike: (step) => ({ fault: `cut ${step.how}`, client: step.client }),
  perform: ({ reports, world }, step) => {
    if (!world.cut(step.client, step.how)) return meant(false);
    if (step.how === 'halfOpen') reports.tell({ kind: 'fellSilent', client: step.client });
    return meant(true);
  },
});
