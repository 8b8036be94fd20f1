/** Releases a held label. */
import { drawReleased } from '../generation/waiting.ts';
import { label } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { ends } from '../language/step-names.ts';
import { sayLabel } from '../language/words-labels.ts';
import { concernsOfLabel, ofLabel } from './label.ts';
import { defineStep, meant, nothingPlainer } from './step.ts';

export const release = defineStep(object({ do: choice(['release']), label }))({
  ...ofLabel,
  needs: () => [],
  say: (step) => `release ${step.label}`,
  arrangement: (step) => `the script lets ${sayLabel(step.label)} go on`,
  swarm: { weight: 40, family: null, isIndispensable: true, isSequential: false },
  suits: ({ forecast }) => 10 * forecast.held.size,
  generate: (drawing) => ({ do: 'release', label: drawReleased(drawing) }),
  apply: (forecast, step) => {
    forecast.agenda.push(...(forecast.held.get(step.label)?.queue ?? []));
    forecast.held.delete(step.label);
  },
  concerns: concernsOfLabel,
  names: ({ label: held }) => ends(`hold ${held}`),
  shrink: nothingPlainer,
  strike: () => null,
  perform: ({ world }, step) => meant(world.release(step.label)),
});
