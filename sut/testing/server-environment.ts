/**
 * A world for the server's own tests, small enough to see through: a clock that is set by hand, connections that keep
 * what was sent, storage and completions that wait until they are let go. It stands outside of `sut/server` because, to
 * let everything settle, it waits for a turn of the event loop, which no code in there may.
 */

import { SignJWT } from 'jose';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { clientIdOf } from '../protocol/client-id.ts';
import { decodeCloseFrame, decodeServerFrame, encodeClientFrame } from '../protocol/codec.ts';
import { type ClientFrame, type CloseFrame, type Operation, protocolVersion, type ServerFrame } from '../protocol/frames.ts';
import type { Connection, ConnectionEvents, Listener, Timers } from '../runtime/ports.ts';
import type { ServerInspection } from '../server/recovery.ts';
import { createServer, type Server, type ServerOptions } from '../server/server.ts';
import { createKeptSnapshot } from '../server/snapshot.ts';
import type { LogEntry, ServerStorage } from '../server/storage.ts';

const secret = 'the secret of these tests, long enough';
const epochMs = 1_900_000_000_000;

interface ScheduledTimer {
  readonly name: string;
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Monotonic time, moved by hand. */
export function createManualTimers() {
  let nowMs = 0;
  const scheduled = new Set<ScheduledTimer>();
  const timers: Timers = {
    now: () => nowMs,
    schedule(name, delayMs, callback) {
      const timer = { name, dueMs: nowMs + delayMs, callback };
      scheduled.add(timer);
      return { cancel: () => scheduled.delete(timer) };
    },
  };
  const nextBy = (limitMs: number) =>
    [...scheduled].filter(({ dueMs }) => dueMs <= limitMs).sort((left, right) => left.dueMs - right.dueMs)[0];
  return {
    timers,
    now: () => nowMs,
    names: () => [...scheduled].map(({ name }) => name),
    advance(byMs: number) {
      const untilMs = nowMs + byMs;
      for (let next = nextBy(untilMs); next !== undefined; next = nextBy(untilMs)) {
        nowMs = next.dueMs;
        scheduled.delete(next);
        next.callback();
      }
      nowMs = untilMs;
    },
  };
}

/** Appends and completions that wait while held, then go on in order. */
function createGate() {
  let isHeld = false;
  let waiting: (() => void)[] = [];
  return {
    pass: () => (isHeld ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve()),
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      for (const go of waiting) go();
      waiting = [];
    },
  };
}

/** The client's end of a fake connection. */
export interface FakeClient {
  send(frame: ClientFrame): Promise<void>;
  sendText(data: string): Promise<void>;
  /** A message that is no text. */
  sendBinary(): Promise<void>;
  /** Everything sent to it, decoded. */
  readonly received: readonly ServerFrame[];
  /** The same, as it was sent. */
  readonly texts: readonly string[];
  /** What was received since the last call. */
  fresh(): readonly ServerFrame[];
  closed(): CloseFrame | 'terminated' | undefined;
  /** The server reads nothing of it. A test may send all the same, as what was on its way would come. */
  isPaused(): boolean;
  /** The socket is gone. */
  leave(): Promise<void>;
  /** From now on sending to it throws. */
  breakDown(): void;
  /** From now on it reads nothing, so that what is sent to it waits; `drain` reads all of that. */
  stall(): void;
  drain(): Promise<void>;
  /** It reads all that waits, and nothing of what comes. */
  sip(): Promise<void>;
}

