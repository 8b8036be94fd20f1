/**
 * A client's process dies and begins again with its storage. `keepsTail`: what storage was doing turns out done (K2). `schema`: the one that it has
 * from now on, as after an upgrade of the application; null: none; absent: the one that it had.
 */

import type { Schema } from '../../vocabulary/schemas.ts';
import { drawUpgraded } from '../generation/schema-changes.ts';
import { type ClientForecast, clientOf, type Forecast, freshProcess } from '../generation/state/state.ts';
import { isWaiting } from '../generation/waiting.ts';
import { clientOfLabel, storeOf } from '../language/labels.ts';
import { client } from '../language/names.ts';
import { oddityOfSchema } from '../language/oddity.ts';
import { plainerSchemas } from '../language/plainer-schemas.ts';
import { schema } from '../language/schemas.ts';
import { choice, flag, nullable, object, optional } from '../language/shapes.ts';
import { saySchema } from '../language/words-schema.ts';
import { defineStep, ofClient } from './step.ts';

export const restartClient = defineStep(
  object({ do: choice(['restartClient']), client, keepsTail: flag, schema: optional(nullable(schema)) }),
)({
  ...ofClient,
  needs: ({ schema: upgraded }) => (upgraded === undefined ? ['clientStorage'] : ['clientStorage', 'schemas']),
  say: (step) =>
    `${step.client} crashes and is restarted${sayUpgrade(step.schema)}${step.keepsTail ? ', what it was storing is kept' : ''}`,
  swarm: { weight: 25, family: 'crashes', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => Math.max(...forecast.clients.map((of) => worthRestarting(forecast, of))),
  generate: (drawing) => {
    const { chance, forecast, profile } = drawing;
    const weighed = forecast.clients.map((of): [number, ClientForecast] => [worthRestarting(forecast, of), of]);
    const of = chance.weighted(weighed);
    const step = { do: 'restartClient', client: of.name, keepsTail: chance.percent(50) } as const;
    const isUpgraded = profile.families.includes('pushes') && chance.percent(25);
    return isUpgraded ? { ...step, schema: drawUpgraded(drawing, of) } : step;
  },
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of === undefined) return;
    restart(forecast, of, step.keepsTail);
    if (step.schema !== undefined) of.schema = step.schema;
  },
  *shrink(step) {
    if (step.keepsTail) yield [{ ...step, keepsTail: false }];
    const { schema: upgraded, ...same } = step;
    if (upgraded !== undefined) yield [same];
    if (upgraded !== undefined && upgraded !== null) for (const plainer of plainerSchemas(upgraded)) yield [{ ...step, schema: plainer }];
  },
  oddity: ({ keepsTail, schema: upgraded }) => Number(keepsTail) + (upgraded === undefined ? 0 : 1 + oddityOfSchema(upgraded)),
  concerns: (step) => [step.client, 'server'],
  strike: (step) => ({ fault: 'client crash', client: step.client }),
  perform: async ({ hosts }, step) => ((await hosts.restartClient(step.client, step.keepsTail, { schema: step.schema })) ? 0 : null),
});

function sayUpgrade(upgraded: Schema | null | undefined): string {
  if (upgraded === undefined) return '';
  return upgraded === null ? ' without a schema' : ` with the schema ${saySchema(upgraded)}`;
}

/** One that has done nothing yet has nothing to lose. */
function worthRestarting(forecast: Forecast, of: ClientForecast): number {
  if (isWaiting(forecast, storeOf(of.name)) || of.outbox.length > 0) return 30;
  return of.session === undefined && of.subscriptions.length === 0 ? 1 : 8;
}

/** Store and outbox stay, with what was being stored if it turns out done; session, subscriptions and callbacks go (K2). */
function restart(forecast: Forecast, of: ClientForecast, keepsTail: boolean): void {
  if (keepsTail) forecast.held.get(storeOf(of.name))?.queue[0]?.keep?.(forecast);
  for (const [label, hold] of forecast.held) if (clientOfLabel(label) === of.name) hold.queue.length = 0;
  Object.assign(of, freshProcess());
}
