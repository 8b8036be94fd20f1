/** The server under attack, in a process of its own, so that its heap and its stalls are its own. The first argument is its key set. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { silentLogger } from '../../sut/runtime/loggers.ts';
import { createServer } from '../../sut/server/server.ts';
import type { ServerStorage } from '../../sut/server/storage.ts';
import type { FromServer, ToServer } from './figures.ts';

const [, , keySetText = '{}'] = process.argv;
const keySet: unknown = JSON.parse(keySetText);
let keyFetches = 0;
/** Keeps nothing, so that the heap is that of the server and not of a log in memory. */
const forgetful: ServerStorage = { load: async () => [], append: async () => {} };
const server = createServer({
  storage: forgetful,
  jwks: async () => {
    keyFetches += 1;
    return keySet;
  },
  // A client that says nothing, or does not read, is to be met within the time of an attack.
  bounds: { helloTimeoutMs: 3_000, queueDrainMs: 5_000 },
  logger: silentLogger,
});
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const lookEveryMs = 10;
let peakBytes = 0;
let peakBufferedBytes = 0;
setInterval(() => {
  const { heapUsed, external } = process.memoryUsage();
  peakBytes = Math.max(peakBytes, heapUsed + external);
  peakBufferedBytes = Math.max(peakBufferedBytes, gauge('sync_send_buffer_bytes'));
}, lookEveryMs);

function gauge(name: string): number {
  const [, value = '0'] = new RegExp(`^${name} (\\d+)`, 'm').exec(server.metrics()) ?? [];
  return Number(value);
}

function say(message: FromServer): void {
  process.send?.(message);
}

process.on('message', async (message: ToServer) => {
  if (message.ask === 'end') {
    await server.close();
    process.exit(0);
  }
  const stallMs = delay.max / 1e6;
  delay.reset();
  globalThis.gc?.();
  say({
    say: 'figures',
    heapBytes: process.memoryUsage().heapUsed,
    peakBytes,
    stallMs,
    peakBufferedBytes,
    connections: gauge('sync_connections'),
    keyFetches,
    handles: process.getActiveResourcesInfo().length,
  });
  // Collecting the garbage is no stall of the server's.
  peakBytes = 0;
  peakBufferedBytes = 0;
  setImmediate(() => delay.reset());
});

const { port } = await server.start(0);
say({ say: 'ready', port });
