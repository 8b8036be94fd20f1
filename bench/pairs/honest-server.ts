/** The server of one commit, whose folder is the first argument, in a process of its own: its CPU time is that of honest use alone. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , folder = '.', jwtSecret = ''] = process.argv;
const library: typeof import('../../sut/index.ts') = await import(pathToFileURL(join(folder, 'sut', 'index.ts')).href);
const server = library.createServer({ jwtSecret, logger: library.silentLogger });
let before = process.cpuUsage();

process.on('message', (message: 'begin' | 'end') => {
  if (message === 'begin') {
    before = process.cpuUsage();
    return;
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuSeconds: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit(0));

const { port } = await server.start(0);
process.send?.({ port });
