/** Lets time pass, timer by timer; between two instants everything settles. */
import { advance as pass } from '../generation/state/time.ts';
import { affordable, drawAdvanceMs } from '../generation/waiting.ts';
import { plainerNumbers } from '../language/plainer-values.ts';
import { choice, object, whole } from '../language/shapes.ts';
import { sayDuration } from '../language/words-time.ts';
import { defineStep, ofNobody } from './step.ts';

export const advance = defineStep(object({ do: choice(['advance']), ms: whole(0) }))({
  ...ofNobody,
  needs: () => [],
  say: (step) => `${sayDuration(step.ms)} pass`,
  swarm: { weight: 50, family: null, isIndispensable: true, isSequential: true },
  suits: () => 10,
  generate: (drawing) => ({ do: 'advance', ms: affordable(drawing.forecast, drawAdvanceMs(drawing)) }),
  apply: (forecast, step) => pass(forecast, step.ms),
  *shrink(step) {
    for (const ms of plainerNumbers(step.ms, 1)) yield [{ ...step, ms }];
  },
  concerns: () => null,
  strike: () => null,
  perform: async (performing, step) => {
    await performing.advance(step.ms);
    return 0;
  },
});
