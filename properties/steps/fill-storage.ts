/** The server's storage has no space from now on (W2). */
import { isWaiting } from '../generation/waiting.ts';
import { append } from '../language/labels.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, nothingPlainer, ofNobody } from './step.ts';

export const fillStorage = defineStep(object({ do: choice(['fillStorage']) }))({
  ...ofNobody,
  needs: () => ['serverStorage'],
  say: () => 'the storage of the server has no space any more',
  mark: () => ({ process: 'server', title: 'its storage is full' }),
  swarm: { weight: 8, family: 'storage', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.space.isFull ? 0 : isWaiting(forecast, append) ? 20 : 8),
  generate: () => ({ do: 'fillStorage' }),
  apply: ({ space }) => {
    space.isFull = true;
  },
  shrink: nothingPlainer,
  concerns: () => ['server'],
  strike: () => ({ fault: 'server storage failure', client: null }),
  perform: ({ world }) => meant(world.setSpace(false)),
});
