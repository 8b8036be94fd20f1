/**
 * A world made of its parts: clocks, timers, network, completions and storages under one scheduler of labelled tasks.
 * Both worlds are this one; they differ in what carries the frames and in whether ambient time is guarded.
 */
import type { Logger } from '../../sut/runtime/ports.ts';
import { createActivity } from './activity.ts';
import type { Carrier } from './carrier.ts';
import { createClocks } from './clocks.ts';
import { createCompletions } from './completions.ts';
import type { Guard } from './guard.ts';
import { createHolds } from './holds.ts';
import { createRandom } from './ids.ts';
import { clientTimerLabel, compareLabels, holdableLabels, serverLabel } from './labels.ts';
import { createNetwork } from './network.ts';
import { createClientStorage, createServerStorage } from './storages.ts';
import { createTimers } from './timers.ts';
import { createTurns } from './turns.ts';
import type { World, WorldEvent, WorldOptions } from './world.ts';

/** A world, and what it can tell beyond the port of worlds. */
export interface AssembledWorld extends World {
  /** Labels of all timers set, due or not, in the order in which they fall due. */
  openTimers(): readonly string[];
}

const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function assembleWorld(options: WorldOptions, carrier: Carrier, guard: Guard | undefined): AssembledWorld {
  const clients = options.clients.map((client) => client.name);
  const listeners: ((event: WorldEvent) => void)[] = [];
  const tell = (event: WorldEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const activity = createActivity();
  const { note } = activity;
  const turns = createTurns(guard);
  const clocks = createClocks(new Map([['server', 0], ...options.clients.map((client) => [client.name, client.wallClockSkewMs] as const)]));
  const holds = createHolds(holdableLabels(clients));
  const timers = createTimers({ now: clocks.now, note, isHeld: holds.isHeld });
  const completions = createCompletions({ note, isHeld: holds.isHeld });
  const network = createNetwork({ clients, carrier, tell, note, isHeld: holds.isHeld });
  const serverStorage = createServerStorage(options.initialLog, completions, note);
  const clientStorages = new Map(clients.map((client) => [client, createClientStorage(client, completions, note)]));
  const randoms = new Map(clients.map((client) => [client, createRandom(client, options.seed, note)]));

  const releaseAll = (): void => {
    for (const label of [...network.held(), ...holds.all()]) release(label);
  };
  const hold = (label: string): boolean => network.hold(label) || holds.hold(label);
  const release = (label: string): boolean => network.release(label) || holds.release(label);
  const assertNoViolation = (): void => {
    const [violation] = guard?.violations() ?? [];
    if (violation !== undefined) throw new Error(violation);
  };

  return {
    listen: (listener) => {
      listeners.push(listener);
    },
    serverEnvironment: () => ({
      wallClock: clocks.wallClock('server'),
      timers: timers.portOf(serverLabel),
      listener: network.listener,
      storage: serverStorage,
      logger: silentLogger,
      complete: (name, work) => completions.complete(serverLabel(name), work),
    }),
    clientEnvironment: (client) => ({
      wallClock: clocks.wallClock(client),
      timers: timers.portOf((name) => clientTimerLabel(client, name)),
      random: present(randoms.get(client), client),
      transport: network.transport(client),
      storage: present(clientStorages.get(client), client),
      logger: silentLogger,
    }),
    complete: completions.complete,
    run: turns.take,
    tasks: () =>
      [...network.tasks(), ...completions.tasks(), ...timers.tasks()].sort((one, other) => compareLabels(one.label, other.label)),
    execute: async (label) => {
      const task = network.next(label) ?? completions.next(label) ?? timers.next(label);
      if (task === undefined) return false;
      if (task.ready !== undefined) await task.ready;
      await turns.take(task.perform);
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
    cut: network.cut,
    refuseConnections: network.refuse,
    acceptConnections: network.accept,
    isHalfOpen: network.isHalfOpen,
    heal: () => {
      releaseAll();
      for (const client of clients) network.accept(client);
    },
    assertQuiescent: async () => {
      const before = activity.count();
      await turns.take(() => {});
      assertNoViolation();
      if (activity.count() !== before) throw new Error(`not quiescent: ${activity.lastPort()} moved by itself`);
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

function present<Part>(part: Part | undefined, client: string): Part {
  if (part === undefined) throw new RangeError(`no client named ${client}`);
  return part;
}

function assertReachable(nowMs: number, currentMs: number, nextTimerMs: number | undefined): void {
  if (!(nowMs >= currentMs)) throw new RangeError(`time cannot go back from ${currentMs} to ${nowMs} ms`);
  if (nextTimerMs !== undefined && nowMs > nextTimerMs) throw new RangeError(`a timer is due at ${nextTimerMs} ms, before ${nowMs} ms`);
}
