/** The server that is killed: on LMDB, over real sockets. Its task is the first argument. */
import { silentLogger } from '../../sut/runtime/loggers.ts';
import { createServer } from '../../sut/server/server.ts';
import { openLmdbServerStorage } from '../../sut/storage/lmdb/index.ts';
import type { FromServer, ServerTask, ToProcess } from './messages.ts';

const [, , text = '{}'] = process.argv;
const task: ServerTask = JSON.parse(text);
const storage = await openLmdbServerStorage(task.folder);
// The model judges all that was ever written.
const server = createServer({ jwtSecret: task.jwtSecret, storage, logEntriesMax: Number.POSITIVE_INFINITY, logger: silentLogger });

// Ctrl-C is the affair of the process that runs the test; without that there is nothing to live for.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));
process.on('message', async ({ ask }: ToProcess) => {
  if (ask !== 'end') return;
  await server.close({ drainMs: 5_000 });
  await storage.close();
  process.exit(0);
});

const { port } = await server.start(task.port);
const message: FromServer = { say: 'listening', port };
process.send?.(message);
