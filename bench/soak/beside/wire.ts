/** What a client of the published server says on the wire, as its own client says it; and an honest one beside the attack. */
import { WebSocket } from 'ws';
import { memberOf } from '../../../sut/triplit/surface.ts';

export interface Wire {
  readonly socket: WebSocket;
  say(message: unknown): void;
  sayText(text: string): void;
  /** The next message of one of these types; null: the connection is closed. */
  next(...types: readonly string[]): Promise<unknown>;
  /** The server takes its messages; false: it was closed instead. */
  readonly ready: Promise<boolean>;
  readonly closed: Promise<void>;
}

const opened = new Set<WebSocket>();

export function leaveAll(): void {
  for (const socket of opened) socket.terminate();
  opened.clear();
}

export async function dial(port: number, token: string): Promise<Wire> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?sync-schema=false&token=${token}`);
  opened.add(socket);
  const listeners = new Set<(message: unknown) => void>();
  const tellAll = (message: unknown): void => {
    for (const listener of [...listeners]) listener(message);
  };
  socket.on('message', (data) => {
    if (listeners.size > 0) tellAll(JSON.parse(String(data)));
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      opened.delete(socket);
      tellAll(null);
      resolve();
    });
  });
  const next = (...types: readonly string[]): Promise<unknown> =>
    new Promise((resolve) => {
      if (socket.readyState > WebSocket.OPEN) resolve(null);
      const listen = (message: unknown): void => {
        if (message !== null && !types.includes(String(memberOf(message, 'type')))) return;
        listeners.delete(listen);
        resolve(message);
      };
      listeners.add(listen);
    });
  // From the beginning on: it may be said in one piece with the answer to the upgrade.
  const ready = next('READY').then((message) => message !== null);
  await new Promise<void>((resolve) => {
    socket.once('open', resolve);
    socket.once('close', () => resolve());
  });
  return {
    socket,
    say: (message) => socket.send(JSON.stringify(message), () => {}),
    sayText: (text) => socket.send(text, () => {}),
    next,
    ready,
    closed,
  };
}

/** Resolves when the server is ready for it, or has closed it. */
export async function enter(port: number, token: string): Promise<Wire> {
  const wire = await dial(port, token);
  await wire.ready;
  return wire;
}

export const ping = { type: 'PING', payload: { clientTimestamp: 0 } };

export type Rows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Sets are a map and deletes a set there. */
export function changes(collection: string, rows: Rows): unknown {
  const meta = { values: { [`${collection}.sets`]: ['map'], [`${collection}.deletes`]: ['set'] }, v: 1 };
  return { type: 'CHANGES', payload: { changes: { json: { [collection]: { sets: Object.entries(rows), deletes: [] } }, meta } } };
}

export function query(id: string, where: readonly unknown[], more: object = {}): unknown {
  return { type: 'CONNECT_QUERY', payload: { id, params: { collectionName: 'hoard', where, ...more } } };
}

async function answerTo(wire: Wire, message: unknown, good: string): Promise<string> {
  const next = wire.next(good, 'ERROR');
  wire.say(message);
  const answer = await next;
  if (answer === null) return 'closed';
  return memberOf(answer, 'type') === good ? 'taken' : 'refused';
}

export function written(wire: Wire, collection: string, rows: Rows): Promise<string> {
  return answerTo(wire, changes(collection, rows), 'CHANGES_ACK');
}
export function asked(wire: Wire, message: unknown): Promise<string> {
  return answerTo(wire, message, 'ENTITY_DATA');
}

export interface HonestWire {
  readonly wire: Wire;
  write(count: number): Promise<void>;
  writeDuring(work: Promise<unknown>): Promise<void>;
  slowestMs(): number;
  /** Its connection was lost. */
  isLost(): boolean;
}

const pauseMs = 10;

export async function startHonest(port: number, token: string): Promise<HonestWire> {
  const wire = await enter(port, token);
  let [slowestMs, count] = [0, 0];
  const isLost = (): boolean => wire.socket.readyState !== WebSocket.OPEN;

  async function writeOnce(): Promise<void> {
    const beganMs = performance.now();
    count += 1;
    await written(wire, 'diary', { today: { id: 'today', count } });
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
  }

  return {
    wire,
    async write(times) {
      for (let done = 0; done < times && !isLost(); done += 1) await writeOnce();
    },
    async writeDuring(work) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        if (!isLost()) await writeOnce();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      await over;
    },
    slowestMs: () => slowestMs,
    isLost,
  };
}
