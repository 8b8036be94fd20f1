/** A malformed frame joins those in flight, as if the other end had sent it; skipped without an open connection (B1). */
import type { Nonsense } from '../../model/index.ts';
import { liveSubscriptions } from '../generation/context.ts';
import type { Profile } from '../generation/profile.ts';
import { lose } from '../generation/state/client.ts';
import { isCuttable, sendToClient, sendToServer } from '../generation/state/route.ts';
import { closeByServer } from '../generation/state/server.ts';
import { type ClientForecast, clientOf } from '../generation/state/state.ts';
import { earlier } from '../language/lists.ts';
import { clientNonsenses, nonsenses } from '../language/malformed.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, ofClient } from './step.ts';

const shape = object({ do: choice(['inject']), client, to: choice(['server', 'client']), nonsense: choice(nonsenses) });

const words: Readonly<Record<Nonsense, string>> = {
  notJson: 'what is no JSON',
  notAFrame: 'what is no frame',
  unknownType: 'a frame of an unknown type',
  missingField: 'a frame that lacks a field',
  badFilter: 'a query with a filter that is none',
  unfitValue: 'a query with a value that its operator cannot take',
  helloAgain: 'a second hello',
  subscribedTwice: 'a name of a subscription for the second time',
  writeGap: 'a write out of order',
  requestGap: 'a token update out of order',
  oversized: 'a frame that is too long',
};

export const inject = defineStep(shape)({
  ...ofClient,
  needs: () => ['malformedFrames'],
  say: (step) => `${step.to === 'server' ? `the server hears from ${step.client}` : `${step.client} hears`} ${words[step.nonsense]}`,
  mark: (step) => ({ process: step.to === 'server' ? 'server' : step.client, title: 'nonsense is put among what is on its way to it' }),
  swarm: { weight: 80, family: 'nonsense', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some(isCuttable) ? 10 : 0),
  generate: ({ chance, forecast, profile }) => {
    const of = chance.pick(forecast.clients.filter(isCuttable));
    const to = chance.percent(70) ? 'server' : 'client';
    return { do: 'inject', client: of.name, to, nonsense: chance.pick(to === 'client' ? clientNonsenses : toServers(of, profile)) };
  },
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of === undefined) return;
    if (step.to === 'server') sendToServer(forecast, of, (later, same) => closeByServer(later, same, 'PROTOCOL_BROKEN'));
    else sendToClient(forecast, of, lose);
  },
  *shrink(step) {
    for (const nonsense of earlier(nonsenses, step.nonsense)) yield [{ ...step, nonsense }];
    if (step.to === 'client') yield [{ ...step, to: 'server' as const }];
  },
  oddity: (step) => Number(step.to === 'client') + nonsenses.indexOf(step.nonsense),
  strike: (step) => ({ fault: step.to === 'server' ? 'injection to server' : 'injection to client', client: step.client }),
  concerns: () => null,
  perform: ({ system, translator, world }, step) => {
    if (step.to === 'client' && !clientNonsenses.includes(step.nonsense)) return meant(false);
    const text = system.nonsense(step.nonsense, translator.subscriptionOf(step.client));
    if (text === null) return meant(false);
    translator.expect(step.nonsense);
    const isInjected = world.inject(step.client, step.to, text);
    if (!isInjected) translator.expect(null);
    return meant(isInjected);
  },
});

/** A name can be taken twice only where one is taken, and stays so: over a bound a subscription fails, and leaves its name (B4). */
function toServers(of: ClientForecast, { families }: Profile): readonly Nonsense[] {
  const isBounded = families.some((family) => family === 'bounds' || family === 'attacks');
  const named = of.stage === 'open' && liveSubscriptions(of).length > 0 && !isBounded;
  return nonsenses.filter((nonsense) => named || nonsense !== 'subscribedTwice');
}
