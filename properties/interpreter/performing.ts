/** Puts into the hands of commands and steps what a run has: its world, its processes, and the ear of the judge. */
import type { Coverage } from '../coverage/coverage.ts';
import type { Commanding, Performing } from '../driving/performing.ts';
import { watchPromise } from '../driving/processes.ts';
import type { Judge } from './judge.ts';
import type { Schedule } from './schedule.ts';

interface Surroundings {
  readonly judge: Judge;
  readonly schedule: Schedule;
  readonly coverage: Coverage;
}
export type PerformingOptions = Surroundings &
  Pick<Performing, 'world' | 'system' | 'translator' | 'hosts' | 'mint' | 'advance'> &
  Pick<Commanding, 'purse' | 'gifts' | 'hasSubscriptionNames'>;

export function createPerforming(options: PerformingOptions): Performing {
  const { world, system, translator, hosts, judge, schedule, coverage, mint, purse, gifts, advance, hasSubscriptionNames } = options;
  const nextPromise = counter('p');
  const call: Commanding['call'] = (process, command, invoke) => {
    judge.tell({ kind: 'command', client: process.name, command });
    const outcome = invoke();
    if ('promise' in command && outcome instanceof Promise) watchPromise(process, judge, command.promise, outcome, () => ({}));
    return true;
  };
  const callForRows: Commanding['callForRows'] = (process, command, invoke) => {
    judge.tell({ kind: 'command', client: process.name, command });
    watchPromise(process, judge, command.promise, invoke(), (rows) => ({ rows }));
    return true;
  };
  return {
    reports: judge,
    world,
    system,
    translator,
    hosts,
    mint,
    nextPush: counter('push'),
    advance,
    runTask: schedule.runOne,
    isOver: () => judge.failure() !== null,
    countCallback: coverage.callback,
    commanding: { reports: judge, world, purse, gifts, hasSubscriptionNames, nextPromise, call, callForRows },
  };
}

/** `p1`, `p2`, … */
function counter(prefix: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${count}`;
  };
}
