/** For tests over real sockets: a server that may come back on its port, clients of one user, and the end of them all. */
import { SignJWT } from 'jose';
import { SyncClient } from '../client/client.ts';
import { type ClientStorage, memoryClientStorage } from '../client/storage.ts';
import { silentLogger } from '../runtime/loggers.ts';
import { createServer } from '../server/server.ts';
import { memoryServerStorage, type ServerStorage } from '../server/storage.ts';

const jwtSecret = 'a secret of these tests alone, long enough';
export const everyTodo = { collection: 'todos', where: [], order: [] } as const;

export interface SocketWorld {
  /** The first server takes a port, and those after it the same. */
  serve(storage?: ServerStorage): Promise<{ readonly storage: ServerStorage; readonly close: () => Promise<void> }>;
  /** Its session begins at once. */
  client(storage?: ClientStorage): SyncClient;
  /** Ends all clients and servers, the last one first. */
  end(): Promise<void>;
}

export async function openSocketWorld(): Promise<SocketWorld> {
  const token = await new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret));
  const ends: (() => Promise<void>)[] = [];
  let at = 0;
  return {
    async serve(storage = memoryServerStorage()) {
      const server = createServer({ jwtSecret, storage, logger: silentLogger });
      const { port } = await server.start(at);
      at = port;
      ends.push(() => server.close());
      return { storage, close: () => server.close() };
    },
    client(storage = memoryClientStorage()) {
      const client = new SyncClient({ serverUrl: `http://localhost:${at}`, token, storage, logger: silentLogger });
      ends.push(() => client.endSession());
      return client;
    },
    async end() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

/** Resolves when the server has acknowledged a write of that todo. */
export function synced(client: SyncClient, id: string): Promise<void> {
  return new Promise((resolve) => {
    client.onEntitySyncSuccess('todos', id, resolve);
  });
}
