/**
 * The ports of a process that can die: each passes everything on while the process lives and ignores it silently
 * afterwards, so that nothing of a dead process reaches the world or the process that follows it.
 */
import type { ClientStorage } from '../../sut/client/storage.ts';
import type { ServerEnvironment } from '../../sut/port/system.ts';
import type { Connection, Listener, Random, Socket, Timers, Transport } from '../../sut/runtime/ports.ts';
import type { ServerStorage } from '../../sut/server/storage.ts';
/**
 * The life of one process, from its start until it is killed. Code that is dead cannot be unloaded, only cut off: from
 * the end of its life on its ports do nothing, and what it waits for never comes.
 */
export interface Life {
  isOver: boolean;
}

type Complete = ServerEnvironment['complete'];

const ignore = (): void => {};

/** What nobody waits for. */
function silently<Given extends unknown[]>(life: Life, call: (...given: Given) => void): (...given: Given) => void {
  return (...given) => {
    if (!life.isOver) call(...given);
  };
}

/** What is waited for. */
function whileAlive<Given extends unknown[], Result>(
  life: Life,
  ask: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return (...given) => (life.isOver ? new Promise(() => {}) : ask(...given));
}

export function mortalTimers(life: Life, timers: Timers): Timers {
  return {
    now: timers.now,
    schedule: (name, delayMs, callback) =>
      life.isOver ? { cancel: ignore } : { cancel: silently(life, timers.schedule(name, delayMs, callback).cancel) },
  };
}

/** The dead draw nothing, so that the ids of the next process do not depend on what they still do. */
export function mortalRandom(life: Life, random: Random): Random {
  return {
    uuid: () => (life.isOver ? 'of the dead' : random.uuid()),
    fraction: () => (life.isOver ? 0 : random.fraction()),
    hex: (bytes) => (life.isOver ? '0'.repeat(2 * bytes) : random.hex(bytes)),
  };
}

export function mortalTransport(life: Life, transport: Transport): Transport {
  return { connect: (url, events) => (life.isOver ? nowhere : mortalSocket(life, transport.connect(url, events))) };
}

const nowhere: Socket = { send: ignore, close: ignore, terminate: ignore };

function mortalSocket(life: Life, { send, close, terminate }: Socket): Socket {
  return { send: silently(life, send), close: silently(life, close), terminate: silently(life, terminate) };
}

function mortalConnection(life: Life, connection: Connection): Connection {
  const { label, address, unsentBytes, pause = ignore, resume = ignore } = connection;
  return { label, address, pause: silently(life, pause), resume: silently(life, resume), ...mortalSocket(life, connection), unsentBytes };
}

/** A dead server that closes its listener must not close the one of the server that follows. */
export function mortalListener(life: Life, listener: Listener): Listener {
  return {
    listen: whileAlive(life, async (port, accept, health) => {
      const listening = await listener.listen(port, (connection) => accept(mortalConnection(life, connection)), health);
      return { port: listening.port, close: whileAlive(life, listening.close) };
    }),
  };
}

export function mortalComplete(life: Life, complete: Complete): Complete {
  return (name, work) => whileAlive(life, () => complete(name, work))();
}

export function mortalServerStorage(life: Life, { load, append, compact }: ServerStorage): ServerStorage {
  return { load: whileAlive(life, load), append: whileAlive(life, append), compact: whileAlive(life, compact) };
}

export function mortalClientStorage(life: Life, storage: ClientStorage): ClientStorage {
  return {
    load: whileAlive(life, storage.load),
    identify: whileAlive(life, storage.identify),
    enqueue: whileAlive(life, storage.enqueue),
    dequeue: whileAlive(life, storage.dequeue),
    replace: whileAlive(life, storage.replace),
    remember: whileAlive(life, storage.remember),
    forget: whileAlive(life, storage.forget),
    hear: whileAlive(life, storage.hear),
    clear: whileAlive(life, storage.clear),
  };
}
