/** The server under attack, in a process of its own, so that its heap and its stalls are its own. The first argument is its setup. */
import { silentLogger } from '../../sut/runtime/loggers.ts';
import type { ServerObserver, Spent } from '../../sut/server/observer.ts';
import { createServer } from '../../sut/server/server.ts';
import type { ServerStorage } from '../../sut/server/storage.ts';
import { type Figures, type FromServer, measuredPrefix, type Setup, type ToServer } from './figures.ts';
import { measureReference } from './reference.ts';
import { watchStalls } from './stalls.ts';

const [, , setupText = '{}'] = process.argv;
const setup: Setup = JSON.parse(setupText);
const errorsKept = 5;
const nothingSpent: Spent = { comparisons: 0, unitsEncoded: 0, attributesCopied: 0 };

let keyFetches = 0;
let dearest = nothingSpent;
const errors: string[] = [];
const compared = new Map<string, number>();

function noteSpent(spent: Spent): void {
  dearest = {
    comparisons: Math.max(dearest.comparisons, spent.comparisons),
    unitsEncoded: Math.max(dearest.unitsEncoded, spent.unitsEncoded),
    attributesCopied: Math.max(dearest.attributesCopied, spent.attributesCopied),
  };
}

const ignore = (): void => {};
const observer: ServerObserver = {
  onAppendBegin: ignore,
  onCommit: ignore,
  onReject: ignore,
  onSchemaAppendBegin: ignore,
  onSchemaRefused: ignore,
  onSchemaCommit: ignore,
  onRecoveryBegin: ignore,
  onRecovered: ignore,
  onEvaluate: ignore,
  onEncode: ignore,
  onLook: ignore,
  onCommitSpent: (_version, spent) => noteSpent(spent),
  onAnswerSpent: (_connection, subscription, spent) => {
    noteSpent(spent);
    if (subscription.startsWith(measuredPrefix)) compared.set(subscription, spent.comparisons);
  },
  onKeysFetched: ignore,
};

/** Keeps nothing, so that the heap is that of the server and not of a log in memory. */
const forgetful: ServerStorage = { load: async () => ({ snapshot: null, entries: [] }), append: async () => {}, compact: async () => {} };
const server = createServer({
  schema: setup.schema,
  tokens: setup.tokens,
  storage: forgetful,
  jwks: async () => {
    keyFetches += 1;
    return setup.keySet;
  },
  // A client that says nothing, or does not read, is to be met within the time of an attack.
  bounds: { helloTimeoutMs: 3_000, queueDrainMs: 5_000, ...setup.bounds },
  allowedOrigins: setup.allowedOrigins,
  logger: { ...silentLogger, error: (message) => void (errors.length < errorsKept && errors.push(message)) },
  observer,
});
let peakBytes = 0;
let peakBufferedBytes = 0;
const stalls = watchStalls(() => {
  const { heapUsed, external } = process.memoryUsage();
  peakBytes = Math.max(peakBytes, heapUsed + external);
  peakBufferedBytes = Math.max(peakBufferedBytes, gauge('sync_send_buffer_bytes'));
});

function gauge(name: string): number {
  const [, value = '0'] = new RegExp(`^${name} (\\d+)`, 'm').exec(server.metrics()) ?? [];
  return Number(value);
}

function say(message: FromServer<Figures>): void {
  process.send?.(message);
}

process.on('message', async (message: ToServer) => {
  if (message.ask === 'end') {
    await server.close();
    process.exit(0);
  }
  const stalled = stalls.take(message.begins);
  const referenceMs = message.begins ? measureReference() : 0;
  globalThis.gc?.();
  const figures: Figures = {
    ...stalled,
    heapBytes: process.memoryUsage().heapUsed,
    peakBytes,
    peakBufferedBytes,
    connections: gauge('sync_connections'),
    keyFetches,
    referenceMs,
    handles: process.getActiveResourcesInfo().length,
    errors: [...errors],
    dearest,
    compared: Object.fromEntries(compared),
  };
  say({ say: 'figures', figures });
  if (!message.begins) return;
  peakBytes = 0;
  peakBufferedBytes = 0;
  dearest = nothingSpent;
  compared.clear();
});
// Whoever attacks is gone, however it ended: nobody will end this process any more.
process.on('disconnect', () => process.exit(0));

const { port } = await server.start(0);
say({ say: 'ready', port });
