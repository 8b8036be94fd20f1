/** The wall clock of a process jumps; the monotonic clocks go on. */
import { clientOf } from '../generation/state/state.ts';
import { process } from '../language/names.ts';
import { plainerNumbers } from '../language/plainer-values.ts';
import { choice, number, object } from '../language/shapes.ts';
import { sayProcess } from '../language/words-process.ts';
import { sayDuration } from '../language/words-time.ts';
import { defineStep, meant, ofProcess } from './step.ts';

export const jumpWallClock = defineStep(object({ do: choice(['jumpWallClock']), process, byMs: number }))({
  ...ofProcess,
  needs: () => [],
  say: (step) =>
    `the wall clock of ${sayProcess(step.process)} jumps ${sayDuration(Math.abs(step.byMs))} ${step.byMs < 0 ? 'back' : 'ahead'}`,
  swarm: { weight: 10, family: null, isIndispensable: false, isSequential: false },
  suits: () => 10,
  generate: ({ chance, forecast }) => ({
    do: 'jumpWallClock',
    process: chance.pick(['server', 'server', ...forecast.clients.map(({ name }) => name)]),
    byMs: chance.pick([1000, -1000, 2000, -5000, 30_000, -30_000, 120_000, -120_000]),
  }),
  apply: (forecast, step) => {
    const client = clientOf(forecast, step.process);
    if (client !== undefined) client.wallAheadMs += step.byMs;
    else forecast.serverWallAheadMs += step.byMs;
  },
  *shrink(step) {
    if (step.byMs < 0) yield [{ ...step, byMs: -step.byMs }];
    for (const byMs of plainerNumbers(step.byMs, 1)) yield [{ ...step, byMs }];
  },
  oddity: (step) => Number(step.byMs < 0),
  strike: (step) =>
    step.process === 'server' ? { fault: 'server wall jump', client: null } : { fault: 'client wall jump', client: step.process },
  concerns: () => null,
  perform: ({ reports, world }, step) => {
    world.jumpWallClock(step.process, step.byMs);
    reports.tell({ kind: 'wallJumped', process: step.process, byMs: step.byMs });
    return meant(true);
  },
});
