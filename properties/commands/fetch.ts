/** A client fetches the result of a query once (Q6). */
import { drawAskedQuery } from '../generation/context.ts';
import { client } from '../language/names.ts';
import { oddityOfQuery } from '../language/oddity.ts';
import { plainerQueries } from '../language/plainer-queries.ts';
import { query } from '../language/queries.ts';
import { choice, object } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { sayQuery, sayQueryExactly } from '../language/words-query.ts';
import { defineCommand, plainCall, ready } from './command.ts';

export const fetch = defineCommand(object({ do: choice(['fetch']), client, query }))({
  needs: ['subscriptions', 'fetch'],
  say: (command) => `${command.client} fetches ${sayQuery(command.query)}`,
  swarm: { weight: 40, weightInGroup: 3, family: null, isIndispensable: false, isSequential: true },
  suits: (of) => (of.stage === 'opening' || of.stage === 'greeting' ? 20 : 8),
  generate: (drawing, of) => ({ do: 'fetch', client: of.name, query: drawAskedQuery(drawing) }),
  apply: () => {},
  *shrink(command) {
    for (const plainer of plainerQueries(command.query)) yield { ...command, query: plainer };
  },
  oddity: (command) => oddityOfQuery(command.query),
  names: noNames,
  parts: { tokens: null, query: (command, change) => ({ ...command, query: change(command.query) }), operations: null },
  prepare: ({ callForRows, gifts, nextPromise }, process, { query: asked }) =>
    ready(() => {
      const promise = nextPromise();
      // The model knows the subscription by which it asks under this name.
      return callForRows(process, { do: 'fetch', promise, query: asked }, () =>
        process.client.fetch(`fetch-${promise}`, gifts.copy(asked)),
      );
    }),
  call: { ...plainCall, say: ({ query: asked }) => ({ brief: ` ${sayQuery(asked)}`, exact: ` ${sayQueryExactly(asked)}` }) },
});
