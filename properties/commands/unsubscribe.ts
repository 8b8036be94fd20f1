/** A client takes a subscription back (Q4). */
import { liveSubscriptions } from '../generation/context.ts';
import { client } from '../language/names.ts';
import { choice, name, object } from '../language/shapes.ts';
import { goesOn } from '../language/step-names.ts';
import { defineCommand, noParts, nothingPlainer, plainCall, ready } from './command.ts';

export const unsubscribe = defineCommand(object({ do: choice(['unsubscribe']), client, subscription: name }))({
  needs: ['subscriptions'],
  say: (command) => `${command.client} unsubscribes ${command.subscription}`,
  swarm: { weight: 45, weightInGroup: 4, family: null, isIndispensable: false, isSequential: true },
  suits: (of) => (of.subscriptions.length === 0 ? 0 : 2 + 4 * liveSubscriptions(of).length),
  generate: ({ chance }, of) => {
    const live = liveSubscriptions(of);
    const subscription = chance.pick(live.length > 0 && chance.percent(88) ? live : of.subscriptions).name;
    return { do: 'unsubscribe', client: of.name, subscription };
  },
  apply: (_, of, command) => {
    for (const subscription of of.subscriptions) if (subscription.name === command.subscription) subscription.live = false;
  },
  shrink: nothingPlainer,
  oddity: () => 0,
  names: ({ subscription }) => goesOn(`subscription ${subscription}`),
  parts: noParts,
  prepare: ({ call }, process, { subscription }) =>
    ready(() => {
      const unsubscribeFrom = process.unsubscribes.get(subscription);
      if (unsubscribeFrom === undefined) return false;
      process.ended.add(subscription);
      return call(process, { do: 'unsubscribe', subscription }, unsubscribeFrom);
    }),
  call: { ...plainCall, makesLate: true, say: ({ subscription }) => ({ brief: ` ${subscription}` }) },
});
