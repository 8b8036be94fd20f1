/** For the unit tests of the client: sockets that a test plays the server of, timers that run when told, tokens by hand. */

import { clientIdOf } from '../protocol/client-id.ts';
import { decodeClientFrame, encodeCloseFrame, encodeServerFrame } from '../protocol/codec.ts';
import { type ClientFrame, type CloseFrame, closeCode, type ServerFrame } from '../protocol/frames.ts';
import { silentLogger } from '../runtime/loggers.ts';
import type { SocketEvents, Timers, Transport, WallClock } from '../runtime/ports.ts';
import { type ClientOptions, SyncClient } from './client.ts';
import { type ClientStorage, memoryClientStorage } from './storage.ts';

/** Lets every microtask run that is or becomes due. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export interface FakeSocket {
  readonly sent: ClientFrame[];
  /** What the client did to it, if anything. */
  ended: 'closed' | 'given up' | undefined;
  open(): void;
  say(frame: ServerFrame): void;
  /** Opens and accepts. */
  accept(version?: number): void;
  /** The close event; without a frame, a network loss. */
  close(frame?: CloseFrame): void;
  /** Types of the frames sent so far. */
  types(): readonly string[];
}

function fakeSocket(events: SocketEvents): FakeSocket {
  const socket: FakeSocket = {
    sent: [],
    ended: undefined,
    open: () => events.onOpen(),
    say: (frame) => events.onMessage(encodeServerFrame(frame)),
    accept: (version = 0) => {
      events.onOpen();
      events.onMessage(encodeServerFrame({ type: 'accepted', version, incarnation: 'first', diverged: false }));
    },
    close: (frame) => (frame === undefined ? events.onClose(1006, '') : events.onClose(closeCode, encodeCloseFrame(frame))),
    types: () => socket.sent.map(({ type }) => type),
  };
  return socket;
}

export interface FakeTime {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  /** Names and due times of what is scheduled, in order of their being due. */
  scheduled(): readonly (readonly [name: string, inMs: number])[];
  /** Moves both clocks, running on the way what falls due, each to its end. */
  pass(ms: number): Promise<void>;
}

export function fakeTime(startMs: number): FakeTime {
  let nowMs = startMs;
  const pending = new Map<object, { readonly name: string; readonly dueMs: number; readonly callback: () => void }>();
  const inOrder = () => [...pending].sort(([, left], [, right]) => left.dueMs - right.dueMs);
  return {
    wallClock: { now: () => nowMs },
    timers: {
      now: () => nowMs,
      schedule: (name, delayMs, callback) => {
        const key = {};
        pending.set(key, { name, dueMs: nowMs + delayMs, callback });
        return { cancel: () => void pending.delete(key) };
      },
    },
    scheduled: () => inOrder().map(([, { name, dueMs }]) => [name, dueMs - nowMs] as const),
    pass: async (ms) => {
      const endMs = nowMs + ms;
      for (let [next] = inOrder(); next !== undefined && next[1].dueMs <= endMs; [next] = inOrder()) {
        const [key, timer] = next;
        nowMs = Math.max(nowMs, timer.dueMs);
        pending.delete(key);
        timer.callback();
        await settled();
      }
      nowMs = endMs;
    },
  };
}

/** A token that says so much; nobody here looks at its signature. */
export function tokenOf(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2ln`;
}

export interface TestWorld {
  readonly client: SyncClient;
  readonly time: FakeTime;
  readonly sockets: readonly FakeSocket[];
  /** The newest socket. */
  socket(): FakeSocket;
  /** Statuses told so far. */
  readonly statuses: readonly string[];
  readonly errors: readonly string[];
  /** A token of that user that expires so many milliseconds from the beginning. */
  token(user: string, expiresInMs?: number, role?: string): string;
}

const beginningMs = Date.UTC(2030, 0, 1);

export async function testWorld(options: ClientOptions = {}, storage: ClientStorage = memoryClientStorage()): Promise<TestWorld> {
  const time = fakeTime(beginningMs);
  const sockets: FakeSocket[] = [];
  let ids = 0;
  let writeIds = 0;
  const uuid = (): string => {
    ids += 1;
    return `id${ids}`;
  };
  const random = {
    uuid,
    // So late that delays are the whole back-off.
    fraction: () => 1 - 2 ** -32,
    // Secrets are called like ids, `id1`; ids of writes count from 1.
    hex: (bytes: number): string => {
      if (bytes > 16) return uuid();
      writeIds += 1;
      return writeIdOf(writeIds);
    },
  };
  /** The client's id follows from its secret (W6), and reads badly: in a test it is called like that. */
  const named = (data: string): string =>
    Array.from({ length: ids }, (_each, index) => `id${index + 1}`).reduce(
      (left, secret) => left.replaceAll(clientIdOf(secret), secret),
      data,
    );
  const transport: Transport = {
    connect: (_url, events) => {
      const socket = fakeSocket(events);
      sockets.push(socket);
      return {
        send: (data) => void socket.sent.push(decodeClientFrame(named(data))),
        close: () => {
          socket.ended = 'closed';
        },
        terminate: () => {
          socket.ended = 'given up';
        },
      };
    },
  };
  const runtime = { wallClock: time.wallClock, timers: time.timers, random };
  const client = new SyncClient({ serverUrl: 'ws://server', logger: silentLogger, ...options, transport, storage, runtime });
  const statuses: string[] = [];
  const errors: string[] = [];
  client.onConnectionStatusChange((status) => statuses.push(status));
  client.onSessionError(({ type }) => errors.push(type));
  await settled();
  return {
    client,
    time,
    sockets,
    statuses,
    errors,
    socket: () => {
      const newest = sockets.at(-1);
      if (newest === undefined) throw new Error('no attempt was made');
      return newest;
    },
    token: (sub, expiresInMs, role = 'member') =>
      tokenOf({ sub, role, ...(expiresInMs === undefined ? {} : { exp: (beginningMs + expiresInMs) / 1000 }) }),
  };
}

/** The id of the n-th write that a client of these tests makes. */
export function writeIdOf(count: number): string {
  return `${count}`.padStart(32, '0');
}

/** The name of the error that a promise rejects with; `resolved` where it does not. */
export function outcomeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
