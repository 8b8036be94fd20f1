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

function whileAlive<Result>(life: Life, ask: () => Promise<Result>): Promise<Result> {
  return life.isOver ? new Promise(() => {}) : ask();
}

export function mortalTimers(life: Life, timers: Timers): Timers {
  return {
    schedule: (name, delayMs, callback) => {
      if (life.isOver) return { cancel: ignore };
      const timer = timers.schedule(name, delayMs, callback);
      return {
        cancel: () => {
          if (!life.isOver) timer.cancel();
        },
      };
    },
  };
}

/** The dead draw nothing, so that the ids of the next process do not depend on what they still do. */
export function mortalRandom(life: Life, random: Random): Random {
  return { uuid: () => (life.isOver ? 'of the dead' : random.uuid()) };
}

export function mortalTransport(life: Life, transport: Transport): Transport {
  return { connect: (url, events) => mortalSocket(life, life.isOver ? nowhere : transport.connect(url, events)) };
}

const nowhere: Socket = { send: ignore, close: ignore, terminate: ignore };

function mortalSocket(life: Life, socket: Socket): Socket {
  return {
    send: (data) => {
      if (!life.isOver) socket.send(data);
    },
    close: (code, reason) => {
      if (!life.isOver) socket.close(code, reason);
    },
    terminate: () => {
      if (!life.isOver) socket.terminate();
    },
  };
}

function mortalConnection(life: Life, connection: Connection): Connection {
  return { label: connection.label, ...mortalSocket(life, connection) };
}

/** A dead server that closes its listener must not close the one of the server that follows. */
export function mortalListener(life: Life, listener: Listener): Listener {
  return {
    listen: (port, accept, health) =>
      whileAlive(life, async () => {
        const listening = await listener.listen(port, (connection) => accept(mortalConnection(life, connection)), health);
        return { port: listening.port, close: () => whileAlive(life, listening.close) };
      }),
  };
}

export function mortalComplete(life: Life, complete: Complete): Complete {
  return (name, work) => whileAlive(life, () => complete(name, work));
}

export function mortalServerStorage(life: Life, storage: ServerStorage): ServerStorage {
  return {
    load: () => whileAlive(life, storage.load),
    append: (entry) => whileAlive(life, () => storage.append(entry)),
  };
}

export function mortalClientStorage(life: Life, storage: ClientStorage): ClientStorage {
  return {
    load: () => whileAlive(life, storage.load),
    identify: (clientId) => whileAlive(life, () => storage.identify(clientId)),
    enqueue: (entry) => whileAlive(life, () => storage.enqueue(entry)),
    dequeue: (sequence) => whileAlive(life, () => storage.dequeue(sequence)),
    remember: (result) => whileAlive(life, () => storage.remember(result)),
    clear: (clientId) => whileAlive(life, () => storage.clear(clientId)),
  };
}
