/** New tokens are signed by a new key; which of them the key set holds, `serveKeySet` says, and that one alone unless it did. */
import { choice, object } from '../language/shapes.ts';
import { defineStep, meant, nothingPlainer, ofNobody } from './step.ts';

export const rotateKeys = defineStep(object({ do: choice(['rotateKeys']) }))({
  ...ofNobody,
  needs: () => ['keySets'],
  say: () => 'the signing keys are rotated',
  swarm: { weight: 12, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.keys === null ? 0 : 10),
  generate: () => ({ do: 'rotateKeys' }),
  apply: (forecast) => {
    if (forecast.keys !== null) forecast.key += 1;
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
