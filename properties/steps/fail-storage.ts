/**
 * The next write that a storage is to keep fails, or the one under way; `keepsTail`: the server's batch turns out durable all the same, or its first entries. `operation`: a
 * client's fails at that, the next time that it is asked for it or now, in the place of a write that it is to keep (K3).
 */
import { clientOf, type Forecast } from '../generation/state/state.ts';
import { isWaiting } from '../generation/waiting.ts';
import { append } from '../language/labels.ts';
import { process } from '../language/names.ts';
import { choice, flag, object, optional, type ValueOf } from '../language/shapes.ts';
import { otherOperations } from '../language/storage-operations.ts';
import { sayProcess } from '../language/words-process.ts';
import { drawKeeping, keptEntries, keptOf, plainerKeeping, sayKept } from './kept-entries.ts';
import { defineStep, meant, ofProcess } from './step.ts';

const operation = choice(otherOperations);

const words: Readonly<Record<ValueOf<typeof operation>, string>> = {
  load: 'to be read',
  dequeue: 'to forget a write',
  replace: 'to take a fresh id',
  remember: 'to keep the result of a query',
  hear: 'to keep what is heard of the log',
  clear: 'to clear itself',
};

export const failStorage = defineStep(
  object({ do: choice(['failStorage']), process, keepsTail: flag, keptEntries, operation: optional(operation) }),
)({
  ...ofProcess,
  needs: (step) => [step.process === 'server' ? 'serverStorage' : 'clientStorage'],
  say: (step) => {
    const kept = step.keepsTail && step.process === 'server' ? `, and ${sayKept(step)} all the same` : '';
    const at = step.operation === undefined ? '' : ` ${words[step.operation]}`;
    return `the storage of ${sayProcess(step.process)} fails once${at}${kept}`;
  },
  mark: (step) => ({ process: step.process, title: 'its storage will fail once' }),
  swarm: { weight: 30, family: 'storage', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (processesToFail(forecast).length === 0 ? 0 : isWaiting(forecast, append) ? 30 : 10),
  generate: ({ chance, forecast }) => {
    const of = chance.pick(processesToFail(forecast));
    if (of === 'server') return { do: 'failStorage', process: of, ...drawKeeping(chance, forecast) };
    const write = { do: 'failStorage', process: of, keepsTail: false } as const;
    return chance.percent(40) ? write : { ...write, operation: chance.pick(otherOperations) };
  },
  apply: (forecast, step) => {
    const client = clientOf(forecast, step.process);
    if (client !== undefined) client.storageFails ||= step.operation === undefined;
    else forecast.failing = { kept: keptOf(step) };
  },
  *shrink(step) {
    const { keepsTail: _keeps, keptEntries: _kept, ...failure } = step;
    for (const keeping of plainerKeeping(step)) yield [{ ...failure, ...keeping }];
    const { operation: at, ...write } = step;
    if (at !== undefined) yield [write];
  },
  oddity: (step) =>
    Number(step.process !== 'server') +
    Number(step.keepsTail) +
    Number(step.keptEntries !== undefined) +
    Number(step.operation !== undefined),
  concerns: (step) => [step.process],
  strike: (step) =>
    step.process === 'server'
      ? { fault: 'server storage failure', client: null }
      : { fault: 'client storage failure', client: step.process },
  perform: ({ world }, step) => meant(world.failStorage(step.process, keptOf(step), step.operation)),
});

function processesToFail(forecast: Forecast): readonly string[] {
  const clients = forecast.clients.filter(({ storageFails }) => !storageFails).map(({ name }) => name);
  return forecast.failing === null ? ['server', 'server', ...clients] : clients;
}
