/** Puts into the hands of commands and steps what a run has: its world, its processes, and the ear of the judge. */
import type { Command } from '../../model/index.ts';
import type { System } from '../../sut/port/system.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Gifts } from '../driving/gifts.ts';
import type { Commanding, Performing } from '../driving/performing.ts';
import { type ClientProcess, watchPromise } from '../driving/processes.ts';
import type { Purse } from '../driving/purse.ts';
import type { Translator } from '../driving/translator.ts';
import type { Mint } from '../worlds/tokens.ts';
import type { World } from '../worlds/world.ts';
import type { Hosts } from './hosts.ts';
import type { Judge } from './judge.ts';
import type { Schedule } from './schedule.ts';

export interface PerformingOptions {
  readonly world: World;
  readonly system: System;
  readonly translator: Translator;
  readonly hosts: Hosts;
  readonly judge: Judge;
  readonly schedule: Schedule;
  readonly coverage: Coverage;
  readonly mint: Mint;
  readonly purse: Purse;
  readonly gifts: Gifts;
  readonly advance: (ms: number) => Promise<void>;
}

export function createPerforming(options: PerformingOptions): Performing {
  const { world, system, translator, hosts, judge, schedule, coverage, mint, purse, gifts, advance } = options;
  const nextPromise = counter('p');
  const call: Commanding['call'] = (process: ClientProcess, command: Command, invoke: () => unknown): true => {
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
    commanding: { reports: judge, world, purse, gifts, nextPromise, call, callForRows },
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
