/** Lets the next items of a held label through; then the canonical schedule goes on. */
import { labelsWaiting } from '../generation/waiting.ts';
import { label } from '../language/names.ts';
import { plainerNumbers } from '../language/plainer-values.ts';
import { choice, object, whole } from '../language/shapes.ts';
import { goesOn } from '../language/step-names.ts';
import { sayLabel } from '../language/words-labels.ts';
import { ofLabel } from './label.ts';
import { defineStep } from './step.ts';

export const deliver = defineStep(object({ do: choice(['deliver']), label, count: whole(1) }))({
  ...ofLabel,
  needs: () => [],
  say: (step) => `deliver ${step.count} of ${step.label}`,
  arrangement: (step) => `the script lets ${step.count} of ${sayLabel(step.label)} through`,
  swarm: { weight: 40, family: null, isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => 30 * labelsWaiting(forecast).length,
  generate: ({ chance, forecast }) => {
    const of = chance.pick(labelsWaiting(forecast));
    const waiting = forecast.held.get(of)?.queue.length ?? 1;
    return { do: 'deliver', label: of, count: chance.integer(1, Math.min(3, waiting)) };
  },
  apply: (forecast, step) => {
    forecast.agenda.push(...(forecast.held.get(step.label)?.queue.splice(0, step.count) ?? []));
  },
  *shrink(step) {
    for (const count of plainerNumbers(step.count, 1)) yield [{ ...step, count }];
  },
  names: ({ label: held }) => goesOn(`hold ${held}`),
  concerns: () => null,
  strike: () => null,
  perform: async ({ isOver, runTask }, step) => {
    let delivered = 0;
    while (delivered < step.count && !isOver() && (await runTask(step.label))) delivered += 1;
    return delivered === 0 ? null : 0;
  },
});