function createFakeConnection(label: string, address?: string) {
  const texts: string[] = [];
  let closed: CloseFrame | 'terminated' | undefined;
  let isBroken = false;
  let isStalled = false;
  let unsentBytes = 0;
  let isPaused = false;
  const connection: Connection = {
    label,
    address,
    send(data) {
      if (isBroken) throw new Error('broken pipe');
      if (closed !== undefined) throw new Error('sent after the close');
      texts.push(data);
      if (isStalled) unsentBytes += Buffer.byteLength(data);
    },
    unsentBytes: () => unsentBytes,
    close(_code, reason) {
      closed = decodeCloseFrame(reason) ?? 'terminated';
    },
    terminate() {
      closed = 'terminated';
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
  };
  return {
    connection,
    texts,
    closed: () => closed,
    isPaused: () => isPaused,
    breakDown: () => {
      isBroken = true;
    },
    stall: () => {
      isStalled = true;
    },
    drain: () => {
      isStalled = false;
      unsentBytes = 0;
    },
    sip: () => {
      unsentBytes = 0;
    },
  };
}

export interface TestServer {
  readonly server: Server;
  /** Told by the observer since the start, in order: `evaluate g1 @2`. A test may empty it. */
  readonly observed: string[];
  /** Incarnations left out. */
  readonly log: readonly LogEntry[];
  readonly wholeLog: readonly LogEntry[];
  /** Of batches. `fail`: the next one does; `kept`: so many of its entries, the first, are in the log all the same. */
  readonly appends: { hold(): void; release(): void; fail(kept?: number, error?: Error): void };
  /** Of the log, after the first. */
  readonly loads: { hold(): void; release(): void; fail(): void };
  readonly completions: { readonly names: readonly string[]; hold(): void; release(): void };
  wallMs(): number;
  jumpWallClock(byMs: number): void;
  /** Lets time pass on both clocks, and everything settle. */
  advance(byMs: number): Promise<void>;
  timerNames(): readonly string[];
  inspect(): ServerInspection;
  /** Until nothing of the server's is on its way any more, but what is held. */
  settle(): Promise<void>;
  /** A connection that has said nothing yet. */
  dial(label: string, address?: string): FakeClient;
  /** A connection that was accepted, with what was received so far taken off. */
  connect(
    label: string,
    options?: { readonly token?: string; readonly secret?: string; readonly answered?: number; readonly schema?: string },
  ): Promise<FakeClient>;
  /** `lifetimeMs` counts from now; undefined: no `exp`. */
  token(claims?: Readonly<Record<string, unknown>>, lifetimeMs?: number): Promise<string>;
}

/**
 * Client ids follow from secrets (W6), and read badly. In a test a client is called by its secret: what the server is told
 * and tells has the id in its place, there and back.
 */
function createNames() {
  const secrets = new Set<string>();
  return {
    note: (secret: string) => void secrets.add(secret),
    named(text: string): string {
      return [...secrets].reduce((left, secret) => left.replaceAll(clientIdOf(secret), secret), text);
    },
    entry(entry: LogEntry): LogEntry {
      if (entry.kind === 'schema' || entry.kind === 'incarnation') return entry;
      const named = { ...entry, clientId: this.named(entry.clientId) };
      return named.kind === 'write' ? { ...named, operations: named.operations.map((operation) => this.operation(operation)) } : named;
    },
    operation(operation: Operation): Operation {
      return operation.kind === 'insert' ? operation : { ...operation, generation: this.named(operation.generation) };
    },
    real(text: string): string {
      return [...secrets].reduce((left, secret) => left.replaceAll(`"${secret}:`, `"${clientIdOf(secret)}:`), text);
    },
  };
}

/** All promises of the server end in microtasks, but for crypto, which `work` counts. */
function createSettling() {
  const pending = new Set<Promise<unknown>>();
  return {
    track<Result>(work: Promise<Result>): Promise<Result> {
      const tracked = work.finally(() => pending.delete(tracked));
      pending.add(tracked);
      return tracked;
    },
    async settle(): Promise<void> {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (pending.size === 0) return;
      await Promise.allSettled([...pending]);
      await this.settle();
    },
  };
}

export async function startTestServer(options: ServerOptions = {}, initialLog: readonly LogEntry[] = []): Promise<TestServer> {
  const clock = createManualTimers();
  const settling = createSettling();
  const verification = createGate();
  const storing = createGate();
  const completionNames: string[] = [];
  const observed: string[] = [];
  const names = createNames();
  const snapshot = createKeptSnapshot();
  const log: LogEntry[] = initialLog.map((entry) => {
    if (entry.kind === 'schema' || entry.kind === 'incarnation') return entry;
    names.note(entry.clientId);
    return { ...entry, clientId: clientIdOf(entry.clientId) };
  });
  const observe = (what: string): void => void observed.push(names.named(what));
  const loading = createGate();
  const failures: { readonly kept: number; readonly error: Error }[] = [];
  let loadFailures = 0;
  let jumpedMs = 0;
  // No incarnation that the log holds already is begun again.
  let incarnations = log.filter(({ kind }) => kind === 'incarnation').length;
  const nextIncarnation = (): string => {
    incarnations += 1;
    return `incarnation ${incarnations}`;
  };
  let accept: ((connection: Connection) => ConnectionEvents) | undefined;
  const wallMs = () => epochMs + clock.now() + jumpedMs;

  const storage: ServerStorage = {
    async load() {
      await loading.pass();
      if (loadFailures > 0) {
        loadFailures -= 1;
        throw new Error('disk gone');
      }
      return { snapshot: snapshot.read(), entries: [...log] };
    },
    async append(batch) {
      await storing.pass();
      const failure = failures.shift();
      log.push(...batch.slice(0, failure?.kept));
      if (failure !== undefined) throw failure.error;
    },
    async compact(compaction) {
      await storing.pass();
      snapshot.take(compaction);
      log.length = 0;
    },
  };
  const listener: Listener = {
    listen(port = 0, accepting) {
      accept = accepting;
      return Promise.resolve({ port, close: () => Promise.resolve() });
    },
  };
  const server = createServer({
    ...(options.jwks === undefined && options.keys === undefined ? { jwtSecret: secret } : {}),
    storage,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    observer: {
      onAppendBegin: (connection, clientId, sequence) => observe(`append ${clientId}:${sequence} by ${connection}`),
      onCommit: (clientId, sequence, version) => observe(`commit ${clientId}:${sequence} @${version}`),
      onReject: (clientId, sequence, version, error) => observe(`reject ${clientId}:${sequence} @${version} ${error}`),
      onSchemaAppendBegin: () => observed.push('append schema'),
      onSchemaRefused: () => observed.push('refuse schema'),
      onSchemaCommit: (version) => observed.push(`commit schema @${version}`),
      onRecoveryBegin: () => observed.push('recovery'),
      onRecovered: (version) => observed.push(`recovered @${version}`),
      onEvaluate: (group, version) => observed.push(`evaluate ${group} @${version}`),
      onEncode: (group, version) => observed.push(`encode ${group} @${version}`),
      onLook() {},
      onCommitSpent() {},
      onAnswerSpent() {},
      onKeysFetched: (keys) => observed.push(`keys ${keys.join(' ')}`),
    },
    ...options,
    runtime: {
      wallClock: { now: wallMs },
      timers: clock.timers,
      random: { hex: nextIncarnation },
      listener,
      async complete(name, work) {
        completionNames.push(name);
        // A key set may never come.
        const result = name === 'key set fetch' ? work() : settling.track(work());
        await verification.pass();
        return result;
      },
    },
  });
  await server.start(1);
  // Every server begins so; what a test looks at comes after.
  observed.length = 0;

  function dial(label: string, address?: string): FakeClient {
    if (accept === undefined) throw new Error('nobody listens');
    const { connection, texts, closed, isPaused, breakDown, stall, drain, sip } = createFakeConnection(label, address);
    const events = accept(connection);
    let taken = 0;
    const client: FakeClient = {
      sendText(data) {
        events.onMessage(data);
        return settling.settle();
      },
      send: (frame) => client.sendText(names.real(encodeClientFrame(frame))),
      sendBinary() {
        events.onBinary?.();
        return settling.settle();
      },
      get received() {
        return texts.map((text) => decodeServerFrame(names.named(text)));
      },
      texts,
      fresh() {
        const frames = texts.slice(taken).map((text) => decodeServerFrame(names.named(text)));
        taken = texts.length;
        return frames;
      },
      closed,
      isPaused,
      leave() {
        events.onClose();
        return settling.settle();
      },
      breakDown,
      stall,
      drain() {
        drain();
        events.onDrain?.();
        return settling.settle();
      },
      sip() {
        sip();
        events.onDrain?.();
        return settling.settle();
      },
    };
    return client;
  }

  async function token(claims: Readonly<Record<string, unknown>> = { sub: 'ann', role: 'member' }, lifetimeMs?: number): Promise<string> {
    const exp = lifetimeMs === undefined ? {} : { exp: (wallMs() + lifetimeMs) / 1000 };
    return new SignJWT({ ...claims, ...exp }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  }

  return {
    server,
    observed,
    get log() {
      return log.filter(({ kind }) => kind !== 'incarnation').map((entry) => names.entry(entry));
    },
    get wholeLog() {
      return log.map((entry) => names.entry(entry));
    },
    appends: {
      hold: storing.hold,
      release: storing.release,
      fail: (kept = 0, error = new Error('disk gone')) => failures.push({ kept, error }),
    },
    loads: {
      hold: loading.hold,
      release: loading.release,
      fail: () => {
        loadFailures += 1;
      },
    },
    completions: { names: completionNames, hold: verification.hold, release: verification.release },
    wallMs,
    jumpWallClock: (byMs) => {
      jumpedMs += byMs;
    },
    advance: (byMs) => {
      clock.advance(byMs);
      return settling.settle();
    },
    timerNames: clock.names,
    inspect: server.inspect,
    settle: settling.settle.bind(settling),
    dial,
    async connect(label, given = {}) {
      const client = dial(label);
      const { secret = label, answered = 0, schema = null } = given;
      names.note(secret);
      await client.send({ type: 'hello', versions: [protocolVersion], secret, answered, token: given.token ?? (await token()), schema });
      client.fresh();
      return client;
    },
    token,
  };
}

function queryOf(...where: readonly Filter[]): Query {
  return { collection: 'todos', where, order: [] };
}

export function subscribeFrame(subscription: string, ...where: readonly Filter[]): ClientFrame {
  return { type: 'subscribe', subscription, query: queryOf(...where) };
}

export function insertion(id: string, attributes: Attributes = {}): Operation {
  return { kind: 'insert', collection: 'todos', id, attributes: { ...attributes, id } };
}

/** The id that a test gives to the write of that number. */
export function writeIdOf(sequence: number): string {
  return `${sequence}`.padStart(32, '0');
}

export function writeFrame(sequence: number, ...operations: readonly Operation[]): ClientFrame {
  return { type: 'write', sequence, id: writeIdOf(sequence), resent: false, answered: 0, operations };
}

/** Who wrote it and with which number; `schema` for a push: `c1:2`. */
export function nameOfEntry(entry: LogEntry): string {
  return entry.kind === 'schema' || entry.kind === 'incarnation' ? entry.kind : `${entry.clientId}:${entry.sequence}`;
}
