/**
 * A world made of its parts: clocks, timers, network, completions and storages under one scheduler of labelled tasks.
 * Both worlds are this one; they differ in what carries the frames and in whether ambient time is guarded.
 */
import { holdableLabels } from '../language/labels.ts';
import type { Carrier } from './carrier.ts';
import { createClocks } from './clocks.ts';
import { createCompletions } from './completions.ts';
import type { Guard } from './guard.ts';
import { createHolds } from './holds.ts';
import { createIdleness } from './idleness.ts';
import { compareLabels, serverLabel } from './labels.ts';
import { createNetwork } from './network.ts';
import { createProcesses } from './processes.ts';
import { makeVisit, strangerName } from './stranger.ts';
import type { NextTask } from './task.ts';
import { createTimers } from './timers.ts';
import { createTurns } from './turns.ts';
import type { Task, World, WorldEvent, WorldOptions } from './world.ts';

/** A world, and what it can tell beyond the port of worlds. */
export interface AssembledWorld extends World {
  /** Labels of all timers set, due or not, in the order in which they fall due. */
  openTimers(): readonly string[];
}

const strangersVerification = serverLabel(`verify of ${strangerName}`);

export function assembleWorld(options: WorldOptions, carrier: Carrier, guard: Guard | undefined): AssembledWorld {
  const clients = options.clients.map((client) => client.name);
  const listeners: ((event: WorldEvent) => void)[] = [];
  const tell = (event: WorldEvent): void => {
    for (const listener of listeners) listener(event);
  };
  /**
   * Counts every use of a port by the system. Quiescence is asserted by it: if a drain moves the counter, something was
   * still running, and the last name tells what.
   */
  let activity = 0;
  let lastPort = 'nothing';
  const note = (port: string): void => {
    activity += 1;
    lastPort = port;
  };
  const turns = createTurns(guard);
  const clocks = createClocks(new Map([['server', 0], ...options.clients.map((client) => [client.name, client.wallClockSkewMs] as const)]));
  const holds = createHolds(holdableLabels(clients));
  const idleness = createIdleness(clients);
  const isHeld = (label: string): boolean => holds.isHeld(label) || idleness.isOfSleeper(label);
  const timers = createTimers({ now: clocks.now, note, isHeld, firesMs: idleness.firesMs });
  const completions = createCompletions({ note, isHeld });
  const network = createNetwork({ clients, carrier, tell, note, isHeld });
  const processes = createProcesses(options, { clocks, timers, completions, network, note });

  const releaseAll = (): void => {
    for (const label of [...network.held(), ...holds.all()]) release(label);
  };
  const hold = (label: string): boolean => network.hold(label) || holds.hold(label);
  const release = (label: string): boolean => network.release(label) || holds.release(label);
  const perform = async (task: NextTask): Promise<void> => {
    if (task.ready !== undefined) await task.ready;
    await turns.take(task.perform);
  };
  const sleeping = (task: Task): Task => (idleness.isOfSleeper(task.label) ? { ...task, held: true, isAsleep: true } : task);
  const assertNoViolation = (): void => {
    const [violation] = guard?.violations() ?? [];
    if (violation !== undefined) throw new Error(violation);
  };

  return {
    listen: (listener) => void listeners.push(listener),
    serverEnvironment: processes.serverEnvironment,
    clientEnvironment: processes.clientEnvironment,
    complete: completions.complete,
    run: turns.take,
    tasks: () =>
      [...network.tasks(), ...completions.tasks(), ...timers.tasks()]
        .map(sleeping)
        .sort((one, other) => compareLabels(one.label, other.label)),
    execute: async (label) => {
      if (idleness.isOfSleeper(label)) return false;
      const task = network.next(label) ?? completions.next(label) ?? timers.next(label);
      if (task === undefined) return false;
      await perform(task);
      return true;
    },
    hold,
    release,
    held: () => [...network.held(), ...holds.all()].sort(compareLabels),
    now: clocks.now,
    trueWallMs: clocks.trueWallMs,
    wallMs: clocks.wallMs,
    nextTimerMs: timers.nextDueMs,
    setTime: (nowMs) => {
      assertReachable(nowMs, clocks.now(), timers.nextDueMs());
      clocks.moveTo(nowMs);
    },
    jumpWallClock: clocks.jump,
    fallAsleep: (client, clock) => idleness.sleep(client, { sinceMs: clocks.now(), clock }),
    wakeUp: (client) => {
      const sleep = idleness.wake(client);
      if (sleep === undefined) return undefined;
      const stoodMs = sleep.clock === 'stands' ? clocks.now() - sleep.sinceMs : 0;
      clocks.stand(client, stoodMs);
      timers.postpone(client, stoodMs);
      return { stoodMs, dueTimers: timers.dueOf(client) };
    },
    isAsleep: idleness.isAsleep,
    throttleTimers: idleness.throttle,
    cut: network.cut,
    inject: network.inject,
    stranger: (frames) => makeVisit(network.welcome(), frames, { perform, nextCompletion: () => completions.next(strangersVerification) }),
    killServer: processes.killServer,
    killClient: (client, keepsTail, copyOf) => {
      idleness.forget(client);
      return processes.killClient(client, keepsTail, copyOf);
    },
    copyStorage: processes.copyStorage,
    hasCopy: processes.hasCopy,
    copyLog: processes.copyLog,
    hasLogCopy: processes.hasLogCopy,
    restoreLog: processes.restoreLog,
    failStorage: processes.failStorage,
    refuseEntry: processes.refuseEntry,
    setSpace: processes.setSpace,
    refuseConnections: network.refuse,
    acceptConnections: network.accept,
    isHalfOpen: network.isHalfOpen,
    heal: () => {
      releaseAll();
      processes.disarm();
      for (const client of clients) network.accept(client);
    },
    assertQuiescent: async () => {
      const before = activity;
      await turns.take(() => {});
      assertNoViolation();
      if (activity !== before) throw new Error(`not quiescent: ${lastPort} moved by itself`);
    },
    close: async () => {
      timers.clear();
      completions.clear();
      listeners.length = 0;
      await network.close();
      assertNoViolation();
    },
    openTimers: timers.open,
  };
}

function assertReachable(nowMs: number, currentMs: number, nextTimerMs: number | undefined): void {
  if (!(nowMs >= currentMs)) throw new RangeError(`time cannot go back from ${currentMs} to ${nowMs} ms`);
  if (nextTimerMs !== undefined && nowMs > nextTimerMs) throw new RangeError(`a timer is due at ${nextTimerMs} ms, before ${nowMs} ms`);
}
