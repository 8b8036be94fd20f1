/** Holds a link, a completion or a timer: what bears the label waits. */
import { usefulHolds } from '../generation/waiting.ts';
import { clientOfLabel } from '../language/labels.ts';
import { label } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { begins } from '../language/step-names.ts';
import { sayLabel } from '../language/words-labels.ts';
import { concernsOfLabel, ofLabel } from './label.ts';
import { defineStep, meant, nothingPlainer } from './step.ts';

export const hold = defineStep(object({ do: choice(['hold']), label }))({
  ...ofLabel,
  needs: () => [],
  say: (step) => `hold ${step.label}`,
  arrangement: (step) => `the script holds back ${sayLabel(step.label)}`,
  swarm: { weight: 75, family: null, isIndispensable: false, isSequential: false },
  // Four labels of every client are always worth holding, so with fewer held there is one left.
  suits: ({ forecast }) => (forecast.held.size > 3 ? 0 : 12 - 3 * forecast.held.size),
  generate: (drawing) => ({ do: 'hold', label: drawing.chance.weighted(usefulHolds(drawing)) }),
  /** A hold of a link concerns the connection of that moment, of completions and timers whatever comes. */
  apply: (forecast, step) => {
    const client = forecast.clients.find(({ name }) => clientOfLabel(step.label) === name && step.label.includes('→'));
    forecast.held.set(step.label, { connection: client === undefined ? null : client.connection, queue: [] });
  },
  concerns: concernsOfLabel,
  names: ({ label: held }) => begins(`hold ${held}`),
  strike: (step) => ({ fault: 'hold', client: clientOfLabel(step.label) ?? null }),
  shrink: nothingPlainer,
  perform: ({ world }, step) => meant(world.hold(step.label)),
});
