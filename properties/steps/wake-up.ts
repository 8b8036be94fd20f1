/** A client that slept goes on: what of its timers fell due meanwhile fires late, in the order in which it was due, before anything else. */
import type { Performing } from '../driving/performing.ts';
import { clientOf } from '../generation/state/state.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import { goesOn } from '../language/step-names.ts';
import { defineStep, nothingPlainer, ofClient } from './step.ts';

export const wakeUp = defineStep(object({ do: choice(['wakeUp']), client }))({
  ...ofClient,
  needs: () => ['heartbeats'],
  say: (step) => `${step.client} wakes up`,
  swarm: { weight: 25, family: 'sleep', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.clients.some(({ asleep }) => asleep) ? 15 : 0),
  generate: ({ chance, forecast }) => ({ do: 'wakeUp', client: chance.pick(forecast.clients.filter(({ asleep }) => asleep)).name }),
  apply: (forecast, step) => {
    const of = clientOf(forecast, step.client);
    if (of === undefined) return;
    of.asleep = false;
    forecast.agenda.push(...of.slept.splice(0));
  },
  shrink: nothingPlainer,
  names: ({ client: of }) => goesOn(`sleep ${of}`),
  strike: () => null,
  concerns: (step) => [step.client],
  perform: async (performing, step) => ((await wake(performing, step.client)) ? 0 : null),
});

/** False where it is awake. */
export async function wake({ isOver, reports, runTask, world }: Performing, name: string): Promise<boolean> {
  const awakening = world.wakeUp(name);
  if (awakening === undefined) return false;
  reports.tell({ kind: 'wokeUp', client: name, stoodMs: awakening.stoodMs });
  for (const label of awakening.dueTimers) if (!isOver()) await runTask(label);
  return true;
}
