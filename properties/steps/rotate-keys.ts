/** New tokens are signed by a new key, and the published key set holds that one alone; nothing with a shared secret. */
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, nothingPlainer, ofNobody } from './step.ts';

export const rotateKeys = defineStep(object({ do: choice(['rotateKeys']) }))({
  ...ofNobody,
  needs: () => ['keySets'],
  say: () => 'the signing keys are rotated',
  swarm: { weight: 12, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.keySet ? 10 : 0),
  generate: () => ({ do: 'rotateKeys' }),
  apply: (forecast) => {
    if (forecast.keySet) forecast.key += 1;
  },
  shrink: nothingPlainer,
  concerns: () => null,
  strike: () => null,
  perform: ({ mint, reports }) => {
    mint.rotate();
    reports.tell({ kind: 'keysRotated', key: mint.currentKey() });
    return meant(true);
  },
});
