/** A client subscribes to a query (Q2–Q6). */
import { isLawfulQuery } from '../../model/subscriptions/lawful.ts';
import { isCollectionKnown, subscribe as subscribeTo, subscribeUnderNameInUse } from '../driving/processes.ts';
import { type Drawing, drawAskedQuery, liveSubscriptions, nextSubscription } from '../generation/context.ts';
import { fire, sendToServer } from '../generation/state/route.ts';
import { subscribed } from '../generation/state/server.ts';
import type { ClientForecast } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { oddityOfQuery } from '../language/oddity.ts';
import { plainerQueries } from '../language/plainer-queries.ts';
import { query } from '../language/queries.ts';
import { choice, name, object } from '../language/shapes.ts';
import { begins } from '../language/step-names.ts';
import { sayQuery, sayQueryExactly } from '../language/words-query.ts';
import { defineCommand, plainCall, ready } from './command.ts';

/** A name in use is refused (Q4). */
function drawName(drawing: Drawing, of: ClientForecast): string {
  const live = liveSubscriptions(of);
  const isInUse = live.length > 0 && drawing.profile.families.includes('names') && drawing.chance.percent(12);
  return isInUse ? drawing.chance.pick(live).name : nextSubscription(drawing);
}

export const subscribe = defineCommand(object({ do: choice(['subscribe']), client, subscription: name, query }))({
  needs: ['subscriptions'],
  say: (command) => `${command.client} subscribes ${command.subscription}: ${sayQuery(command.query)}`,
  swarm: { weight: 80, weightInGroup: 5, family: null, isIndispensable: true, isSequential: true },
  suits: (of) => [30, 15, 8, 4, 3][liveSubscriptions(of).length] ?? 1,
  generate: (drawing, of) => ({
    do: 'subscribe',
    client: of.name,
    subscription: drawName(drawing, of),
    query: drawAskedQuery(drawing),
  }),
  apply: (forecast, of, command) => {
    const isRefused = !isLawfulQuery(command.query) || of.subscriptions.some(({ name: taken }) => taken === command.subscription);
    if (isRefused) return;
    of.subscriptions.push({ name: command.subscription, query: command.query, live: true });
    fire(forecast, of, 'results');
    if (of.stage === 'open') sendToServer(forecast, of, subscribed);
  },
  *shrink(command) {
    for (const plainer of plainerQueries(command.query)) yield { ...command, query: plainer };
  },
  oddity: (command) => oddityOfQuery(command.query),
  names: ({ subscription }) => begins(`subscription ${subscription}`),
  parts: { tokens: null, query: (command, change) => ({ ...command, query: change(command.query) }), operations: null },
  // Whether a name is taken is asked at the moment of the call: an earlier command of the same `together` may have taken it.
  prepare: ({ call, gifts, reports, hasSubscriptionNames }, process, { subscription, query: asked }) =>
    ready(() => {
      const isUsed = process.unsubscribes.has(subscription);
      const isRefused = isUsed && hasSubscriptionNames && !process.ended.has(subscription);
      if ((isUsed && !isRefused) || !isCollectionKnown(process, asked.collection)) return false;
      const begin = isRefused ? subscribeUnderNameInUse : subscribeTo;
      return call(process, { do: 'subscribe', subscription, query: asked }, () => begin(process, reports, subscription, gifts.copy(asked)));
    }),
  call: {
    ...plainCall,
    say: ({ subscription, query: asked }) => ({
      brief: ` ${subscription}: ${sayQuery(asked)}`,
      exact: ` ${subscription}: ${sayQueryExactly(asked)}`,
      details: { subscription, query: sayQuery(asked) },
    }),
  },
});
