/** The server's storage has space again; when it is asked, is the server's matter (W2). */
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, nothingPlainer, ofNobody } from './step.ts';

export const freeStorage = defineStep(object({ do: choice(['freeStorage']) }))({
  ...ofNobody,
  needs: () => ['serverStorage'],
  say: () => 'the storage of the server has space again',
  swarm: { weight: 30, family: 'storage', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.space.isFull ? 40 : 0),
  generate: () => ({ do: 'freeStorage' }),
  apply: ({ space }) => {
    space.isFull = false;
  },
  shrink: nothingPlainer,
  concerns: () => ['server'],
  strike: () => null,
  perform: ({ world }) => meant(world.setSpace(true)),
});
