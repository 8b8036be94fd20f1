/** The server's storage refuses an entry for its own sake, of the batch that it has or of the next one: the one at that place, or the last that it may refuse (W2). */
import { entriesUnderWay } from '../generation/state/batches.ts';
import { isWaiting } from '../generation/waiting.ts';
import { append } from '../language/labels.ts';
import { plainerNumbers } from '../language/plainer-values.ts';
import { choice, object, whole } from '../language/shapes.ts';
import { defineStep, meant, ofNobody } from './step.ts';

export const refuseEntry = defineStep(object({ do: choice(['refuseEntry']), place: whole(1) }))({
  ...ofNobody,
  needs: () => ['serverStorage'],
  say: ({ place }) => `the storage of the server can never take entry ${place} of the batch that it has, or of the next one`,
  mark: () => ({ process: 'server', title: 'its storage will refuse an entry' }),
  swarm: { weight: 12, family: 'storage', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.refusing !== null ? 0 : isWaiting(forecast, append) ? 30 : 8),
  generate: ({ chance, forecast }) => ({ do: 'refuseEntry', place: chance.integer(1, Math.max(1, entriesUnderWay(forecast))) }),
  apply: (forecast, { place }) => {
    forecast.refusing ??= place;
  },
  *shrink(step) {
    for (const place of plainerNumbers(step.place, 1)) yield [{ ...step, place }];
  },
  oddity: ({ place }) => place - 1,
  concerns: () => ['server'],
  strike: () => ({ fault: 'server storage failure', client: null }),
  perform: ({ world }, { place }) => meant(world.refuseEntry(place)),
});
