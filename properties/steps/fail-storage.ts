/** The next write that a storage is to keep fails, or the one under way; `keepsTail`: the server's turns out durable all the same. */
import { clientOf, type Forecast } from '../generation/state/state.ts';
import { isWaiting } from '../generation/waiting.ts';
import { append } from '../language/labels.ts';
import { process } from '../language/names.ts';
import { choice, flag, object } from '../language/shapes.ts';
import { sayProcess } from '../language/words-process.ts';
import { defineStep, meant, ofProcess } from './step.ts';

export const failStorage = defineStep(object({ do: choice(['failStorage']), process, keepsTail: flag }))({
  ...ofProcess,
  needs: (step) => [step.process === 'server' ? 'serverStorage' : 'clientStorage'],
  say: (step) => {
    const kept = step.keepsTail && step.process === 'server' ? ', and keeps the entry all the same' : '';
    return `the storage of ${sayProcess(step.process)} fails once${kept}`;
  },
  mark: (step) => ({ process: step.process, title: 'its storage will fail once' }),
  swarm: { weight: 30, family: 'storage', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (processesToFail(forecast).length === 0 ? 0 : isWaiting(forecast, append) ? 30 : 10),
  generate: ({ chance, forecast }) => {
    const of = chance.pick(processesToFail(forecast));
    return { do: 'failStorage', process: of, keepsTail: of === 'server' && chance.percent(50) };
  },
  apply: (forecast, step) => {
    const client = clientOf(forecast, step.process);
    if (client !== undefined) client.storageFails = true;
    else forecast.failing = { keepsTail: step.keepsTail };
  },
  *shrink(step) {
    if (step.keepsTail) yield [{ ...step, keepsTail: false }];
  },
  oddity: (step) => Number(step.process !== 'server') + Number(step.keepsTail),
  concerns: (step) => [step.process],
  strike: (step) =>
    step.process === 'server'
      ? { fault: 'server storage failure', client: null }
      : { fault: 'client storage failure', client: step.process },
  perform: ({ world }, step) => meant(world.failStorage(step.process, step.keepsTail)),
});

function processesToFail(forecast: Forecast): readonly string[] {
  const clients = forecast.clients.filter(({ storageFails }) => !storageFails).map(({ name }) => name);
  return forecast.failing === null ? ['server', 'server', ...clients] : clients;
}
