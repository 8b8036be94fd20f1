/** The server's owner calls `overrideSchema`; skipped while the server is down (C3). */
import { drawPushed } from '../generation/schema-changes.ts';
import { push } from '../generation/state/server.ts';
import { oddityOfSchema } from '../language/oddity.ts';
import { plainerSchemas } from '../language/plainer-schemas.ts';
import { schema } from '../language/schemas.ts';
import { choice, object } from '../language/shapes.ts';
import { saySchema } from '../language/words-schema.ts';
import { defineStep, ofNobody } from './step.ts';

export const pushSchema = defineStep(object({ do: choice(['pushSchema']), schema }))({
  ...ofNobody,
  needs: () => ['schemas'],
  say: (step) => `the server's schema becomes ${saySchema(step.schema)}`,
  swarm: { weight: 50, family: 'pushes', isIndispensable: false, isSequential: true },
  suits: ({ forecast }) => (forecast.up ? 10 : 0),
  generate: (drawing) => ({ do: 'pushSchema', schema: drawPushed(drawing) }),
  apply: (forecast, step) => {
    if (forecast.up) push(forecast, step.schema);
  },
  *shrink(step) {
    for (const plainer of plainerSchemas(step.schema)) yield [{ ...step, schema: plainer }];
  },
  oddity: (step) => oddityOfSchema(step.schema),
  concerns: () => ['server'],
  strike: () => null,
  perform: async ({ hosts, nextPush, reports, world }, step) => {
    if (hosts.phase() !== 'running' && hosts.phase() !== 'recovering') return null;
    const push = nextPush();
    await world.run(() => {
      reports.tell({ kind: 'schemaPushed', push, schema: step.schema });
      hosts.pushSchema(push, step.schema);
    });
    return 0;
  },
});
